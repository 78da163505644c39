import { forEachRun } from '#shared/geometry/mask.ts'
import { rasterise } from '#shared/geometry/rasterise.ts'
import type { Polygon } from '#shared/model/geometry.ts'
import { coarseSide } from './feeds.ts'
import type { Frame } from './frame.ts'

/** As sure as the decoder's own answers are within an object and outside of it. */
const insideLogit = 8
const outsideLogit = -12

/** A shape that is there already as logits for the decoder to begin with: coarseSide² values, row by row. */
export function startMask(polygon: Polygon, frame: Frame): Float32Array {
  const scale = (frame.scale * coarseSide) / frame.longest
  const small: Polygon = { kind: 'polygon', parts: polygon.parts.map((part) => part.map((ring) => ring.map((value) => value * scale))) }
  const logits = new Float32Array(coarseSide * coarseSide).fill(outsideLogit)
  const mask = rasterise(small, { minX: 0, minY: 0, maxX: coarseSide, maxY: coarseSide })
  forEachRun(mask, (start, end) => {
    for (let at = start; at < end; at++) logits[(mask.y + (at % mask.height)) * coarseSide + mask.x + Math.floor(at / mask.height)] = insideLogit
  })
  return logits
}
