import { boxOfBounds, clampBox } from '#shared/geometry/box.ts'
import { minimumAreaRectangle } from '#shared/geometry/hull.ts'
import { areaOutline } from '#shared/geometry/iou.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { rasterise } from '#shared/geometry/rasterise.ts'
import { rounded } from '#shared/geometry/transform.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Author } from '#shared/model/author.ts'
import { adding } from '#shared/model/diff.ts'
import type { Geometry, Mask } from '#shared/model/geometry.ts'
import { newAnnotationId } from '#shared/model/id.ts'
import type { Origin } from '#shared/model/provenance.ts'
import { modelLayer } from '#shared/prelabel/drafts.ts'
import { boundsOfCutout, type Cutout } from '#shared/prelabel/prompt/cutout.ts'
import { polygonOf } from '#shared/prelabel/prompt/outline.ts'
import { shapeOf } from './clickToSegment/shape.ts'
import type { Edit } from './edited.ts'

/** Under this id stands what a model found by its likeness to shapes of a person: another thing than the model's own answers, and judged apart. */
export const alikeModel = (model: string): string => `like:${model}`

/** The pixels that a shape covers, in item pixels; null for what covers none. */
export function pixelsOf({ geometry }: Pick<Annotation, 'geometry'>, extent: Bounds): Mask | null {
  if (geometry.kind === 'mask') return geometry
  const outline = areaOutline(geometry)
  const mask = outline && rasterise(outline, extent)
  return mask && mask.width > 0 ? mask : null
}

/** Whether it can be looked for: it covers pixels, and is no line of text. */
export const isExample = ({ geometry }: Annotation): boolean => geometry.kind === 'box' || geometry.kind === 'rotated-box' || geometry.kind === 'polygon' || geometry.kind === 'mask'

interface Context {
  /** What was looked for; drafts are of the first one's kind and label. */
  readonly examples: readonly Annotation[]
  readonly author: Author
  readonly extent: Bounds
  /** How far an outline may be from the cut-out's own, in pixels of its mask. */
  readonly tolerance: number
  readonly all: readonly Annotation[]
  readonly originOf: (score: number) => Extract<Origin, { by: 'model' }>
}

/** What was found as drafts in the layer of `alikeModel`, on top of what is there; null of nothing. */
export function alikeDrafts(found: readonly { readonly cutout: Cutout; readonly score: number }[], { examples, author, extent, tolerance, all, originOf }: Context): Edit | null {
  const [first] = examples
  if (first === undefined || found.length === 0) return null
  const top = all.reduce((most, { order }) => Math.max(most, order), 0)
  const drafts = found.map(({ cutout, score }, at): Annotation => {
    const origin = originOf(Math.round(score * 1e4) / 1e4)
    return {
      type: 'annotation', id: newAnnotationId(), asset: first.asset, layer: modelLayer(origin.model), author, label: first.label, geometry: rounded(geometryOf(cutout, first.geometry.kind, tolerance, extent)),
      attributes: {}, text: null, direction: 'auto', language: null, group: null, order: top + 1 + at, flags: [], draft: true, provenance: origin,
    }
  })
  return { name: 'find objects like this', diff: adding(...drafts) }
}

/** As the example is drawn. */
function geometryOf(cutout: Cutout, kind: Geometry['kind'], tolerance: number, extent: Bounds): Geometry {
  switch (kind) {
    case 'box': return clampBox(boxOfBounds(boundsOfCutout(cutout)), extent)
    case 'rotated-box': return minimumAreaRectangle(polygonOf(cutout, tolerance).parts.flatMap(([outer]) => outer!)) ?? boxOfBounds(boundsOfCutout(cutout))
    case 'mask': return shapeOf(cutout, { tolerance, output: 'mask' })
    default: return shapeOf(cutout, { tolerance, output: 'polygon' })
  }
}
