import { boundsOf } from '#shared/geometry/bounds.ts'
import { trimMask } from '#shared/geometry/mask.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Geometry } from '#shared/model/geometry.ts'

/**
 * The least upright rectangle that a file states for a geometry, in pixels: of a mask its pixels, of keypoints the
 * labelled ones, of a text line its outline; null for what has no place in a picture.
 */
export function fileBoundsOf(geometry: Geometry): Bounds | null {
  switch (geometry.kind) {
    case 'mask':
      return boundsOf(trimMask(geometry))
    case 'keypoints':
      return boundsOf({ kind: 'keypoints', points: [...labelled(geometry.points)] })
    case 'text-line':
      return fileBoundsOf(geometry.outline)
    default:
      return boundsOf(geometry)
  }
}

/** The keypoints that were labelled; all of them where none was. */
function labelled<Point extends { visibility: number }>(points: readonly Point[]): readonly Point[] {
  const some = points.filter((point) => point.visibility > 0)
  return some.length > 0 ? some : points
}

/** x, y, width, height. */
export const sides = (bounds: Bounds): number[] => [bounds.minX, bounds.minY, bounds.maxX - bounds.minX, bounds.maxY - bounds.minY]
