import { assign } from '#shared/agreement/assignment.ts'
import { simplifyPath } from '#shared/geometry/simplify.ts'
import { pointAt, pointCount, type Path } from '#shared/geometry/ring.ts'
import type { Keypoints, Points, Polyline } from '#shared/model/geometry.ts'
import { median, middleOfPoints, sharesOf } from './robust.ts'

/** A geometry of one person, and how much they count (1 when left out). */
export interface Drawn<G> { readonly person: string; readonly geometry: G; readonly weight?: number | undefined }

export interface PointsResult<G> {
  readonly geometry: G
  /** Median over the places of one standard deviation along an axis, in pixels. */
  readonly deviation: number
  /** One share each, in the order given; they add up to 1. */
  readonly weights: number[]
}

/** Two by one person count as one between them; weights of 0 alone count alike. */
function weightsOf(all: readonly Drawn<unknown>[]): number[] {
  return sharesOf(all.map(({ person, weight = 1 }) => weight / all.filter((other) => other.person === person).length))
}

/**
 * Keypoints, place by place. A point is labelled when at least half of the weight labelled it, and visible when at least half of those who labelled it
 * saw it; its position is the robust mean of theirs (`middleOfPoints`). A point that is not labelled stands at 0, 0 as COCO has it. Who has another
 * number of points than most (by weight; of equals the larger) has no say.
 */
export function estimateKeypoints(all: readonly Drawn<Keypoints>[]): PointsResult<Keypoints> {
  const given = weightsOf(all)
  const count = mostly(all.map(({ geometry }) => geometry.points.length), given)
  const weights = given.map((weight, at) => (all[at]!.geometry.points.length === count ? weight : 0))
  const own = all.map(({ geometry: { points } }) => Array.from({ length: count }, (_, at) => (points.length === count && points[at]!.visibility > 0 ? [points[at]!.x, points[at]!.y] : [null, null])).flat())
  const middle = middleOfPoints(own, weights)
  const share = (at: number, from: number) => all.reduce((sum, { geometry: { points } }, p) => sum + (points.length === count && points[at]!.visibility >= from ? weights[p]! : 0), 0)
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const points = Array.from({ length: count }, (_, at): Keypoints['points'][number] => {
    const labelled = share(at, 1)
    if (labelled * 2 < whole - 1e-9) return { x: 0, y: 0, visibility: 0 }
    return { x: middle.points[at * 2]!, y: middle.points[at * 2 + 1]!, visibility: labelled === 0 ? 0 : share(at, 2) * 2 >= labelled - 1e-9 ? 2 : 1 }
  })
  const deviations = middle.deviations.filter((_, at) => points[at]!.visibility > 0)
  return { geometry: { kind: 'keypoints', points }, deviation: median(deviations), weights: middle.weights }
}

/** The value with the most weight; of equals the larger. */
function mostly(values: readonly number[], weights: readonly number[]): number {
  const sums = new Map<number, number>()
  values.forEach((value, at) => sums.set(value, (sums.get(value) ?? 0) + weights[at]!))
  return [...sums].sort((a, b) => (Math.abs(b[1] - a[1]) > 1e-9 ? b[1] - a[1] : b[0] - a[0]))[0]![0]
}

/**
 * Points without an order: each person's are paired with those of the person who lies nearest to all, by the least sum of distances; a point stands
 * when at least half of the weight has it, at the robust mean. Points that the middle person lacks are lost. Where none stands, the middle person's do.
 */
export function estimatePointSet(all: readonly Drawn<Points>[]): PointsResult<Points> {
  const given = weightsOf(all)
  const pairs = all.map(({ geometry }) => all.map(({ geometry: other }) => pairUp(geometry.points, other.points)))
  const cost = pairs.map((row, at) => row.reduce((sum, { cost }, other) => sum + given[other]! * cost, 0) + at * 1e-12)
  const middle = all.map((_, at) => at).sort((a, b) => Math.round((cost[a]! - cost[b]!) * 1e9) || (all[a]!.person < all[b]!.person ? -1 : 1))[0]!
  const own = pairs[middle]!.map(({ of }, p) => [...of].flatMap((at) => (at < 0 ? [null, null] : [all[p]!.geometry.points[at * 2]!, all[p]!.geometry.points[at * 2 + 1]!])))
  const found = middleOfPoints(own, given)
  const support = Array.from({ length: found.deviations.length }, (_, at) => own.reduce((sum, values, p) => sum + (values[at * 2] == null ? 0 : given[p]!), 0))
  const standing = support.flatMap((share, at) => (share >= 0.5 - 1e-9 ? [at] : []))
  const kept = standing.length > 0 ? standing : support.map((_, at) => at)
  const points = kept.flatMap((at) => [found.points[at * 2]!, found.points[at * 2 + 1]!])
  return { geometry: { kind: 'points', points }, deviation: median(kept.map((at) => found.deviations[at]!)), weights: found.weights }
}

/** Which of b's points belongs to each of a's, −1 for none; and what is between them: the mean distance, a point alone counting as far as their extent. */
function pairUp(a: Path, b: Path): { of: Int32Array; cost: number } {
  const all = [...a, ...b]
  const reach = Math.max(1e-9, Math.hypot(spreadOf(all, 0), spreadOf(all, 1))) * 2
  const distance = (i: number, j: number) => Math.hypot(a[i * 2]! - b[j * 2]!, a[i * 2 + 1]! - b[j * 2 + 1]!)
  const of = assign(Array.from({ length: pointCount(a) }, (_, i) => Float64Array.from({ length: pointCount(b) }, (_, j) => reach - distance(i, j))), pointCount(b))
  let cost = Math.abs(pointCount(a) - pointCount(b)) * reach
  of.forEach((j, i) => { if (j >= 0) cost += distance(i, j) })
  return { of, cost: cost / Math.max(1, pointCount(a)) }
}

const spreadOf = (path: Path, axis: 0 | 1): number => {
  const values = path.filter((_, at) => at % 2 === axis)
  return Math.max(...values) - Math.min(...values)
}

const places = 64

/**
 * Polylines: turned the way of the first by person (the way that brings the ends nearer), resampled at 64 equal lengths of arc, averaged robustly place by place, and
 * simplified within 0.25 pixels or a quarter of the deviation. Lines that end elsewhere are averaged end to end. A line without length is its point twice.
 */
export function estimatePolyline(all: readonly Drawn<Polyline>[]): PointsResult<Polyline> {
  const given = weightsOf(all)
  const first = all.map((_, at) => at).sort((a, b) => (all[a]!.person < all[b]!.person ? -1 : all[a]!.person > all[b]!.person ? 1 : JSON.stringify(all[a]!.geometry.points) < JSON.stringify(all[b]!.geometry.points) ? -1 : 1))[0]!
  const lead = all[first]!.geometry.points
  const own = all.map(({ geometry: { points } }) => resample(endsApart(lead, points) <= endsApart(lead, reversed(points)) ? points : reversed(points), places))
  const same = new Set(all.map(({ geometry }) => JSON.stringify(geometry.points))).size === 1
  const found = middleOfPoints(own, given)
  const deviation = median(found.deviations)
  return { geometry: { kind: 'polyline', points: same ? [...lead] : simplifyPath(found.points, Math.max(deviation, 1) / 4) }, deviation, weights: found.weights }
}

function reversed(path: Path): number[] {
  return Array.from({ length: pointCount(path) }, (_, at) => pointAt(path, pointCount(path) - 1 - at)).flatMap(({ x, y }) => [x, y])
}

const endsApart = (a: Path, b: Path): number =>
  Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!) + Math.hypot(a.at(-2)! - b.at(-2)!, a.at(-1)! - b.at(-1)!)

/** So many points at equal lengths along a path, its ends among them. */
export function resample(path: Path, count: number): number[] {
  const lengths = [0]
  for (let at = 1; at < pointCount(path); at++) lengths.push(lengths[at - 1]! + Math.hypot(path[at * 2]! - path[at * 2 - 2]!, path[at * 2 + 1]! - path[at * 2 - 1]!))
  const whole = lengths.at(-1)!
  let edge = 1
  return Array.from({ length: count }, (_, at) => {
    const target = (whole * at) / (count - 1)
    while (edge < lengths.length - 1 && lengths[edge]! < target) edge++
    const from = lengths[edge - 1]!, length = lengths[edge]! - from
    const t = length > 0 ? Math.min(1, (target - from) / length) : 0
    const a = pointAt(path, edge - 1), b = pointAt(path, edge)
    return [a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)]
  }).flat()
}
