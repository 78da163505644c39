import { z } from 'zod'
import type { LabelSeed } from '#shared/contract/api.ts'
import { GeometryKind } from '#shared/model/geometry.ts'
import { markAt } from '#shared/model/palette.ts'

const named = z.looseObject({
  name: z.string(), color: z.string().regex(/^#[0-9a-f]{6}$/iu).nullish().catch(null), glyph: z.string().min(1).max(40).nullish().catch(null),
  hotkey: z.string().min(1).max(20).nullish().catch(null), kinds: z.array(GeometryKind).nullish().catch(null),
})
const entries = z.array(z.union([z.string(), named]))
const file = z.union([entries, z.looseObject({ labels: entries }).transform(({ labels }) => labels), z.looseObject({ categories: entries }).transform(({ categories }) => categories)])

/** What is wrong with a text that ought to hold labels. */
export class LabelTextError extends Error {}

/**
 * Labels from what a person typed or a file holds: one name a line, or JSON — a list of names or of objects with a
 * `name` (and colour, glyph, hotkey, kinds), or an object with such a list under `labels` or COCO's `categories`.
 * Blank lines and names that came before are left out.
 */
export function labelSeeds(text: string): LabelSeed[] {
  const seen = new Set<string>()
  const seeds: LabelSeed[] = []
  for (const entry of read(text.replace(/^\uFEFF/u, '').trim())) {
    const { name, ...given } = typeof entry === 'string' ? { name: entry } : entry
    const kept = name.normalize('NFC').trim().slice(0, 200)
    if (kept === '' || seen.has(kept)) continue
    seen.add(kept)
    const mark = markAt(seeds.length)
    seeds.push({ name: kept, color: given.color ?? mark.color, glyph: given.glyph ?? mark.glyph, hotkey: given.hotkey ?? null, kinds: given.kinds ?? [] })
  }
  return seeds
}

function read(text: string): z.infer<typeof entries> {
  if (!/^[[{]/u.test(text)) return text.split(/\r\n|\r|\n/u)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new LabelTextError(error instanceof Error ? error.message : String(error))
  }
  const parsed = file.safeParse(value)
  if (!parsed.success) throw new LabelTextError('expected a list of names, or of objects with a name')
  return parsed.data
}
