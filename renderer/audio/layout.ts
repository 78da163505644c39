import type { Layer } from '#shared/model/author.ts'
import type { TierId } from '#shared/model/id.ts'
import type { Tier } from '#shared/model/tier.ts'

/** A line of segments on the screen: my own of a tier, or somebody else's beneath it. Places in CSS pixels from the top of the tiers. */
export interface TierRow { readonly tier: Tier; readonly layer: Layer; readonly mine: boolean; readonly top: number; readonly height: number }

export const ownRowHeight = 40
const otherRowHeight = 20
export const rulerHeight = 22

/** The rows of the tiers, mine of each tier first. */
export function tierRows(tiers: readonly Tier[], layersOf: (tier: TierId) => readonly Layer[], me: Layer): TierRow[] {
  const rows: TierRow[] = []
  let top = 0
  const put = (tier: Tier, layer: Layer, mine: boolean) => {
    const height = mine ? ownRowHeight : otherRowHeight
    rows.push({ tier, layer, mine, top, height })
    top += height
  }
  for (const tier of tiers) {
    put(tier, me, true)
    for (const layer of layersOf(tier.id)) if (layer !== me) put(tier, layer, false)
  }
  return rows
}

export const heightOf = (rows: readonly TierRow[]): number => rows.reduce((sum, { height }) => sum + height, 0)

/** Where the parts of the stage stand, in CSS pixels from its top. A part of no height is not shown. */
export interface Layout {
  readonly wave: { readonly top: number; readonly height: number }
  readonly spectrogram: { readonly top: number; readonly height: number }
  readonly tiers: { readonly top: number; readonly height: number }
}

export function layoutOf(height: number, rowsHeight: number, spectrogram: boolean): Layout {
  const room = Math.max(0, height - rulerHeight)
  const tiers = Math.min(rowsHeight, Math.max(room * 0.5, room - 320))
  const sound = room - tiers
  const wave = spectrogram ? Math.round(sound / 2) : sound
  return {
    wave: { top: rulerHeight, height: wave },
    spectrogram: { top: rulerHeight + wave, height: sound - wave },
    tiers: { top: rulerHeight + sound, height: tiers },
  }
}

/** The row at a height of the tiers' part, which is scrolled by `scroll`. */
export const rowAt = (rows: readonly TierRow[], y: number, scroll: number): TierRow | null => rows.find(({ top, height }) => y + scroll >= top && y + scroll < top + height) ?? null
