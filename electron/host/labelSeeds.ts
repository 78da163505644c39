import type { LabelSeed } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import { newLabelId } from '#shared/model/id.ts'
import { Label } from '#shared/model/label.ts'
import { markAt } from '#shared/model/palette.ts'
import { firstIssue } from '#electron/transport/dispatch.ts'

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

/** The same, checked: two labels of one name could not be told apart in an export. Throws `invalid-input`. */
export function validLabelsFrom(seeds: readonly LabelSeed[]): Label[] {
  const names = new Set<string>()
  return labelsFrom(seeds).map((label) => {
    const parsed = Label.safeParse(label)
    if (!parsed.success) throw new QuorumError('invalid-input', `The label "${label.name.slice(0, 60)}" cannot be made: ${firstIssue(parsed.error)}.`)
    if (names.has(label.name)) throw new QuorumError('invalid-input', `The label "${label.name}" stands there twice. Keep one.`)
    names.add(label.name)
    return parsed.data
  })
}
