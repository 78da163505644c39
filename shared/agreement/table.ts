import { looseColumn, plainColumn, usualNames, wordsOfHeader, type ColumnRole } from './columns.ts'
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
  /** What the columns are, of a file without a header. */
  readonly header?: readonly string[] | undefined
  /** Names of columns, where they are none of the usual ones. */
  readonly columns?: { readonly task?: string | undefined; readonly worker?: string | undefined; readonly value?: string | undefined; /** One that is none of them. */ readonly besides?: string | undefined } | undefined
}

/** Cells that say "no value" in a column of labels; in a column of text every cell is text, an empty one is an empty transcript. */
const missingLabels = new Set(['', 'NA', 'N/A', 'n/a', '#N/A', '<NA>', 'NaN', 'nan', 'NULL', 'null'])

/**
 * Reads a table of answers, a row each: `task,worker,label` or `task,worker,text`. Columns are found by name in any order, in any
 * case, with or without `_id`, under their usual names (item, annotator, rater, value, category, output, …), alone or among other words
 * (`ASSIGNMENT:worker_id`, `Answer.label`); other columns are ignored. Comma, semicolon or tab by the header. Of several rows for one task and worker the first is kept, the others are findings.
 * Throws a TableError that says the line.
 */
export function readAnswerTable(csv: string, options: TableOptions = {}): AnswerTable {
  const rows = parseCsv(csv, delimiterOf(csv, options.header !== undefined))
  const [header, ...records] = options.header === undefined ? rows : [{ fields: options.header, line: 1 }, ...rows]
  if (!header) throw new TableError('line 1: the file is empty. A table of answers begins with a line like "task,worker,label".')
  return collect(records, header.fields.length, findColumns(header.fields, options), options.repeats === 'all')
}

interface Columns { readonly task: number; readonly worker: number; readonly value: number; readonly kind: 'label' | 'text' }

function findColumns(names: readonly string[], { kind, columns = {} }: TableOptions): Columns {
  const taken = [columns.task, columns.worker, columns.value, columns.besides].flatMap((wanted) => namedColumn(names, wanted) ?? [])
  const take = (at: number | null) => {
    if (at !== null) taken.push(at)
    return at
  }
  // Headers that say one thing come before those that hold it among other words.
  const given = namedColumn(names, columns.value)
  const [value, found] = given !== null ? [given, kind ?? 'label'] as const : valueColumn(names, kind, taken)
  take(value)
  const worker = namedColumn(names, columns.worker) ?? take(plainColumn(names, 'worker', taken) ?? looseColumn(names, 'worker', taken))
  const task = namedColumn(names, columns.task) ?? take(plainColumn(names, 'task', taken) ?? looseColumn(names, 'task', taken))
  const absent: ColumnRole[] = [...(task === null ? ['task' as const] : []), ...(worker === null ? ['worker' as const] : []), ...(value === null ? [kind ?? 'label'] : [])]
  if (task === null || worker === null || value === null) throw new TableError(absentColumns(names, absent))
  return { task, worker, value, kind: found }
}

/** Labels are looked for before texts, unless texts are wanted; plain names before loose ones. */
function valueColumn(names: readonly string[], kind: 'label' | 'text' | undefined, taken: readonly number[]): readonly [number | null, 'label' | 'text'] {
  const order = kind === 'text' ? (['text', 'label'] as const) : (['label', 'text'] as const)
  for (const find of [plainColumn, looseColumn]) {
    for (const role of order) {
      const at = find(names, role, taken)
      if (at !== null) return [at, kind ?? (role === 'text' || wordsOfHeader(names[at]!).join('') === 'output' ? 'text' : 'label')]
    }
  }
  return [null, kind ?? 'label']
}

function absentColumns(names: readonly string[], absent: readonly ColumnRole[]): string {
  const usual = absent.map((role) => `${role} (also ${usualNames[role].slice(1, 5).join(', ')})`)
  return `line 1: there is no column for ${usual.join(' and ')}. The columns are ${names.map((name) => `"${name.trim()}"`).join(', ')}.`
}

function namedColumn(names: readonly string[], wanted: string | undefined): number | null {
  if (wanted === undefined) return null
  const exact = names.findIndex((name) => name.trim() === wanted)
  const at = exact >= 0 ? exact : names.findIndex((name) => name.trim().toLowerCase() === wanted.trim().toLowerCase())
  if (at < 0) throw new TableError(`line 1: there is no column "${wanted}". The columns are ${names.map((name) => `"${name.trim()}"`).join(', ')}.`)
  return at
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
