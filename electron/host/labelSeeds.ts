import { z } from 'zod'
import type { LabelSeed } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import { GeometryKind } from '#shared/model/geometry.ts'
import { newLabelId } from '#shared/model/id.ts'
import { Label } from '#shared/model/label.ts'
import { markAt } from '#shared/model/palette.ts'

/** Label records from what a person typed; colours, glyphs and digits are handed out in order, from `start`. */
export function labelsFrom(seeds: readonly LabelSeed[], start = 0): Label[] {
  const taken = new Set(seeds.map((seed) => seed.hotkey))
  return seeds.map((seed, index) => {
    const order = start + index
    const digit = order < 9 ? String(order + 1) : null
    return {
      type: 'label', id: newLabelId(), name: seed.name.normalize('NFC'), order, kinds: seed.kinds, attributes: [], parent: null, externalId: null, keypoints: null,
      color: seed.color ?? markAt(order).color,
      glyph: seed.glyph ?? markAt(order).glyph,
      hotkey: seed.hotkey ?? (digit && !taken.has(digit) ? digit : null),
    }
  })
}

const Seed = z.object({
  name: z.string().min(1).max(200), color: Label.shape.color.nullable().default(null), glyph: z.string().nullable().default(null),
  hotkey: z.string().nullable().default(null), kinds: z.array(GeometryKind).default([]),
})
const SeedList = z.array(z.union([z.string().min(1).max(200).transform((name) => Seed.parse({ name })), Seed]))

/** A list of labels from a file: JSON (names or objects with a name) or text with a name a line. */
export function readLabelList(file: string, content: string): LabelSeed[] {
  const text = content.replace(/^\uFEFF/u, '')
  const seeds = /^\s*\[/u.test(text) ? fromJson(file, text) : text.split(/\r?\n/u).map((line) => line.trim()).filter(Boolean).map((name) => Seed.parse({ name }))
  const names = new Set<string>()
  for (const { name } of seeds) {
    if (names.has(name)) throw new QuorumError('invalid-input', `${file}: the label "${name}" stands there twice. Keep one.`)
    names.add(name)
  }
  return seeds
}

function fromJson(file: string, text: string): LabelSeed[] {
  try {
    return SeedList.parse(JSON.parse(text))
  } catch (error) {
    const why = error instanceof z.ZodError ? (error.issues[0]?.message ?? 'not a list of labels') : String(error)
    throw new QuorumError('invalid-input', `${file} is not a list of labels: ${why}.`)
  }
}
