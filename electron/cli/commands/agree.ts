import { agree as agreeOn, metrics, type Agreement, type Metric } from '#shared/agreement/agree.ts'
import { levels } from '#shared/agreement/alpha.ts'
import type { TableFinding } from '#shared/agreement/table.ts'
import { weightings } from '#shared/agreement/weights.ts'
import { done, text, UsageError, whole, type Command, type Invocation } from '../command.ts'
import { readTable } from '../readTable.ts'

const alternatives: Readonly<Record<string, Metric>> = { cohen: 'kappa', percentage: 'observed', agreement: 'observed', scott: 'pi' }

export const agree: Command = {
  name: 'agree',
  usage: `quorum agree TABLE.csv --metric ${metrics.join('|')} [--level ${levels.join('|')}] [--weights ${weightings.join('|')}] [--order low,middle,high] [--task COLUMN] [--worker COLUMN] [--value COLUMN] [--seed N]`,
  summary: 'How far people agree, from a table with a row an answer (task,worker,label); the interval is a bootstrap over tasks.',
  example: 'quorum agree answers.csv --metric alpha --level ordinal',
  options: {
    metric: { type: 'string' }, level: { type: 'string' }, weights: { type: 'string' }, order: { type: 'string' },
    task: { type: 'string' }, worker: { type: 'string' }, value: { type: 'string' }, seed: { type: 'string' },
  },
  words: [1, 1],
  async run(invocation) {
    const metric = metricOf(invocation)
    const level = choice(invocation, 'level', levels)
    const weights = choice(invocation, 'weights', weightings)
    const columns = { task: text(invocation, 'task') ?? undefined, worker: text(invocation, 'worker') ?? undefined, value: text(invocation, 'value') ?? undefined }
    const table = await readTable(invocation.words[0]!, { kind: 'label', columns })
    const answered = agreeOn(table.answers, {
      metric, level, weights, order: text(invocation, 'order')?.split(',').map((name) => name.trim()), seed: whole(invocation, 'seed') ?? undefined,
    })
    const result = answered.ratings === 0 && table.missing > 0 ? { ...answered, value: null, reason: `All answers are missing: ${table.missing} rows have an empty cell or NA in the column of answers.` } : answered
    return done(jsonOf(result, table.missing, table.findings), linesOf(result, table.missing, table.findings), table.findings.length > 0 || result.value === null ? 3 : 0)
  },
}

function metricOf(invocation: Invocation): Metric {
  const given = text(invocation, 'metric') ?? 'alpha'
  const metric = (Object.hasOwn(alternatives, given) ? alternatives[given] : undefined) ?? metrics.find((one) => one === given)
  if (!metric) throw new UsageError(`--metric ${given}: choose from ${[...metrics, ...Object.keys(alternatives)].join(', ')}.`)
  return metric
}

function choice<const Choice extends string>(invocation: Invocation, flag: string, choices: readonly Choice[]): Choice | undefined {
  const value = text(invocation, flag)
  const found = choices.find((candidate) => candidate === value)
  if (value !== null && found === undefined) throw new UsageError(`--${flag} ${value}: choose from ${choices.join(', ')}.`)
  return found
}

/** `n` are the tasks that two people or more answered; `interval` is [low, high] at `confidence`. */
function jsonOf({ interval, pairs, ...result }: Agreement, missing: number, findings: readonly TableFinding[]) {
  return {
    metric: result.metric, level: result.level, value: result.value, interval: interval && [interval.low, interval.high], n: result.n,
    reason: result.reason, weights: result.weights, confidence: interval?.confidence ?? null, replicates: interval?.replicates ?? null,
    tasks: result.units, workers: result.raters, ratings: result.ratings, missing, categories: result.categories.length > 100 ? result.categories.length : result.categories,
    ...(pairs && pairs.length <= 500 ? { pairs } : {}), findings,
  }
}

const shown = 10
const counted = (n: number, one: string, more: string) => `${n} ${n === 1 ? one : more}`

function linesOf(result: Agreement, missing: number, findings: readonly TableFinding[]): string[] {
  const { metric, level, value, reason, interval } = result
  const name = metric === 'alpha' ? `alpha (${level})` : result.weights === 'none' ? metric : `${metric} (${result.weights} weights)`
  const range = interval ? `, ${interval.confidence * 100} % interval ${interval.low.toFixed(4)} to ${interval.high.toFixed(4)}` : ''
  return [
    value === null ? `${name}: no value. ${reason}` : `${name} ${value.toFixed(4)}${range}`,
    `${result.n} of ${counted(result.units, 'task has', 'tasks have')} two answers or more; ${counted(result.ratings, 'answer', 'answers')} by ${counted(result.raters, 'person', 'people')}${missing > 0 ? `, ${missing} missing` : ''}`,
    ...(value !== null && !interval ? ['There is no interval: it takes two tasks at least, and enough answers a pair of people that drawing tasks anew leaves something to measure.'] : []),
    ...findings.slice(0, shown).map(({ message }) => message),
    ...(findings.length > shown ? [`… and ${findings.length - shown} more`] : []),
  ]
}
