import type { Geometry } from '#shared/model/geometry.ts'
import { boundsOf, expand, intersects } from '#shared/geometry/bounds.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { assign } from './assignment.ts'
import type { Mark } from './mark.ts'
import { similarity, type SimilarityOptions } from './similarity.ts'

/** Marks of different people taken to be one thing. */
export interface Cluster {
  /** At most one a person, sorted by person. */
  readonly marks: readonly Mark[]
  /** Every two members: their indices in `marks`, and how alike they are in place, 0 to 1. */
  readonly links: readonly { readonly first: number; readonly second: number; readonly place: number }[]
  /** Whether all members have the same label; if not, it is "same thing, other name". */
  readonly sameLabel: boolean
}

/** Two marks of different people that share something. */
interface Pair { readonly i: number; readonly j: number; readonly place: number; readonly rank: number }

/** The marks of one item with how alike each two are: what does not depend on the threshold. */
export interface Compared {
  /** Sorted by person, then id. */
  readonly marks: readonly Mark[]
  /** Row-major; 0 where two marks share nothing, can't be compared or are of one person. */
  readonly place: Float64Array
  /** The pairs whose place is above 0, the most alike first. */
  readonly pairs: readonly Pair[]
}

const byPersonAndId = (a: Mark, b: Mark) => (a.person < b.person ? -1 : a.person > b.person ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

export function compareMarks(given: readonly Mark[], options?: SimilarityOptions): Compared {
  const marks = [...given].sort(byPersonAndId)
  const count = marks.length
  const place = new Float64Array(count * count)
  const pairs: Pair[] = []
  const extents = marks.map(({ geometry }) => extentOf(geometry, options))
  marks.forEach((a, i) => {
    const extent = extents[i]
    for (let j = i + 1; j < count; j++) {
      const b = marks[j]!
      const other = extents[j]
      if (extent && other && !intersects(extent, other)) continue
      const alike = a.person === b.person ? null : similarity(a, b, options)
      if (!alike || alike.place <= 0) continue
      place[i * count + j] = place[j * count + i] = alike.place
      pairs.push({ i, j, ...alike })
    }
  })
  return { marks, place, pairs: pairs.sort((a, b) => b.rank - a.rank || a.i - b.i || a.j - b.j) }
}

/** A rectangle such that marks whose rectangles don't meet share nothing; null for what may be alike from afar. Times lie along x. */
function extentOf(geometry: Geometry, { tolerance = 5, collar = 0.2 }: SimilarityOptions = {}): Bounds | null {
  if (geometry.kind === 'keypoints' || geometry.kind === 'item') return null
  if (geometry.kind === 'segment') return { minX: geometry.start / geometry.rate - collar, maxX: geometry.end / geometry.rate + collar, minY: 0, maxY: 0 }
  const bounds = boundsOf(geometry)
  return bounds && expand(bounds, geometry.kind === 'polyline' || geometry.kind === 'points' ? tolerance : 0)
}

/** Which cluster each mark is in, and the members of each. */
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
  const near = compared.pairs.filter(({ place }) => place >= threshold)
  joinRound(compared, threshold, grouping, near.filter(({ i, j }) => marks[i]!.label === marks[j]!.label))
  joinRound(compared, threshold, grouping, near)
  return grouping.members.filter((members) => members.length > 0).map((members) => clusterOf(compared, members.sort((a, b) => a - b)))
}

function joinRound(compared: Compared, threshold: number, grouping: Grouping, candidates: readonly Pair[]): void {
  const open = candidates.filter(({ i, j }) => grouping.of[i] !== grouping.of[j])
  if (open.length === 0) return
  const best = assignedPairs(compared.marks, open)
  for (const { i, j } of open) if (best.has(i * compared.marks.length + j)) joinIfLinked(compared, threshold, grouping, i, j)
  for (const { i, j } of open) joinIfLinked(compared, threshold, grouping, i, j)
}

/** The candidates that are partners in the optimal assignment between their two people. */
function assignedPairs(marks: readonly Mark[], candidates: readonly Pair[]): Set<number> {
  const best = new Set<number>()
  for (const pairs of Map.groupBy(candidates, ({ i, j }) => `${marks[i]!.person}/${marks[j]!.person}`).values()) {
    const rows = [...new Set(pairs.map(({ i }) => i))].sort((a, b) => a - b), columns = [...new Set(pairs.map(({ j }) => j))].sort((a, b) => a - b)
    if (rows.length === pairs.length && columns.length === pairs.length) {
      for (const { i, j } of pairs) best.add(i * marks.length + j)
      continue
    }
    const rowAt = new Map(rows.map((i, at) => [i, at])), columnAt = new Map(columns.map((j, at) => [j, at]))
    const scores = rows.map(() => new Float64Array(columns.length))
    for (const { i, j, rank } of pairs) scores[rowAt.get(i)!]![columnAt.get(j)!] = Math.max(1e-9, rank)
    assign(scores, columns.length).forEach((column, row) => { if (column >= 0) best.add(rows[row]! * marks.length + columns[column]!) })
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
