import { intersects } from '#shared/geometry/bounds.ts'
import { toCocoCounts } from '#shared/geometry/cocoRle.ts'
import { maskArea } from '#shared/geometry/mask.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { polygonOfRing } from '#shared/geometry/polygon.ts'
import { rasterise } from '#shared/geometry/rasterise.ts'
import { ringArea } from '#shared/geometry/ring.ts'
import { cornersOfRotated } from '#shared/geometry/rotatedBox.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Geometry, Keypoints, Mask, Polygon } from '#shared/model/geometry.ts'
import { fileBoundsOf, sides } from '../bounds.ts'
import { rectangle } from './readAnnotation.ts'

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
      const shape = crowd ? fromMask(pixelsOf(polygonOfRing(ring), size), size) : fromRings([ring])
      const bounds = fileBoundsOf(geometry)!
      return { ...shape, bbox: [geometry.x, geometry.y, geometry.width, geometry.height], bounds, tolerance: exact, mark: { kind: 'box' } }
    }
    case 'rotated-box': {
      const ring = cornersOfRotated(geometry)
      if (crowd) return { ...fromMask(pixelsOf(polygonOfRing(ring), size), size), losses: ['rotation-lost'] }
      const { cx, cy, width, height, angle } = geometry
      return { ...fromRings([ring]), mark: { kind: 'rotated-box', box: [cx, cy, width, height, angle] }, losses: ['rotation-lost'] }
    }
    case 'polygon': {
      if (!crowd && geometry.parts.every((rings) => rings.length === 1)) {
        const shape = fromRings(geometry.parts.map((rings) => rings[0]!))
        // Parts that may overlap count twice in the sum of their areas; COCO's own mask joins them.
        return geometry.parts.length === 1 ? shape : { ...shape, area: areaOfParts(geometry.parts.map((rings) => rings[0]!), size) }
      }
      return { ...fromMask(pixelsOf(geometry, size), size), losses: ['polygon-as-mask'] }
    }
    case 'mask': {
      const shape = fromMask(geometry, size)
      return { ...shape, losses: shape.area < maskArea(geometry) ? ['clipped'] : [] }
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
  const bounds = fileBoundsOf({ kind: 'polygon', parts: rings.map((ring) => [[...ring]]) })!
  const area = rings.reduce((sum, ring) => sum + ringArea(ring), 0)
  return { segmentation: rings.map((ring) => [...ring]), bbox: sides(bounds), area, bounds, tolerance: exact, mark: null, losses: [] }
}

function fromMask(mask: Mask, size: Size): CocoShape {
  const { counts } = toCocoCounts(mask, size.width, size.height)
  const whole: Mask = { kind: 'mask', x: 0, y: 0, width: size.width, height: size.height, counts: [...counts] }
  const bounds = fileBoundsOf(whole)!
  return { segmentation: { size: [size.height, size.width], counts: whole.counts }, bbox: sides(bounds), area: maskArea(whole), bounds, tolerance: exact, mark: null, losses: [] }
}

const pixelsOf = (polygon: Polygon, size: Size): Mask => rasterise(polygon, { minX: 0, minY: 0, maxX: size.width, maxY: size.height })

function areaOfParts(rings: readonly number[][], size: Size): number {
  const bounds = rings.map((ring) => fileBoundsOf(polygonOfRing(ring))!)
  if (bounds.some((a, index) => bounds.slice(index + 1).some((b) => intersects(a, b)))) return maskArea(pixelsOf({ kind: 'polygon', parts: rings.map((ring) => [ring]) }, size))
  return rings.reduce((total, ring) => total + ringArea(ring), 0)
}

/** The fields of a row with keypoints. Alone, their bounds are the box and there is no outline. */
export function keypointFields(keypoints: Keypoints): Record<string, unknown> {
  return {
    keypoints: keypoints.points.flatMap((point) => [point.x, point.y, point.visibility]),
    num_keypoints: keypoints.points.filter((point) => point.visibility > 0).length,
  }
}

export function keypointsAlone(keypoints: Keypoints): CocoShape {
  const bounds = fileBoundsOf(keypoints)!
  const bbox = sides(bounds)
  return { segmentation: [], bbox, area: bbox[2]! * bbox[3]!, bounds, tolerance: exact, mark: { kind: 'keypoints' }, losses: [] }
}
