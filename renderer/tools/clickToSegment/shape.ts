import { outlineOf } from '#shared/geometry/polygon.ts'
import { contoursOf } from '#shared/geometry/contours.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Geometry, Mask, Polygon } from '#shared/model/geometry.ts'
import type { Cutout } from '#shared/prelabel/prompt/cutout.ts'
import { maskOf, polygonOf } from '#shared/prelabel/prompt/outline.ts'
import type { CutoutSettings } from '../tool.ts'

/** A cutout is drawn each frame: its shape is made once for each tolerance. */
const shapes = new WeakMap<Cutout, Map<string, Polygon | Mask>>()
/** A slider goes through many tolerances; the last few are enough. */
const kept = 4

/** The shape that a cutout becomes. */
export function shapeOf(cutout: Cutout, { tolerance, output }: CutoutSettings): Polygon | Mask {
  const made = shapes.get(cutout) ?? new Map<string, Polygon | Mask>()
  shapes.set(cutout, made)
  const key = output === 'mask' ? output : `${tolerance}`
  const known = made.get(key)
  if (known) return known
  const shape = output === 'mask' ? maskOf(cutout) : polygonOf(cutout, tolerance)
  made.set(key, shape)
  if (made.size > kept) made.delete(made.keys().next().value!)
  return shape
}

/** The area of a shape to begin with; null for what has none that a model could go on from. */
export function areaOf(geometry: Geometry): Polygon | null {
  if (geometry.kind === 'text-line') return null
  return geometry.kind === 'mask' ? contoursOf(geometry) : outlineOf(geometry)
}

/** Whether clicks can refine it: polygons and masks, which can take any outline. */
export const isRefinable = ({ geometry }: Annotation): boolean => geometry.kind === 'polygon' || geometry.kind === 'mask'
