import type { Geometry, Segment } from '#shared/model/geometry.ts'
import { boundsOf } from '#shared/geometry/bounds.ts'
import { boxOfBounds } from '#shared/geometry/box.ts'
import { boxIou, hasArea, iou } from '#shared/geometry/iou.ts'
import { assign } from './assignment.ts'
import { boundaryF } from './boundary.ts'
import type { Mark } from './mark.ts'
import { keypointSimilarity } from './oks.ts'

export interface SimilarityOptions {
  /** Pixels within which two points, or two polylines, are the same. Default 5. */
  readonly tolerance?: number | undefined
  /** Seconds within which two boundaries in time are the same; 0 asks for the interval IoU alone. Default 0.2. */
  readonly collar?: number | undefined
  /** Sigmas of the keypoints, in the order of the points. */
  readonly sigmas?: readonly number[] | undefined
  /** A box against an area of another kind is compared with that one's bounding box: who drew a box around a thin thing that lies askew means the same. Default false: the areas themselves. */
  readonly boxesAround?: boolean | undefined
  /** How far two texts are apart, 0 the same to 1; where it is given, two lines with text are ranked by place and text alike. */
  readonly textDistance?: ((a: string, b: string) => number) | undefined
}

/** How alike two marks are: `place` decides whether they can be the same thing, `rank` which of several is the better partner. Both 0 to 1. */
export interface Similarity { readonly place: number; readonly rank: number }

/**
 * Place by kind: IoU for areas of any kind, lines of text included; OKS for keypoints; boundary F for polylines and for points the share
 * that pairs up, both within `tolerance`; for segments of one tier the interval IoU, or more when both boundaries lie within `collar`;
 * 1 for two judgements of the whole item. Null for kinds that can't be compared.
 */
export function similarity(a: Mark, b: Mark, options: SimilarityOptions = {}): Similarity | null {
  const place = placeOf(a, b, options)
  if (place === null) return null
  if (place <= 0 || !options.textDistance || a.text === null || b.text === null) return { place, rank: place }
  return { place, rank: (place + 1 - Math.min(1, options.textDistance(a.text, b.text))) / 2 }
}

function placeOf({ geometry: a }: Mark, { geometry: b }: Mark, { tolerance = 5, collar = 0.2, sigmas, boxesAround = false }: SimilarityOptions): number | null {
  if (boxesAround && (a.kind === 'box') !== (b.kind === 'box') && hasArea(a) && hasArea(b)) return aroundIou(a, b)
  if (hasArea(a) && hasArea(b)) return iou(a, b)
  if (a.kind === 'keypoints' && b.kind === 'keypoints') return keypointSimilarity(a, b, sigmas)
  if (a.kind === 'segment' && b.kind === 'segment') return a.tier === b.tier ? segmentSimilarity(a, b, collar) : null
  if (a.kind === 'polyline' && b.kind === 'polyline') return boundaryF(a, b, tolerance)
  if (a.kind === 'points' && b.kind === 'points') return pointsSimilarity(a.points, b.points, tolerance)
  return a.kind === 'item' && b.kind === 'item' ? 1 : null
}

function aroundIou(a: Geometry, b: Geometry): number {
  const [first, second] = [boundsOf(a), boundsOf(b)]
  return first && second ? boxIou(boxOfBounds(first), boxOfBounds(second)) : 0
}

/** Length of what two stretches of time share over the length of what they cover together; 1 for the same instant. */
export function intervalIou(a: Segment, b: Segment): number {
  const [a0, a1, b0, b1] = [a.start / a.rate, a.end / a.rate, b.start / b.rate, b.end / b.rate]
  const all = Math.max(a1, b1) - Math.min(a0, b0)
  return all > 0 ? Math.max(0, Math.min(a1, b1) - Math.max(a0, b0)) / all : 1
}

/**
 * What two geometries share over what they cover together, 0 to 1: areas in the picture, segments in time whatever their tiers. Null for
 * kinds that cover neither.
 */
export const extentIou = (a: Geometry, b: Geometry): number | null => (a.kind === 'segment' && b.kind === 'segment' ? intervalIou(a, b) : iou(a, b))

/** The farther of the two boundaries, in seconds. */
export const boundaryDistance = (a: Segment, b: Segment): number =>
  Math.max(Math.abs(a.start / a.rate - b.start / b.rate), Math.abs(a.end / a.rate - b.end / b.rate))

/** Interval IoU; for short segments and instants, where a few milliseconds cost all of it, 1 − distance / (2 · collar) within the collar if that is more. */
function segmentSimilarity(a: Segment, b: Segment, collar: number): number {
  const common = intervalIou(a, b)
  const distance = boundaryDistance(a, b)
  return collar > 0 && distance <= collar ? Math.max(common, 1 - distance / (2 * collar)) : common
}

/** 2 · pairs / (all points), the pairs within the tolerance. */
function pointsSimilarity(a: readonly number[], b: readonly number[], tolerance: number): number {
  const rows = Array.from({ length: a.length / 2 }, (_, i) => Float64Array.from({ length: b.length / 2 }, (_, j) => {
    const distance = Math.hypot(a[i * 2]! - b[j * 2]!, a[i * 2 + 1]! - b[j * 2 + 1]!)
    return distance <= tolerance ? 1 + 1e-6 * (1 - distance / (tolerance || 1)) : 0
  }))
  const pairs = assign(rows, b.length / 2).filter((column) => column >= 0).length
  return (4 * pairs) / (a.length + b.length)
}
