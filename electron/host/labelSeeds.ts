import type { LabelSeed } from '#shared/contract/api.ts'
import { newLabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { markAt } from '#shared/model/palette.ts'

/** Label records from what a person typed; colours, glyphs and digits are handed out in order, from `start`. */
export function labelsFrom(seeds: readonly LabelSeed[], start = 0): Label[] {
  const taken = new Set(seeds.map((seed) => seed.hotkey))
  return seeds.map((seed, index) => {
    const order = start + index
    const digit = order < 9 ? String(order + 1) : null
    return {
      type: 'label', id: newLabelId(), name: seed.name.normalize('NFC'), order, kinds: seed.kinds, attributes: seed.attributes, parent: null, externalId: null, keypoints: null,
      color: seed.color ?? markAt(order).color,
      glyph: seed.glyph ?? markAt(order).glyph,
      hotkey: seed.hotkey ?? (digit && !taken.has(digit) ? digit : null),
    }
  })
}
