import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import type { Segment } from '#shared/model/geometry.ts'
import type { AnnotationId, TierId } from '#shared/model/id.ts'

/** An annotation that is a segment, with its ends in frames of the sound. */
export interface Timed {
  readonly annotation: Annotation
  readonly tier: TierId
  readonly start: number
  readonly end: number
}

/** Ticks of another resolution as frames, to the nearest. Rounding keeps order, so that neighbours that touch still touch. */
export const toFrames = (ticks: number, ticksRate: number, rate: number): number => (ticksRate === rate ? ticks : Math.round((ticks * rate) / ticksRate))

export function timed(annotation: Annotation, rate: number): Timed | null {
  const { geometry } = annotation
  if (geometry.kind !== 'segment') return null
  return { annotation, tier: geometry.tier, start: toFrames(geometry.start, geometry.rate, rate), end: toFrames(geometry.end, geometry.rate, rate) }
}

export const segmentGeometry = (tier: TierId, start: number, end: number, rate: number): Segment => ({ kind: 'segment', tier, start, end, rate })

/** The segments of one tier and layer, by their beginnings. */
export interface Row {
  readonly segments: readonly Timed[]
  /** reach[i] is the latest end among segments 0 … i. */
  readonly reach: Float64Array
}

export function rowOf(segments: readonly Timed[]): Row {
  const sorted = segments.toSorted((a, b) => a.start - b.start || a.end - b.end || (a.annotation.id < b.annotation.id ? -1 : 1))
  const reach = new Float64Array(sorted.length)
  let latest = 0
  sorted.forEach(({ end }, at) => { reach[at] = latest = Math.max(latest, end) })
  return { segments: sorted, reach }
}

export const emptyRow: Row = { segments: [], reach: new Float64Array(0) }

/** The index of the first element for which `test` holds; tests must turn true once. */
export function firstWhere(length: number, test: (at: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (test(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** The segments that reach into [from, to], earliest first. */
export function within({ segments, reach }: Row, from: number, to: number): readonly Timed[] {
  const first = firstWhere(segments.length, (at) => reach[at]! >= from)
  const last = firstWhere(segments.length, (at) => segments[at]!.start > to)
  return segments.slice(first, last).filter(({ end }) => end >= from)
}

/** The segment at a frame: the one that began last. Its end is not part of it. */
export const at = (row: Row, frame: number): Timed | null =>
  within(row, frame, frame).findLast(({ start, end }) => start <= frame && (frame < end || start === end)) ?? null

/** The segments of a recording by tier and layer. */
export interface SegmentIndex {
  readonly row: (tier: TierId, layer: Layer) => Row
  readonly byId: ReadonlyMap<AnnotationId, Timed>
  /** Tiers in which each layer has segments. */
  readonly layers: ReadonlyMap<TierId, readonly Layer[]>
}

export function indexOf(annotations: readonly Annotation[], rate: number): SegmentIndex {
  const byId = new Map<AnnotationId, Timed>()
  const lists = new Map<TierId, Map<Layer, Timed[]>>()
  for (const annotation of annotations) {
    const segment = timed(annotation, rate)
    if (segment === null) continue
    byId.set(annotation.id, segment)
    const byLayer = lists.get(segment.tier) ?? new Map<Layer, Timed[]>()
    lists.set(segment.tier, byLayer)
    const list = byLayer.get(annotation.layer)
    if (list) list.push(segment)
    else byLayer.set(annotation.layer, [segment])
  }
  const rows = new Map([...lists].map(([tier, byLayer]) => [tier, new Map([...byLayer].map(([layer, list]) => [layer, rowOf(list)]))]))
  return {
    byId, row: (tier, layer) => rows.get(tier)?.get(layer) ?? emptyRow,
    layers: new Map([...lists].map(([tier, byLayer]) => [tier, [...byLayer.keys()].sort()])),
  }
}
