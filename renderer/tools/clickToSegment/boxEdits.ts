import { boundsOf } from '#shared/geometry/bounds.ts'
import { boxOfBounds, clampBox } from '#shared/geometry/box.ts'
import { iou } from '#shared/geometry/iou.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { rounded } from '#shared/geometry/transform.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Box } from '#shared/model/geometry.ts'
import { editedByHuman, type Provenance } from '#shared/model/provenance.ts'
import { boundsOfCutout } from '#shared/prelabel/prompt/cutout.ts'
import { edited, editOf, type Edit } from '../edited.ts'
import type { CutoutSettings, Found } from '../tool.ts'
import { shapeOf } from './shape.ts'

/** A box and what a model cut out of it. */
export interface CutBox { readonly box: Annotation; readonly found: Found }

/** A box and its object cover each other at least so much (IoU), or the model saw something else. */
const leastOverlap = 0.3

export const isBox = (annotation: Annotation): annotation is Annotation & { readonly geometry: Box } => annotation.geometry.kind === 'box'

/** Whether what was cut out is what the box was drawn around. */
export const fitsBox = ({ box, found }: CutBox): boolean => (iou(box.geometry, boxOfBounds(boundsOfCutout(found.cutout))) ?? 0) >= leastOverlap

/** Boxes become the outlines of what is in them. */
export const outlineBoxes = (cut: readonly CutBox[], settings: CutoutSettings): Edit | null =>
  editOf('box to polygon', cut.map(({ box, found }) => [box, withOrigin(edited(box, { geometry: rounded(shapeOf(found.cutout, settings)) }), box, found, { ...settings })] as const))

/** Boxes become the least ones around what is in them, within the image. */
export const tightenBoxes = (cut: readonly CutBox[], extent: Bounds): Edit | null =>
  editOf('tighten box', cut.map(({ box, found }) => {
    const geometry = rounded(clampBox(boxOfBounds(boundsOfCutout(found.cutout)), extent))
    return [box, JSON.stringify(geometry) === JSON.stringify(box.geometry) ? box : withOrigin(edited(box, { geometry }), box, found, {})] as const
  }))

/** The person's, with the model on record; what was there already of where it comes from stays. */
function withOrigin(to: Annotation, from: Annotation, { origin }: Found, settings: Partial<CutoutSettings>): Annotation {
  const was = editedByHuman(from.provenance)
  const provenance: Provenance = was.by === 'human' && was.origin ? was : { by: 'human', origin: { ...origin, settings: { ...origin.settings, box: boundsOf(from.geometry), ...settings } } }
  return { ...to, provenance }
}
