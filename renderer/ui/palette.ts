import { glyphNames, type GlyphName } from './glyph.ts'

/**
 * Twelve label colours that stay apart for protan, deutan and tritan sight (severity 1.0 of Machado, Oliveira and
 * Fernandes, 2009). Found by maximising the least distance in OKLab over the four ways of seeing; palette.test.ts
 * holds that distance. The order puts the pairs that are most unlike first.
 */
export const palette = [
  { name: 'Blue', value: '#1795fa' },
  { name: 'Red', value: '#f52311' },
  { name: 'Gold', value: '#c1ac15' },
  { name: 'Turquoise', value: '#43fee2' },
  { name: 'Purple', value: '#87119e' },
  { name: 'Pink', value: '#f996a6' },
  { name: 'Green', value: '#458b68' },
  { name: 'Lime', value: '#a7fb0f' },
  { name: 'Magenta', value: '#ea3fbf' },
  { name: 'Pale blue', value: '#a2c5ff' },
  { name: 'Maroon', value: '#9a2733' },
  { name: 'Indigo', value: '#2e28ea' },
] as const

export interface Mark { readonly color: string; readonly glyph: GlyphName }

/** Colour and glyph for the label at this place of a schema; 144 pairs before one comes back. */
export function markAt(index: number): Mark {
  const round = Math.floor(index / palette.length)
  return { color: palette[index % palette.length]!.value, glyph: glyphNames[(index + round) % glyphNames.length]! }
}

const key = (mark: { color: string; glyph: string }) => `${mark.color.toLowerCase()} ${mark.glyph}`

/** The pair that is used least among those given, the earliest of them: what a new label gets. */
export function freeMark(used: readonly { color: string; glyph: string }[]): Mark {
  const taken = new Set(used.map(key))
  for (let index = used.length; index < used.length + 145; index++) if (!taken.has(key(markAt(index)))) return markAt(index)
  return markAt(used.length)
}
