import type { Bounds } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Geometry, Keypoints } from '#shared/model/geometry.ts'
import { boundsOf, cornersOf, labelled, ringArea, upright } from '../bounds.ts'
import { rasterized } from './rasterize.ts'
import { rectangle } from './readAnnotation.ts'
import { areaOfCounts, countsInPicture, maskFromCounts } from './rle.ts'

type Size = { width: number; height: number }

/** A shape as COCO has it; `mark` is our note of a kind that COCO lacks, `losses` the codes of what it loses. */
export interface CocoShape {
  segmentation: number[][] | { size: [height: number, width: number]; counts: number[] }
  bbox: number[]
  area: number
  bounds: Bounds
  /** How far a reader's bounds may be off: nothing for coordinates, the pixel grid for masks. */
  tolerance: number
  mark: Record<string, unknown> | null
  losses: string[]
}

/** The shape of a geometry; null for the kinds that COCO has no place for (keypoints come beside a shape). */
export function cocoShape(geometry: Geometry, annotation: Annotation, size: Size): CocoShape | null {
  const crowd = annotation.flags.includes('crowd')
  switch (geometry.kind) {
    case 'box': {
      const ring = rectangle(geometry)
      const shape = crowd ? fromCounts(rasterized({ kind: 'polygon', parts: [[ring]] }, size.width, size.height), size) : fromRings([ring])
      const bounds = boundsOf(geometry)!
      return { ...shape, bbox: [geometry.x, geometry.y, geometry.width, geometry.height], bounds, tolerance: exact, mark: { kind: 'box' } }
    }
    case 'rotated-box': {
      const ring = cornersOf(geometry)
      if (crowd) return { ...fromCounts(rasterized({ kind: 'polygon', parts: [[ring]] }, size.width, size.height), size), losses: ['rotation-lost'] }
      const { cx, cy, width, height, angle } = geometry
      return { ...fromRings([ring]), mark: { kind: 'rotated-box', box: [cx, cy, width, height, angle] }, losses: ['rotation-lost'] }
    }
    case 'polygon': {
      if (!crowd && geometry.parts.every((rings) => rings.length === 1)) {
        const shape = fromRings(geometry.parts.map((rings) => rings[0]!))
        // Parts that may overlap count twice in the sum of their areas; COCO's own mask joins them.
        return geometry.parts.length === 1 ? shape : { ...shape, area: areaOfParts(geometry.parts.map((rings) => rings[0]!), size) }
      }
      return { ...fromCounts(rasterized(geometry, size.width, size.height), size), losses: ['polygon-as-mask'] }
    }
    case 'mask': {
      const counts = countsInPicture(geometry, size.width, size.height)
      const shape = fromCounts(counts, size)
      return { ...shape, losses: shape.area < areaOfCounts(geometry.counts) ? ['clipped'] : [] }
    }
    case 'text-line': {
      const shape = cocoShape(geometry.outline, annotation, size)
      return shape === null ? null : { ...shape, losses: [...shape.losses, geometry.baseline === null ? 'text-line-as-outline' : 'baseline-lost'] }
    }
    default:
      return null
  }
}

const exact = 1e-6

function fromRings(rings: readonly (readonly number[])[]): CocoShape {
  const bounds = boundsOf({ kind: 'polygon', parts: rings.map((ring) => [[...ring]]) })!
  const area = rings.reduce((sum, ring) => sum + ringArea(ring), 0)
  return { segmentation: rings.map((ring) => [...ring]), bbox: upright(bounds), area, bounds, tolerance: exact, mark: null, losses: [] }
}

function fromCounts(counts: number[], size: Size): CocoShape {
  const { x, y, width, height } = maskFromCounts(counts, size.height)
  return {
    segmentation: { size: [size.height, size.width], counts }, bbox: [x, y, width, height], area: areaOfCounts(counts),
    bounds: { minX: x, minY: y, maxX: x + width, maxY: y + height }, tolerance: exact, mark: null, losses: [],
  }
}

function areaOfParts(rings: readonly number[][], size: Size): number {
  const sum = rings.reduce((total, ring) => total + ringArea(ring), 0)
  const boxes = rings.map((ring) => boundsOf({ kind: 'polygon', parts: [[ring]] })!)
  const apart = boxes.every((a, index) => boxes.slice(index + 1).every((b) => a.maxX <= b.minX || b.maxX <= a.minX || a.maxY <= b.minY || b.maxY <= a.minY))
  return apart ? sum : areaOfCounts(rasterized({ kind: 'polygon', parts: rings.map((ring) => [ring]) }, size.width, size.height))
}

/** The fields of a row with keypoints. Alone, their bounds are the box and there is no outline. */
export function keypointFields(keypoints: Keypoints): Record<string, unknown> {
  return {
    keypoints: keypoints.points.flatMap((point) => [point.x, point.y, point.visibility]),
    num_keypoints: keypoints.points.filter((point) => point.visibility > 0).length,
  }
}

export function keypointsAlone(keypoints: Keypoints): CocoShape {
  const bounds = boundsOf({ kind: 'keypoints', points: [...labelled(keypoints.points)] })!
  const bbox = upright(bounds)
  return { segmentation: [], bbox, area: bbox[2]! * bbox[3]!, bounds, tolerance: exact, mark: { kind: 'keypoints' }, losses: [] }
}
