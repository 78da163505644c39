import { assign } from './assignment.ts'
import type { Mark } from './mark.ts'
import { similarity, type Similarity, type SimilarityOptions } from './similarity.ts'

/** Marks of different people taken to be one thing. */
export interface Cluster {
  /** At most one a person, sorted by person. */
  readonly marks: readonly Mark[]
  /** Every two members: their indices in `marks`, and how alike they are in place, 0 to 1. */
  readonly links: readonly { readonly first: number; readonly second: number; readonly place: number }[]
  /** Whether all members have the same label; if not, it is "same thing, other name". */
  readonly sameLabel: boolean
}

/** The marks of one item with how alike each two are: what does not depend on the threshold. */
export interface Compared {
  /** Sorted by person, then id. */
  readonly marks: readonly Mark[]
  /** Row-major; place −1 where two marks can't be compared or are of one person. */
  readonly place: Float64Array
  readonly rank: Float64Array
}

const byPersonAndId = (a: Mark, b: Mark) => (a.person < b.person ? -1 : a.person > b.person ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

export function compareMarks(given: readonly Mark[], options?: SimilarityOptions): Compared {
  const marks = [...given].sort(byPersonAndId)
  const count = marks.length
  const place = new Float64Array(count * count).fill(-1), rank = new Float64Array(count * count).fill(-1)
  marks.forEach((a, i) => {
    for (let j = i + 1; j < count; j++) {
      const b = marks[j]!
      const alike: Similarity | null = a.person === b.person ? null : similarity(a, b, options)
      if (!alike) continue
      place[i * count + j] = place[j * count + i] = alike.place
      rank[i * count + j] = rank[j * count + i] = alike.rank
    }
  })
  return { marks, place, rank }
}

/** Which cluster each mark is in, and joining two of them. */
interface Grouping { readonly of: Int32Array; readonly members: number[][] }

/**
 * Groups marks into things: at most one mark a person, every two members at least `threshold` alike (complete linkage). Marks with
 * the same label are brought together first, then the rest across labels. Within each round every two people are matched by an
 * optimal assignment (greatest sum of similarity), and the matches joined from the most alike on; then what still fits joins.
 * The same for any order of the marks.
 */
export function clusterMarks(compared: Compared, threshold: number): Cluster[] {
  const { marks } = compared
  const grouping: Grouping = { of: Int32Array.from(marks, (_, at) => at), members: marks.map((_, at) => [at]) }
  joinRound(compared, threshold, grouping, (i, j) => marks[i]!.label === marks[j]!.label)
  joinRound(compared, threshold, grouping, () => true)
  return grouping.members.filter((members) => members.length > 0).map((members) => clusterOf(compared, members.sort((a, b) => a - b)))
}

function joinRound(compared: Compared, threshold: number, grouping: Grouping, allowed: (i: number, j: number) => boolean): void {
  const { marks, rank, place } = compared
  const count = marks.length
  const fits = (i: number, j: number) => place[i * count + j]! >= threshold && place[i * count + j]! > 0 && grouping.of[i] !== grouping.of[j] && allowed(i, j)
  const candidates: [i: number, j: number][] = []
  for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) if (fits(i, j)) candidates.push([i, j])
  if (candidates.length === 0) return
  const best = assignedPairs(compared, candidates)
  const order = candidates.map(([i, j]) => ({ i, j, rank: rank[i * count + j]!, best: best.has(i * count + j) }))
  order.sort((a, b) => Number(b.best) - Number(a.best) || b.rank - a.rank || a.i - b.i || a.j - b.j)
  for (const { i, j } of order) joinIfLinked(compared, threshold, grouping, i, j)
}

/** The candidates that are partners in the optimal assignment between their two people. */
function assignedPairs({ marks, rank }: Compared, candidates: readonly (readonly [number, number])[]): Set<number> {
  const count = marks.length
  const best = new Set<number>()
  for (const pairs of Map.groupBy(candidates, ([i, j]) => `${marks[i]!.person}/${marks[j]!.person}`).values()) {
    const rows = [...new Set(pairs.map(([i]) => i))].sort((a, b) => a - b), columns = [...new Set(pairs.map(([, j]) => j))].sort((a, b) => a - b)
    const rowAt = new Map(rows.map((i, at) => [i, at])), columnAt = new Map(columns.map((j, at) => [j, at]))
    const scores = rows.map(() => new Float64Array(columns.length))
    for (const [i, j] of pairs) scores[rowAt.get(i)!]![columnAt.get(j)!] = Math.max(1e-9, rank[i * count + j]!)
    assign(scores, columns.length).forEach((column, row) => { if (column >= 0) best.add(rows[row]! * count + columns[column]!) })
  }
  return best
}

function joinIfLinked({ marks, place }: Compared, threshold: number, { of, members }: Grouping, i: number, j: number): void {
  const left = of[i]!, right = of[j]!
  if (left === right) return
  for (const a of members[left]!)
    for (const b of members[right]!) if (marks[a]!.person === marks[b]!.person || place[a * marks.length + b]! < threshold) return
  for (const b of members[right]!) of[b] = left
  members[left]!.push(...members[right]!)
  members[right] = []
}

function clusterOf({ marks: all, place }: Compared, members: readonly number[]): Cluster {
  const marks = members.map((at) => all[at]!)
  const links = members.flatMap((a, first) => members.slice(first + 1).map((b, offset) => ({ first, second: first + 1 + offset, place: place[a * all.length + b]! })))
  return { marks, links, sameLabel: marks.every(({ label }) => label === marks[0]!.label) }
}
