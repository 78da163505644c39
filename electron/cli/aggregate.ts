import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { TableError } from '#shared/agreement/csv.ts'
import { readAnswerTable, type AnswerTable, type TableOptions } from '#shared/agreement/table.ts'
import { winners, type ClassEstimate } from '#shared/consensus/classes/estimate.ts'
import { goldAccuracy, heldOutFit, recommend, type GoldAccuracy, type HeldOutFit, type Recommendation } from '#shared/consensus/classes/heldOut.ts'
import { classMethods, type ClassEstimator, type ClassMethod } from '#shared/consensus/classes/methods.ts'
import { goldOf, voteTable, type VoteTable } from '#shared/consensus/classes/votes.ts'
import { textMethods, type TextMethod } from '#shared/consensus/text/methods.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import { hasColumn, readGold } from './gold.ts'

export interface AggregateOptions {
  readonly path: string
  /** Names of the columns, where they are not the usual ones. */
  readonly columns?: TableOptions['columns']
  /** What the columns are, of a file without a header. */
  readonly header?: readonly string[] | undefined
  readonly method: ClassMethod | TextMethod
  /** A table of known answers, or the column of this one that holds them. */
  readonly gold: string | null
  readonly seed: number
  /** Starts of the methods that have several. */
  readonly starts: number | null
  /** Parts for the held-out fit; below 2: none. */
  readonly folds: number
}

export interface Finding { readonly code: string; readonly message: string }

/** `label` is null for a task without any vote; probabilities are by class. For texts `label` is the text, with its mean confidence as its probability. */
export interface Result { readonly label: string | null; readonly probabilities: Readonly<Record<string, number>>; readonly gold?: true; readonly words?: readonly unknown[] }
export interface WorkerReport { readonly skill: number; readonly votes: number; readonly confusion?: Readonly<Record<string, Readonly<Record<string, number>>>> }

export interface AggregateReport {
  readonly method: ClassMethod | TextMethod
  readonly iterations: number
  readonly converged: boolean
  readonly skillMeaning: string
  readonly tasks: number
  readonly votes: number
  readonly classes?: readonly string[]
  readonly prevalence?: Readonly<Record<string, number>> | null
  readonly logLikelihood?: number | null
  readonly objective?: readonly number[]
  readonly starts?: ClassEstimate['starts']
  readonly heldOut?: HeldOutFit | null
  readonly goldAccuracy?: GoldAccuracy | null
  readonly recommendation?: Recommendation | null
  readonly results: Readonly<Record<string, Result>>
  readonly workers: Readonly<Record<string, WorkerReport>>
  readonly findings: readonly Finding[]
}

/** Estimates one answer a task from a table of many. Throws QuorumErrors in words. */
export async function runAggregate(options: AggregateOptions): Promise<AggregateReport> {
  const texts = options.method in textMethods
  const csv = await contentOf(options.path)
  const inTable = options.gold !== null && !existsSync(options.gold) && hasColumn(csv, options.gold)
  const columns = { ...options.columns, ...(inTable ? { besides: options.gold! } : {}) }
  const table = reading(options.path, () => readAnswerTable(csv, { kind: texts ? 'text' : undefined, columns, header: options.header, repeats: 'all' }))
  const known = options.gold === null ? new Map<string, string>() : await knownIn(options, options.gold, inTable ? csv : null)
  const findings: Finding[] = table.findings.map(({ code, message }) => ({ code, message: `${options.path}, ${message}` }))
  if (table.answers.length === 0) findings.push({ code: 'no-answers', message: `${options.path} has no answers; there is nothing to estimate.` })
  const tasks = new Set(table.tasks)
  const strangers = [...known.keys()].filter((task) => !tasks.has(task)).length
  if (strangers > 0) findings.push({ code: 'unknown-gold-task', message: `${options.gold}: ${strangers} of ${known.size} tasks are not in ${options.path}; they are left out.` })
  const gold = new Map([...known].filter(([task]) => tasks.has(task)))
  const report = texts ? ofTexts(table, options.method as TextMethod, gold) : ofClasses(table, options, options.method as ClassMethod, gold)
  return { ...report, findings }
}

/** Known answers from a column of the table itself, or from a table of their own. */
async function knownIn({ path, columns }: AggregateOptions, gold: string, table: string | null): Promise<Map<string, string>> {
  if (table !== null) return reading(path, () => readGold(table, { task: columns?.task, value: gold }))
  const csv = await contentOf(gold)
  return reading(gold, () => readGold(csv))
}

async function contentOf(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
  } catch (error) {
    if (error instanceof TypeError) throw new QuorumError('invalid-input', `${path} is not UTF-8 text. Save it as UTF-8 and try again.`)
    throw new QuorumError('not-found', `${path} cannot be read. Check the path.`, String(error))
  }
}

function reading<Value>(path: string, parse: () => Value): Value {
  try {
    return parse()
  } catch (error) {
    if (error instanceof TableError) throw new QuorumError('invalid-input', `${path}, ${error.message}`)
    throw error
  }
}

type Report = Omit<AggregateReport, 'findings'>

function ofClasses(table: AnswerTable, { seed, starts, folds }: AggregateOptions, method: ClassMethod, known: ReadonlyMap<string, string>): Report {
  const votes = voteTable(table.answers.map(({ task, worker, value }) => ({ task, worker, label: value })), { tasks: table.tasks, workers: table.workers, classes: known.values() })
  const gold = known.size > 0 ? goldOf(votes, known) : undefined
  const estimator: ClassEstimator = classMethods[method]
  const given = { seed, gold, ...(starts === null ? {} : { starts }) }
  const estimate = estimator(votes, given)
  const compared = method !== 'majority'
  const heldOut = compared ? heldOutFit(votes, estimator, { ...given, folds }) : null
  const accuracy = compared ? goldAccuracy(votes, estimator, given) : null
  const { prevalence, logLikelihood, objective, iterations, converged, skillMeaning } = estimate
  return {
    method, iterations, converged, skillMeaning, tasks: votes.tasks.length, votes: votes.task.length, classes: votes.classes,
    prevalence: prevalence && Object.fromEntries(votes.classes.map((name, j) => [name, prevalence[j]!])), logLikelihood, objective,
    ...(estimate.starts ? { starts: estimate.starts } : {}),
    heldOut, goldAccuracy: accuracy, recommendation: recommend(heldOut, accuracy),
    results: classResults(votes, estimate, gold), workers: classWorkers(votes, estimate),
  }
}

function classResults(votes: VoteTable, { posterior }: ClassEstimate, gold?: Int32Array): Record<string, Result> {
  const k = votes.classes.length
  const found = winners(votes, posterior, gold)
  return Object.fromEntries(votes.tasks.map((task, i) => [task, {
    label: found[i]! < 0 ? null : votes.classes[found[i]!]!,
    probabilities: Object.fromEntries(votes.classes.map((name, j) => [name, posterior[i * k + j]!])),
    ...((gold?.[i] ?? -1) >= 0 ? { gold: true as const } : {}),
  }]))
}

/** More cells of confusion matrices than this are left out of the report. */
const mostCells = 500_000

function classWorkers(votes: VoteTable, { skill, confusion }: ClassEstimate): Record<string, WorkerReport> {
  const k = votes.classes.length
  const counts = new Int32Array(votes.workers.length)
  for (const worker of votes.worker) counts[worker]! += 1
  const shown = confusion !== null && confusion.length <= mostCells ? confusion : null
  return Object.fromEntries(votes.workers.map((worker, w) => [worker, {
    skill: skill[w]!, votes: counts[w]!,
    ...(shown && { confusion: Object.fromEntries(votes.classes.map((truth, j) => [truth, Object.fromEntries(votes.classes.map((given, l) => [given, shown[(w * k + j) * k + l]!]))])) }),
  }]))
}

function ofTexts(table: AnswerTable, method: TextMethod, gold: ReadonlyMap<string, string>): Report {
  const answers = table.answers.map(({ task, worker, value }) => ({ task, worker, text: value }))
  const { results, skill, iterations, converged } = textMethods[method](answers, { gold })
  const counts = new Map<string, number>()
  for (const { worker } of answers) counts.set(worker, (counts.get(worker) ?? 0) + 1)
  const empty: Record<string, Result> = Object.fromEntries(table.tasks.filter((task) => !results.has(task)).map((task) => [task, { label: null, probabilities: {} }]))
  return {
    method, iterations, converged, skillMeaning: method === 'rover' ? 'share of words that agree' : 'reliability', tasks: table.tasks.length, votes: answers.length,
    results: { ...empty, ...Object.fromEntries([...results].map(([task, result]) => [task, {
      label: result.text, probabilities: { [result.text]: result.confidence },
      ...(gold.has(task) ? { gold: true as const } : {}), ...('words' in result ? { words: result.words as readonly unknown[] } : {}),
    }])) },
    workers: Object.fromEntries([...skill].map(([worker, value]) => [worker, { skill: value, votes: counts.get(worker) ?? 0 }])),
  }
}
