import { unionAll } from '#shared/geometry/bounds.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { hasArea } from '#shared/geometry/iou.ts'
import type { ProbabilityMap } from '#shared/consensus/proposal.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { heatAt, opacityOf } from './doubt.ts'
import { outlineOf } from './outline.ts'
import { boundsOfCase, present, withAir } from './shapes.ts'
import type { Case } from './variants.ts'

/** Pixels of the longest side of a heat map: it is looked at, not measured. */
const longest = 640
/** Red, green, blue of the heat: the hue that means attention in neither theme's labels. */
const colour = [255, 64, 48] as const

/** Over which rectangle of the item, in its pixels, the canvas is laid. */
export interface Heat { readonly canvas: OffscreenCanvas; readonly bounds: Bounds }

/** What the heat is of: how sure the estimate is of each place, or whom of the people have it inside. */
export type HeatKind = 'probability' | 'shapes'

/** The kinds that a case can show, the better one first. */
export const heatKinds = ({ proposals, variants }: Case): readonly HeatKind[] => [
  ...(proposals.some(({ probability }) => probability !== null) ? ['probability' as const] : []),
  ...(present(variants).length > 1 && variants.some(({ annotations }) => annotations.some(({ geometry }) => hasArea(geometry))) ? ['shapes' as const] : []),
]

export function heatOf(of: Case, kind: HeatKind): Heat | null {
  if (kind === 'probability') return heatOfMaps(of.proposals.flatMap(({ probability }) => probability ?? []))
  const bounds = boundsOfCase(of)
  return bounds === null ? null : heatOfShapes(present(of.variants).map(({ annotations }) => annotations.map(({ geometry }) => geometry)), withAir(bounds, 4))
}

/** Where the estimate is in doubt: as strong as even odds are near, smooth from cell to cell. */
export function heatOfMaps(maps: readonly ProbabilityMap[]): Heat | null {
  const bounds = unionAll(maps.map(({ x, y, width, height }) => ({ minX: x, minY: y, maxX: x + width, maxY: y + height })))
  const made = bounds === null ? null : heatCanvas(bounds)
  if (bounds === null || made === null) return null
  const { canvas, context, scale } = made
  context.imageSmoothingQuality = 'high'
  for (const map of maps) context.drawImage(cellsOf(map), (map.x - bounds.minX) * scale, (map.y - bounds.minY) * scale, map.width * scale, map.height * scale)
  return { canvas, bounds }
}

function cellsOf(map: ProbabilityMap): OffscreenCanvas {
  const canvas = new OffscreenCanvas(map.columns, map.rows)
  paint(canvas.getContext('2d')!, opacityOf(map))
  return canvas
}

/**
 * Where people differ: of each pixel the share p of people who have it inside, shown as 4 p (1 − p), so that all and none are clear and
 * half is strongest. `shapes`: each person's, empty where they marked nothing.
 */
function heatOfShapes(shapes: readonly (readonly Geometry[])[], bounds: Bounds): Heat | null {
  const made = heatCanvas(bounds)
  if (made === null || shapes.length < 2) return null
  const { canvas, context, scale } = made
  const counts = new Float32Array(canvas.width * canvas.height)
  for (const person of shapes) addPerson(context, person, counts, { scale, bounds })
  context.setTransform(1, 0, 0, 1, 0, 0)
  paint(context, Uint8ClampedArray.from(counts, (count) => heatAt(count / shapes.length)))
  return { canvas, bounds }
}

function heatCanvas(bounds: Bounds): { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D; scale: number } | null {
  const width = bounds.maxX - bounds.minX, height = bounds.maxY - bounds.minY
  if (!(width > 0 && height > 0)) return null
  const scale = Math.min(1, longest / Math.max(width, height))
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)))
  return { canvas, context: canvas.getContext('2d', { willReadFrequently: true })!, scale }
}

function addPerson(context: OffscreenCanvasRenderingContext2D, shapes: readonly Geometry[], counts: Float32Array, { scale, bounds }: { scale: number; bounds: Bounds }): void {
  const { width, height } = context.canvas
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, width, height)
  context.setTransform(scale, 0, 0, scale, -bounds.minX * scale, -bounds.minY * scale)
  for (const shape of shapes) if (hasArea(shape)) context.fill(outlineOf(shape), 'evenodd')
  const { data } = context.getImageData(0, 0, width, height)
  for (let at = 0; at < counts.length; at++) counts[at]! += data[at * 4 + 3]! / 255
}

function paint(context: OffscreenCanvasRenderingContext2D, opacity: Uint8ClampedArray): void {
  const image = context.createImageData(context.canvas.width, context.canvas.height)
  opacity.forEach((value, at) => image.data.set([...colour, value], at * 4))
  context.putImageData(image, 0, 0)
}
