import { delimiterOf, parseCsv, TableError, type CsvRecord } from './csv.ts'

/** What one person said about one task. */
export interface Answer {
  readonly task: string
  readonly worker: string
  readonly value: string
  /** Line of the file, from 1. */
  readonly line: number
}

/** A row that could not be taken as it stands. */
export interface TableFinding {
  readonly code: 'duplicate' | 'conflicting-duplicate' | 'row-length' | 'no-task' | 'no-worker'
  readonly line: number
  readonly message: string
}

/** Who answered what: one answer a task and worker, in the order of the file. */
export interface AnswerTable {
  /** Whether the values are categories (or numbers) or running text. */
  readonly kind: 'label' | 'text'
  readonly answers: readonly Answer[]
  /** All tasks and all workers in the order they first appear, those whose every value is missing included. */
  readonly tasks: readonly string[]
  readonly workers: readonly string[]
  /** Rows whose value is missing. */
  readonly missing: number
  readonly findings: readonly TableFinding[]
}

export interface TableOptions {
  /** Which kind of values to look for when a table has both; default `label`, then `text`. */
  readonly kind?: 'label' | 'text' | undefined
  /** What becomes of several rows for one task and worker: `first` keeps the first and reports the others; `all` keeps them all (somebody was asked more than once). Default `first`. */
  readonly repeats?: 'first' | 'all' | undefined
  /** Names of columns, where they are none of the usual ones. */
  readonly columns?: { readonly task?: string | undefined; readonly worker?: string | undefined; readonly value?: string | undefined } | undefined
}

const synonyms = {
  task: ['task', 'item', 'unit', 'question', 'example', 'subject', 'object', 'instance', 'document', 'image', 'input'],
  worker: ['worker', 'annotator', 'performer', 'rater', 'coder', 'labeler', 'labeller', 'observer', 'judge', 'user', 'person'],
  label: ['label', 'value', 'category', 'class', 'answer', 'rating', 'score', 'response', 'judgment', 'judgement'],
  text: ['text', 'output', 'transcript', 'transcription', 'hypothesis'],
} as const
type Role = keyof typeof synonyms

/** Cells that say "no value" in a column of labels; in a column of text every cell is text, an empty one is an empty transcript. */
const missingLabels = new Set(['', 'NA', 'N/A', 'n/a', '#N/A', '<NA>', 'NaN', 'nan', 'NULL', 'null'])

/**
 * Reads a table of answers, a row each: `task,worker,label` or `task,worker,text`. Columns are found by name in any order, in any
 * case, with or without `_id`, under their usual names (item, annotator, rater, value, category, output, …); other columns are
 * ignored. Comma, semicolon or tab by the header. Of several rows for one task and worker the first is kept, the others are findings.
 * Throws a TableError that says the line.
 */
export function readAnswerTable(csv: string, options: TableOptions = {}): AnswerTable {
  const [header, ...records] = parseCsv(csv, delimiterOf(csv))
  if (!header) throw new TableError('line 1: the file is empty. A table of answers begins with a line like "task,worker,label".')
  return collect(records, header.fields.length, findColumns(header.fields, options), options.repeats === 'all')
}

interface Columns { readonly task: number; readonly worker: number; readonly value: number; readonly kind: 'label' | 'text' }

function findColumns(names: readonly string[], { kind, columns = {} }: TableOptions): Columns {
  const task = namedColumn(names, columns.task) ?? usualColumn(names, 'task')
  const worker = namedColumn(names, columns.worker) ?? usualColumn(names, 'worker')
  const [first, second]: Role[] = kind === 'text' ? ['text', 'label'] : ['label', 'text']
  const named = namedColumn(names, columns.value)
  const found = named ?? usualColumn(names, first!) ?? usualColumn(names, second!)
  const absent = [...(task === null ? ['task'] : []), ...(worker === null ? ['worker'] : []), ...(found === null ? [kind ?? 'label'] : [])]
  if (task === null || worker === null || found === null) throw new TableError(absentColumns(names, absent))
  return { task, worker, value: found, kind: kind ?? (named === null && usualColumn(names, 'label') === null ? 'text' : 'label') }
}

function absentColumns(names: readonly string[], absent: readonly string[]): string {
  const usual = absent.map((role) => `${role} (also ${synonyms[role as Role].slice(1, 5).join(', ')})`)
  return `line 1: there is no column for ${usual.join(' and ')}. The columns are ${names.map((name) => `"${name.trim()}"`).join(', ')}.`
}

function namedColumn(names: readonly string[], wanted: string | undefined): number | null {
  if (wanted === undefined) return null
  const at = names.findIndex((name) => name.trim() === wanted)
  if (at < 0) throw new TableError(`line 1: there is no column "${wanted}". The columns are ${names.map((name) => `"${name.trim()}"`).join(', ')}.`)
  return at
}

/** `Worker_ID`, `workerId` and `worker` are one name. */
const plainName = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '').replace(/(?<=.)(?:id|name)$/u, '')

function usualColumn(names: readonly string[], role: Role): number | null {
  const plain = names.map(plainName)
  for (const synonym of synonyms[role]) {
    const at = plain.indexOf(synonym)
    if (at >= 0) return at
  }
  return null
}

function collect(records: readonly CsvRecord[], width: number, columns: Columns, repeats: boolean): AnswerTable {
  const answers: Answer[] = []
  const findings: TableFinding[] = []
  const tasks = new Map<string, Map<string, Answer>>()
  const workers = new Set<string>()
  let missing = 0
  const found = (code: TableFinding['code'], line: number, message: string) => findings.push({ code, line, message: `line ${line}: ${message}` })
  for (const { fields, line } of records) {
    if (fields.length !== width) { found('row-length', line, `${fields.length} cells where the header has ${width}. The row is left out.`); continue }
    const task = fields[columns.task]!.trim(), worker = fields[columns.worker]!.trim()
    if (task === '') { found('no-task', line, 'no task is named. The row is left out.'); continue }
    if (worker === '') { found('no-worker', line, 'no worker is named. The row is left out.'); continue }
    const ofTask = tasks.get(task) ?? new Map<string, Answer>()
    tasks.set(task, ofTask)
    workers.add(worker)
    const value = columns.kind === 'text' ? fields[columns.value]! : fields[columns.value]!.trim()
    if (columns.kind === 'label' && missingLabels.has(value)) { missing++; continue }
    const earlier = ofTask.get(worker)
    if (earlier && !repeats) {
      const same = earlier.value === value
      found(same ? 'duplicate' : 'conflicting-duplicate', line, `"${worker}" already answered task "${task}" on line ${earlier.line}${same ? '' : ` ("${earlier.value}", here "${value}")`}. The first answer is used.`)
      continue
    }
    const answer = { task, worker, value, line }
    ofTask.set(worker, answer)
    answers.push(answer)
  }
  return { kind: columns.kind, answers, tasks: [...tasks.keys()], workers: [...workers], missing, findings }
}
