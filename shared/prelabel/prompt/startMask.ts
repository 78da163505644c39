import { forEachRun } from '#shared/geometry/mask.ts'
import { rasterise } from '#shared/geometry/rasterise.ts'
import type { Polygon } from '#shared/model/geometry.ts'
import { coarseSide } from './feeds.ts'
import type { Frame } from './frame.ts'

/** Surer than the decoder's own answers (about 8 and -12): below that a point outweighs the shape that it is to refine. */
const insideLogit = 15
const outsideLogit = -20

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
