import type { Bounds } from '#shared/geometry/point.ts'
import { areaOutline, hasArea } from '#shared/geometry/iou.ts'
import type { Geometry } from '#shared/model/geometry.ts'

/** Pixels of the longest side of a heat map: it is looked at, not measured. */
const longest = 640

export interface Heat { readonly canvas: OffscreenCanvas; readonly bounds: Bounds }

/**
 * Where people differ: of each pixel the share p of people who have it inside, shown as 4 p (1 − p), so that all and none are clear and
 * half is strongest. `shapes`: each person's, empty where they marked nothing; `colour`: red, green, blue, 0 … 255.
 */
export function heatOf(shapes: readonly (readonly Geometry[])[], bounds: Bounds, colour: readonly [number, number, number]): Heat | null {
  const width = bounds.maxX - bounds.minX, height = bounds.maxY - bounds.minY
  if (!(width > 0 && height > 0) || shapes.length < 2) return null
  const scale = Math.min(1, longest / Math.max(width, height))
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)))
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  const counts = new Float32Array(canvas.width * canvas.height)
  for (const person of shapes) addPerson(context, person, counts, { scale, bounds })
  const image = context.createImageData(canvas.width, canvas.height)
  counts.forEach((count, at) => {
    const share = count / shapes.length
    image.data.set([...colour, Math.round(4 * share * (1 - share) * 190)], at * 4)
  })
  context.putImageData(image, 0, 0)
  return { canvas, bounds }
}

function addPerson(context: OffscreenCanvasRenderingContext2D, shapes: readonly Geometry[], counts: Float32Array, { scale, bounds }: { scale: number; bounds: Bounds }): void {
  const { width, height } = context.canvas
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, width, height)
  context.setTransform(scale, 0, 0, scale, -bounds.minX * scale, -bounds.minY * scale)
  for (const shape of shapes) {
    if (hasArea(shape)) context.fill(pathOf(shape), 'evenodd')
  }
  const { data } = context.getImageData(0, 0, width, height)
  for (let at = 0; at < counts.length; at++) counts[at]! += data[at * 4 + 3]! / 255
}

function pathOf(shape: Geometry): Path2D {
  const path = new Path2D()
  for (const part of areaOutline(shape)?.parts ?? []) {
    for (const ring of part) {
      path.moveTo(ring[0]!, ring[1]!)
      for (let at = 2; at < ring.length; at += 2) path.lineTo(ring[at]!, ring[at + 1]!)
      path.closePath()
    }
  }
  return path
}
