import { z } from 'zod'
import { type Bitmap, encodeMask, maskArea, trimMask } from '#shared/geometry/mask.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { Mask } from '#shared/model/geometry.ts'
import type { Tensors } from '#shared/prelabel/tensor.ts'
import { coarseSide } from './feeds.ts'

/** What a model cut out of a picture: a mask in its own pixels, each `step` item pixels wide and high. Never empty. */
export const Cutout = z.object({
  mask: Mask,
  /** Item pixels per pixel of the mask, to the right and down. */
  stepX: z.number().positive(), stepY: z.number().positive(),
  /** The IoU that the model expects of its mask, 0 … 1. */
  score: z.number().min(0).max(1),
})
export type Cutout = z.infer<typeof Cutout>

/** Patches and holes below this share of the largest patch are noise of the decoder, not parts of the object. */
const noiseShare = 0.004

export interface DecodedMask { readonly cutout: Cutout | null; /** Logits to begin with next time. */ readonly coarse: Float32Array }

/**
 * The mask with the highest expected IoU (Kirillov et al. 2023, §3); its cutout is null when nothing was found.
 * Throws when the outputs are not a decoder's, or hold no number.
 */
export function readMasks(outputs: Tensors, itemWidth: number, itemHeight: number): DecodedMask {
  const { masks, iou_predictions: scores, low_res_masks: coarse } = outputs
  if (masks?.type !== 'float32' || scores?.type !== 'float32' || coarse?.type !== 'float32' || masks.dims.length !== 4) {
    throw new Error('The decoder’s outputs are not those of a Segment Anything model (masks, iou_predictions, low_res_masks).')
  }
  const [, count = 0, height = 0, width = 0] = masks.dims
  let best = -1
  for (let i = 0; i < count; i++) if (Number.isFinite(scores.data[i]) && (best < 0 || scores.data[i]! > scores.data[best]!)) best = i
  if (best < 0) throw new Error('The decoder gave no number. The model’s file may be damaged, or the graphics driver at fault.')
  const logits = masks.data.subarray(best * width * height, (best + 1) * width * height)
  const data = withoutNoise({ x: 0, y: 0, width, height, data: Uint8Array.from(logits, (value) => (value > 0 ? 1 : 0)) })
  const mask = trimMask(encodeMask(data))
  const size = coarseSide * coarseSide
  const score = Math.min(1, Math.max(0, scores.data[best]!))
  return {
    cutout: maskArea(mask) === 0 ? null : { mask, stepX: itemWidth / width, stepY: itemHeight / height, score },
    coarse: coarse.data.slice(best * size, (best + 1) * size),
  }
}

/** The least box around a cutout, in item pixels. */
export const boundsOfCutout = ({ mask, stepX, stepY }: Cutout): Bounds => ({
  minX: mask.x * stepX, minY: mask.y * stepY, maxX: (mask.x + mask.width) * stepX, maxY: (mask.y + mask.height) * stepY,
})

/** The bitmap without patches, and then without pinholes, that are too small to mean anything. */
function withoutNoise(bitmap: Bitmap & { readonly data: Uint8Array }): Bitmap {
  const { data, width, height } = bitmap
  const specks = patchesOf(data, width, height, 1)
  const least = Math.max(0, ...specks.map(({ length }) => length)) * noiseShare
  for (const speck of specks) if (speck.length < least) for (const at of speck) data[at] = 0
  for (const hole of patchesOf(data, width, height, 0)) if (hole.length < least) for (const at of hole) data[at] = 1
  return bitmap
}

/** The connected patches of one value, by their four neighbours, as places in the bitmap. */
function patchesOf(data: Uint8Array, width: number, height: number, value: number): Int32Array[] {
  const seen = new Uint8Array(data.length), found = new Int32Array(data.length)
  const patches: Int32Array[] = []
  for (let start = 0; start < data.length; start++) {
    if (seen[start] || data[start] !== value) continue
    let count = 0
    const visit = (at: number) => {
      if (seen[at] || data[at] !== value) return
      seen[at] = 1
      found[count++] = at
    }
    visit(start)
    for (let next = 0; next < count; next++) {
      const at = found[next]!, column = at % width
      if (column > 0) visit(at - 1)
      if (column < width - 1) visit(at + 1)
      if (at >= width) visit(at - width)
      if (at < (height - 1) * width) visit(at + width)
    }
    patches.push(found.slice(0, count))
  }
  return patches
}
