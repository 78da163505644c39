import { z } from 'zod'
import type { LabelSeed } from '#shared/contract/api.ts'
import { messageOf } from '#shared/contract/errors.ts'
import { AttributeDefinition } from '#shared/model/attribute.ts'
import { GeometryKind } from '#shared/model/geometry.ts'

const Named = z.looseObject({
  name: z.string(),
  color: z.string().regex(/^#[0-9a-f]{6}$/iu, 'a colour looks like #3366ff').nullish(),
  glyph: z.string().min(1).max(40).nullish(),
  hotkey: z.string().min(1).max(20).nullish(),
  kinds: z.array(GeometryKind).nullish(),
  attributes: z.array(AttributeDefinition).nullish(),
})
const Entries = z.array(z.union([z.string(), Named], 'each label is a name, or an object with a name'))

/** What is wrong with a text that ought to hold labels; a sentence. */
export class LabelListError extends Error {}

export interface LabelList {
  readonly seeds: LabelSeed[]
  /** Names that stand there more than once; the first counts. */
  readonly repeated: string[]
}

/**
 * Labels from what a person typed or a file holds: one name a line, or JSON — a list of names or of objects with a
 * `name` (and colour, glyph, hotkey, kinds, attributes), or an object with such a list under `labels` or COCO's
 * `categories`. Blank lines are left out. Throws LabelListError.
 */
export function readLabelList(text: string): LabelList {
  const seeds = new Map<string, LabelSeed>()
  const repeated: string[] = []
  for (const entry of entriesOf(text.replace(/^\uFEFF/u, '').trim())) {
    const given = typeof entry === 'string' ? { name: entry } : entry
    const name = given.name.normalize('NFC').trim().slice(0, 200)
    if (name === '') continue
    if (seeds.has(name)) repeated.push(name)
    else seeds.set(name, seedOf(name, given))
  }
  return { seeds: [...seeds.values()], repeated }
}

const seedOf = (name: string, { color, glyph, hotkey, kinds, attributes }: Partial<z.infer<typeof Named>>): LabelSeed =>
  ({ name, color: color ?? null, glyph: glyph ?? null, hotkey: hotkey ?? null, kinds: kinds ?? [], attributes: attributes ?? [] })

function entriesOf(text: string): z.infer<typeof Entries> {
  if (!/^[[{]/u.test(text)) return text.split(/\r\n|\r|\n/u)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new LabelListError(`It is not JSON: ${messageOf(error)}.`)
  }
  const list = typeof value === 'object' && value !== null && !Array.isArray(value) ? ('labels' in value ? value.labels : 'categories' in value ? value.categories : null) : value
  const parsed = Entries.safeParse(list)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new LabelListError(`It is no list of labels: ${issue?.path.length ? `at ${issue.path.join('.')}, ` : ''}${issue?.message ?? 'expected names'}.`)
}
