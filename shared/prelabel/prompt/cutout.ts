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
  const data = withoutNoise({ x: 0, y: 0, width, height, data: positive(logits) })
  const mask = trimMask(encodeMask(data))
  const size = coarseSide * coarseSide
  const score = Math.min(1, Math.max(0, scores.data[best]!))
  return {
    cutout: maskArea(mask) === 0 ? null : { mask, stepX: itemWidth / width, stepY: itemHeight / height, score },
    coarse: coarse.data.slice(best * size, (best + 1) * size),
  }
}

/** 1 where the model is for it. */
function positive(logits: Float32Array): Uint8Array {
  const data = new Uint8Array(logits.length)
  for (let at = 0; at < logits.length; at++) if (logits[at]! > 0) data[at] = 1
  return data
}

/** The least box around a cutout, in item pixels. */
export const boundsOfCutout = ({ mask, stepX, stepY }: Cutout): Bounds => ({
  minX: mask.x * stepX, minY: mask.y * stepY, maxX: (mask.x + mask.width) * stepX, maxY: (mask.y + mask.height) * stepY,
})

/** The bitmap without patches, and then without pinholes, that are too small to mean anything. */
function withoutNoise(bitmap: Bitmap & { readonly data: Uint8Array }): Bitmap {
  const { data, width, height } = bitmap
  const specks = patchesOf(data, width, height, 1)
  const least = specks.reduce((most, { area }) => Math.max(most, area), 0) * noiseShare
  const drop = (patches: readonly Patch[], value: number) => {
    for (const { area, runs } of patches) if (area < least) for (let at = 0; at < runs.length; at += 2) data.fill(value, runs[at]!, runs[at + 1]!)
  }
  drop(specks, 0)
  drop(patchesOf(data, width, height, 0), 1)
  return bitmap
}

/** `runs`: from, to, from, to … as places in the bitmap. */
interface Patch { area: number; readonly runs: number[] }

/**
 * The connected patches of one value, by their four neighbours: the runs of each row are joined with those that they touch in the row
 * before (Rosenfeld & Pfaltz 1966), so that it takes as long as there are runs, beside one look at each pixel.
 */
function patchesOf(data: Uint8Array, width: number, height: number, value: number): Patch[] {
  const from: number[] = [], to: number[] = [], parent: number[] = []
  const root = (run: number) => {
    while (parent[run] !== run) run = parent[run] = parent[parent[run]!]!
    return run
  }
  let before = 0
  for (let row = 0; row < height; row++) {
    const first = from.length, end = (row + 1) * width
    let above = before
    for (let at = data.indexOf(value, row * width); at >= 0 && at < end;) {
      const start = at
      while (at < end && data[at] === value) at++
      const run = from.push(start) - 1
      to.push(at)
      parent.push(run)
      while (above < first && to[above]! + width <= start) above++
      for (let other = above; other < first && from[other]! + width < at; other++) parent[root(other)] = root(run)
      at = data.indexOf(value, at)
    }
    before = first
  }
  const patches = new Map<number, Patch>()
  for (let run = 0; run < from.length; run++) {
    const of = root(run)
    const patch = patches.get(of) ?? { area: 0, runs: [] }
    patches.set(of, patch)
    patch.area += to[run]! - from[run]!
    patch.runs.push(from[run]!, to[run]!)
  }
  return [...patches.values()]
}
