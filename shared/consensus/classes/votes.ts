/** What one worker said about one task; an empty label is an abstention: it counts the worker and the task, and is no vote. */
export interface Vote { readonly task: string; readonly worker: string; readonly label: string }

/**
 * Votes as columns, sorted by task, worker and label, so that no estimate depends on the order of the input. The votes of
 * task i are the rows `first[i] … first[i + 1] − 1`. Two votes of one worker on one task both count (Dawid & Skene's own
 * table has them).
 */
export interface VoteTable {
  readonly tasks: readonly string[]
  readonly workers: readonly string[]
  readonly classes: readonly string[]
  readonly first: Int32Array
  readonly task: Int32Array
  readonly worker: Int32Array
  readonly label: Int32Array
}

/** Numbers by their value and before words; words by code unit. The first of tied classes wins, so this order decides ties. */
export function compareNames(a: string, b: string): number {
  const [x, y] = [numberOf(a), numberOf(b)]
  if (!Number.isNaN(x) && !Number.isNaN(y) && x !== y) return x - y
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1
  return a < b ? -1 : a > b ? 1 : 0
}

const numberOf = (name: string) => (name.trim() === '' ? NaN : Number(name))

/** Sorted names and the place of each. */
function indexed(names: Iterable<string>): [string[], Map<string, number>] {
  const keys = new Map([...new Set(names)].map((name) => [name, numberOf(name)]))
  const sorted = [...keys.keys()].sort((a, b) => {
    const [x, y] = [keys.get(a)!, keys.get(b)!]
    if (!Number.isNaN(x) && !Number.isNaN(y) && x !== y) return x - y
    return compareNames(a, b)
  })
  return [sorted, new Map(sorted.map((name, index) => [name, index]))]
}

/** Names that stand in a table although no vote has them: classes that nobody chose, tasks that nobody judged, workers who abstained throughout. */
export interface MoreNames { readonly classes?: Iterable<string>; readonly tasks?: Iterable<string>; readonly workers?: Iterable<string> }

export function voteTable(votes: readonly Vote[], more: MoreNames = {}): VoteTable {
  const [tasks, taskAt] = indexed([...votes.map(({ task }) => task), ...(more.tasks ?? [])])
  const [workers, workerAt] = indexed([...votes.map(({ worker }) => worker), ...(more.workers ?? [])])
  const [classes, classAt] = indexed([...votes.map(({ label }) => label), ...(more.classes ?? [])].filter((label) => label !== ''))
  const rows = votes
    .filter(({ label }) => label !== '')
    .map(({ task, worker, label }) => [taskAt.get(task)!, workerAt.get(worker)!, classAt.get(label)!] as const)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
  return columns({ tasks, workers, classes }, Int32Array.from(rows, (row) => row[0]), Int32Array.from(rows, (row) => row[1]), Int32Array.from(rows, (row) => row[2]))
}

type Names = Pick<VoteTable, 'tasks' | 'workers' | 'classes'>

function columns({ tasks, workers, classes }: Names, task: Int32Array, worker: Int32Array, label: Int32Array): VoteTable {
  const first = new Int32Array(tasks.length + 1)
  for (const at of task) first[at + 1]! += 1
  for (let i = 0; i < tasks.length; i++) first[i + 1]! += first[i]!
  return { tasks, workers, classes, first, task, worker, label }
}

/** The table with some of its votes; tasks, workers and classes keep their places. */
export function withVotes(table: VoteTable, keep: (row: number) => boolean): VoteTable {
  const rows = Int32Array.from(table.task.keys()).filter(keep)
  const pick = (column: Int32Array) => rows.map((row) => column[row]!)
  return columns(table, pick(table.task), pick(table.worker), pick(table.label))
}

/** The class of each task that is known for certain, −1 for the others. Throws a RangeError on a class that the table lacks. */
export function goldOf(table: VoteTable, known: ReadonlyMap<string, string>): Int32Array {
  const classAt = new Map(table.classes.map((name, index) => [name, index]))
  return Int32Array.from(table.tasks, (task) => {
    const label = known.get(task)
    if (label === undefined || label === '') return -1
    const at = classAt.get(label)
    if (at === undefined) throw new RangeError(`The known label "${label}" of task "${task}" is no class of the table.`)
    return at
  })
}
