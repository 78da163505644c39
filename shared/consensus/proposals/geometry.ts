import type { Box, Geometry, Keypoint, Keypoints, RotatedBox, Segment, TextLine } from '#shared/model/geometry.ts'
import type { Author } from '#shared/model/author.ts'
import { similarity, type SimilarityOptions } from '#shared/agreement/similarity.ts'
import type { Spread } from '#shared/consensus/proposal.ts'
import { noHabits, type Habits } from './habits.ts'
import type { Placed } from './layout.ts'
import { clamp01, deviationFrom, normalised, shares, weightedMedian, type Weighed } from './weigh.ts'

export interface GeometryEstimate {
  readonly geometry: Geometry
  readonly spread: Spread
  /** Mean IoU (or what stands for it) of the members with the estimate, 0 … 1. */
  readonly fit: number
  /** One share a member, in their order; they add up to 1. */
  readonly weights: number[]
  readonly method: string
}

interface Drawn { readonly person: Author; readonly geometry: Geometry; readonly weight: number }

/** The geometry of a thing from its members' (at least one); those of another kind than most of the weight has count nothing. */
export function estimateGeometry(members: readonly Placed[], weightOf: (person: Author) => number, habits: Habits, alike: SimilarityOptions): GeometryEstimate {
  const drawn = members.map(({ person, mark }): Drawn => ({ person, geometry: mark.geometry, weight: weightOf(person) }))
  const kind = shares(drawn.map(({ geometry, weight }) => ({ value: geometry.kind, weight })))[0]!.value
  const same = drawn.filter(({ geometry }) => geometry.kind === kind)
  const { geometry, spread, method } = ofOneKind(same, habits, alike)
  const weights = normalised(drawn.map((one) => (one.geometry.kind === kind ? one.weight : 0)))
  return { geometry, spread, method, weights, fit: meanPlace(members, geometry, alike) }
}

/** Mean likeness of the members' geometry to another; 1 of nobody. */
export function meanPlace(members: readonly Placed[], geometry: Geometry, alike: SimilarityOptions): number {
  const places = members.map(({ mark }) => similarity(mark, { id: '', person: '', label: null, text: null, geometry }, alike)?.place ?? 0)
  return places.length === 0 ? 1 : clamp01(places.reduce((sum, place) => sum + place, 0) / places.length)
}

interface Estimate { readonly geometry: Geometry; readonly spread: Spread; readonly method: string }

function ofOneKind(drawn: readonly Drawn[], habits: Habits, alike: SimilarityOptions): Estimate {
  const first = drawn[0]!.geometry
  switch (first.kind) {
    case 'box': return boxOf(of<Box>(drawn))
    case 'rotated-box': return { geometry: rotatedOf(of<RotatedBox>(drawn)), spread: { kind: 'none' }, method: 'weighted median' }
    case 'keypoints': return keypointsOf(of<Keypoints>(drawn))
    case 'text-line': return lineOf(drawn, alike)
    case 'segment': return segmentOf(drawn, habits)
    case 'item': return { geometry: first, spread: { kind: 'none' }, method: 'the item' }
    default: return { geometry: nearestToAll(drawn, alike), spread: { kind: 'none' }, method: 'nearest to all' }
  }
}

interface Typed<Kind extends Geometry> { readonly person: Author; readonly geometry: Kind; readonly weight: number }
const of = <Kind extends Geometry>(drawn: readonly Drawn[]) => drawn as readonly Typed<Kind>[]

const each = <Kind extends Geometry>(drawn: readonly Typed<Kind>[], value: (geometry: Kind) => number): Weighed<number>[] => drawn.map(({ geometry, weight }) => ({ value: value(geometry), weight }))

function boxOf(drawn: readonly Typed<Box>[]): Estimate {
  const sides = [({ x }: Box) => x, ({ y }: Box) => y, ({ x, width }: Box) => x + width, ({ y, height }: Box) => y + height].map((side) => each(drawn, side))
  const [left, top, right, bottom] = sides.map(weightedMedian) as [number, number, number, number]
  return {
    geometry: { kind: 'box', x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) }, method: 'weighted median box',
    spread: { kind: 'sides', deviations: sides.map((values, at) => deviationFrom(values, [left, top, right, bottom][at]!)) as [number, number, number, number] },
  }
}

/** Angles are compared modulo a quarter turn to the first one's, with the sides changed over where that is nearer. */
function rotatedOf(drawn: readonly Typed<RotatedBox>[]): RotatedBox {
  const first = drawn[0]!.geometry
  const turned = drawn.map(({ geometry, ...rest }) => {
    const quarters = Math.round((first.angle - geometry.angle) / 90)
    const [width, height] = quarters % 2 === 0 ? [geometry.width, geometry.height] : [geometry.height, geometry.width]
    return { ...rest, geometry: { ...geometry, width, height, angle: geometry.angle + quarters * 90 } }
  })
  const middle = (value: (geometry: RotatedBox) => number) => weightedMedian(each(turned, value))
  const angle = middle((box) => box.angle)
  return {
    kind: 'rotated-box', cx: middle((box) => box.cx), cy: middle((box) => box.cy), width: middle((box) => box.width), height: middle((box) => box.height),
    angle: angle - 360 * Math.round(angle / 360),
  }
}

function keypointsOf(drawn: readonly Typed<Keypoints>[]): Estimate {
  const length = Math.max(...drawn.map(({ geometry }) => geometry.points.length))
  const deviations: number[] = []
  const points = Array.from({ length }, (_, at): Keypoint => {
    const given = drawn.flatMap(({ geometry, weight }) => (geometry.points[at] ? [{ point: geometry.points[at], weight }] : []))
    const visibility = Number(shares(given.map(({ point, weight }) => ({ value: String(point.visibility), weight })))[0]!.value) as Keypoint['visibility']
    const seen = given.filter(({ point }) => (visibility === 0 ? point.visibility === 0 : point.visibility > 0))
    const [xs, ys] = [seen.map(({ point, weight }) => ({ value: point.x, weight })), seen.map(({ point, weight }) => ({ value: point.y, weight }))]
    const [x, y] = [weightedMedian(xs), weightedMedian(ys)]
    if (visibility > 0) deviations.push(Math.hypot(deviationFrom(xs, x), deviationFrom(ys, y)))
    return { x, y, visibility }
  })
  return { geometry: { kind: 'keypoints', points }, spread: { kind: 'points', deviation: deviations.length > 0 ? weightedMedian(deviations.map((value) => ({ value, weight: 1 }))) : 0 }, method: 'weighted median points' }
}

function lineOf(drawn: readonly Drawn[], alike: SimilarityOptions): Estimate {
  const lines = of<TextLine>(drawn)
  const kind = shares(lines.map(({ geometry, weight }) => ({ value: geometry.outline.kind, weight })))[0]!.value
  const { geometry, spread, method } = ofOneKind(lines.filter(({ geometry: { outline } }) => outline.kind === kind).map(({ geometry, ...rest }) => ({ ...rest, geometry: geometry.outline })), noHabits, alike)
  const based = lines.filter(({ geometry: { baseline } }) => baseline !== null)
  const baseline = based.length * 2 >= lines.length && based.length > 0 ? (nearestToAll(based, alike) as TextLine).baseline : null
  return { geometry: { kind: 'text-line', outline: geometry as TextLine['outline'], baseline }, spread, method }
}

/** Both ends as weighted medians after everybody's habit is taken off; in the finest rate that anybody used. */
function segmentOf(drawn: readonly Drawn[], { ends }: Habits): Estimate {
  const segments = of<Segment>(drawn)
  const tier = shares(segments.map(({ geometry, weight }) => ({ value: geometry.tier, weight })))[0]!.value as Segment['tier']
  const rate = Math.max(...segments.map(({ geometry }) => geometry.rate))
  const starts = segments.map(({ geometry, person, weight }) => ({ value: geometry.start / geometry.rate - (ends.get(person)?.[0] ?? 0), weight }))
  const stops = segments.map(({ geometry, person, weight }) => ({ value: geometry.end / geometry.rate - (ends.get(person)?.[1] ?? 0), weight }))
  const [start, end] = [Math.max(0, weightedMedian(starts)), Math.max(0, weightedMedian(stops))]
  const ticks = Math.round(start * rate)
  return {
    geometry: { kind: 'segment', tier, start: ticks, end: Math.max(ticks, Math.round(end * rate)), rate }, method: 'weighted median ends',
    spread: { kind: 'ends', start: deviationFrom(starts, start), end: deviationFrom(stops, end) },
  }
}

/** The member most like all others by weight; the first of equals. */
function nearestToAll(drawn: readonly Drawn[], alike: SimilarityOptions): Geometry {
  const marks = drawn.map(({ geometry }, at) => ({ id: String(at), person: '', label: null, text: null, geometry }))
  const sums = marks.map((mark, at) => marks.reduce((sum, other, by) => sum + (at === by ? drawn[by]!.weight : (similarity(mark, other, alike)?.place ?? 0) * drawn[by]!.weight), 0))
  return drawn[sums.reduce((best, sum, at) => (sum > sums[best]! + 1e-12 ? at : best), 0)]!.geometry
}
