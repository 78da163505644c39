import { maskArea } from '#shared/geometry/mask.ts'
import type { Mask } from '#shared/model/geometry.ts'
import type { Manifest } from '#shared/prelabel/manifest.ts'
import type { Cutout } from '#shared/prelabel/prompt/cutout.ts'
import { coversSame, isOn, mostFound } from '#shared/prelabel/prompt/alike/search.ts'
import { maskOf } from '#shared/prelabel/prompt/outline.ts'
import type { Inference } from './inference.ts'
import type { PictureItem, Progress } from './protocol.ts'

/** How far a search is. `total` counts places; those that turn out to be marked already are passed over. */
export interface SeekProgress { readonly done: number; readonly total: number; readonly found: number }

export interface SeekRequest {
  readonly manifest: Manifest
  readonly item: PictureItem
  /** What is looked for, as masks in item pixels. */
  readonly examples: readonly Mask[]
  /** What is there already, the examples among it. */
  readonly marked: readonly Mask[]
  /** Ends the search; what was found until then is given. */
  readonly signal: AbortSignal
  readonly onProgress: (progress: SeekProgress) => void
  readonly onPreparing: (progress: Progress) => void
}

export interface SeekFound { readonly cutout: Cutout; /** How alike, 0 … 1. */ readonly score: number }

/** Marked things that are so many times as large as the largest example are grounds that objects lie on. */
const ground = 4

/**
 * Everything in the picture that is like the examples and not marked yet, the most alike first, at most 100; null where the examples are too
 * small for the model. Of two that cover each other, the one more alike stays.
 */
export async function seekAlike(inference: Inference, { manifest, item, examples, marked, signal, onProgress, onPreparing }: SeekRequest): Promise<readonly SeekFound[] | null> {
  const seeking = await inference.seek({ manifest, item, examples }, { priority: 0, signal, onProgress: onPreparing })
  if (seeking === null) return null
  const largest = Math.max(...examples.map(maskArea))
  const there = marked.filter((mask) => maskArea(mask) <= ground * largest)
  let found: (SeekFound & { readonly mask: Mask })[] = []
  const total = seeking.places.length
  for (const [done, place] of seeking.places.entries()) {
    if (signal.aborted || found.length >= mostFound) break
    onProgress({ done, total, found: found.length })
    if (there.some((mask) => isOn(place, mask)) || found.some(({ mask }) => isOn(place, mask))) continue
    const one = await seeking.look(place).catch((error: unknown) => { if (signal.aborted) return null; throw error })
    if (one === null) continue
    const mask = maskOf(one.cutout)
    const rivals = found.filter((other) => coversSame(other.mask, mask))
    if (there.some((other) => coversSame(other, mask)) || rivals.some(({ score }) => score >= one.score)) continue
    found = [...found.filter((other) => !rivals.includes(other)), { ...one, mask }]
  }
  return found.toSorted((a, b) => b.score - a.score).map(({ cutout, score }) => ({ cutout, score }))
}
