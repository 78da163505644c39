import { classMethodNames, type ClassMethod } from '#shared/consensus/classes/methods.ts'
import { textMethodNames, type TextMethod } from '#shared/consensus/text/methods.ts'
import { runAggregate, type AggregateReport } from '../aggregate.ts'
import { done, text, UsageError, whole, type Command, type Invocation } from '../command.ts'

const methods = [...classMethodNames, ...textMethodNames]
const otherNames: Readonly<Record<string, ClassMethod>> = { 'mv': 'majority', 'majority-vote': 'majority', 'ds': 'dawid-skene', 'mace-vb': 'mace', 'zbs': 'zero-based-skill', 'm-msr': 'mmsr' }

export const aggregate: Command = {
  name: 'aggregate',
  usage: `quorum aggregate TABLE.csv --method ${methods.join('|')} [--gold GOLD.csv|COLUMN] [--task COLUMN] [--worker COLUMN] [--value COLUMN] [--columns worker,task,label] [--seed N] [--starts N] [--folds N]`,
  summary: 'Estimates one answer a task from a table of task,worker,label or task,worker,text. No project needed. --gold: known answers (task,label), from which the skills are learned too: a table, or a column of this one. --columns: what stands where in a file without a header.',
  example: 'quorum aggregate votes.csv --method dawid-skene --gold known.csv --json',
  options: { method: { type: 'string' }, gold: { type: 'string' }, task: { type: 'string' }, worker: { type: 'string' }, value: { type: 'string' }, columns: { type: 'string' }, seed: { type: 'string' }, starts: { type: 'string' }, folds: { type: 'string' } },
  words: [1, 1],
  async run(invocation) {
    const report = await runAggregate({
      path: invocation.words[0]!, columns: { task: text(invocation, 'task') ?? undefined, worker: text(invocation, 'worker') ?? undefined, value: text(invocation, 'value') ?? undefined }, header: text(invocation, 'columns')?.split(',').map((name) => name.trim()), method: methodOf(invocation), gold: text(invocation, 'gold'), seed: whole(invocation, 'seed') ?? 0,
      starts: atLeast(invocation, 'starts', 1), folds: atLeast(invocation, 'folds', 0) ?? 5,
    })
    return done(report, describe(report), report.findings.length > 0 ? 3 : 0)
  },
}

function methodOf(invocation: Invocation): ClassMethod | TextMethod {
  const name = text(invocation, 'method')
  const known = methods.find((method) => method === name) ?? (name !== null && Object.hasOwn(otherNames, name) ? otherNames[name] : undefined)
  if (known !== undefined) return known
  const choices = `For classes: ${classMethodNames.join(', ')}; for texts: ${textMethodNames.join(', ')}.`
  throw new UsageError(name === null ? `--method is missing. ${choices}` : `There is no method "${name}". ${choices}`)
}

function atLeast(invocation: Invocation, flag: string, least: number): number | null {
  const value = whole(invocation, flag)
  if (value !== null && value < least) throw new UsageError(`--${flag} takes a number from ${least} on, not ${value}.`)
  return value
}

/** More rows than a person reads; `--json` has all. */
const mostRows = 50

function describe(report: AggregateReport): string[] {
  const results = Object.entries(report.results).map(([task, { label, probabilities }]) => [task, label ?? '(no vote)', label === null ? '' : (probabilities[label] ?? 0).toFixed(4)])
  const workers = Object.entries(report.workers).map(([worker, { skill, votes }]) => [worker, skill.toFixed(4), String(votes)])
  const prevalence = report.prevalence ? [`class frequencies: ${Object.entries(report.prevalence).map(([name, share]) => `${name} ${share.toFixed(4)}`).join(', ')}`] : []
  return [
    ...table(['task', 'result', 'probability'], results), '',
    ...table(['worker', `skill (${report.skillMeaning})`, 'answers'], workers), '',
    `${report.method}: ${report.tasks} tasks, ${workers.length} workers, ${report.votes} answers, ${report.iterations} iterations${report.converged ? '' : ', not settled'}`,
    ...prevalence,
    ...(typeof report.logLikelihood === 'number' ? [`log-likelihood ${report.logLikelihood.toFixed(4)}`] : []),
    ...(report.recommendation ? [report.recommendation.reason] : []),
    ...report.findings.map(({ message }) => message),
  ]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const shown = rows.slice(0, mostRows)
  const widths = head.map((title, column) => [title, ...shown.map((row) => row[column]!)].reduce((most, cell) => Math.max(most, cell.length), 0))
  const lines = [head, ...shown].map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd())
  return rows.length > shown.length ? [...lines, `… ${rows.length - shown.length} more; --json has all.`] : lines
}
