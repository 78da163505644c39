/** The marks that tell labels apart beside colour; their drawings are the interface's business. */
export const glyphNames = ['circle', 'square', 'triangle', 'diamond', 'star', 'cross', 'hexagon', 'drop', 'arrow', 'moon', 'heart', 'bolt'] as const
export type GlyphName = (typeof glyphNames)[number]

/**
 * Twelve label colours that stay apart for protan, deutan and tritan sight (severity 1.0 of Machado, Oliveira and
 * Fernandes, 2009). Found by maximising the least distance in OKLab over the four ways of seeing; palette.test.ts
 * holds that distance. In words: blue, red, gold, turquoise, purple, pink, green, lime, magenta, pale blue, maroon, indigo.
 */
export const labelColors = [
  '#1795fa', '#f52311', '#c1ac15', '#43fee2', '#87119e', '#f996a6', '#458b68', '#a7fb0f', '#ea3fbf', '#a2c5ff', '#9a2733', '#2e28ea',
] as const

export interface Mark { readonly color: string; readonly glyph: GlyphName }

/** Colour and glyph for the label at this place of a schema; 144 pairs before one comes back. */
export function markAt(index: number): Mark {
  const round = Math.floor(index / labelColors.length)
  return { color: labelColors[index % labelColors.length]!, glyph: glyphNames[(index + round) % glyphNames.length]! }
}

const key = (mark: { color: string; glyph: string }) => `${mark.color.toLowerCase()} ${mark.glyph}`

/** The first pair, from the place after the last label on, that none of these labels has. */
export function freeMark(used: readonly { color: string; glyph: string }[]): Mark {
  const taken = new Set(used.map(key))
  for (let index = used.length; index < used.length + 144; index++) if (!taken.has(key(markAt(index)))) return markAt(index)
  return markAt(used.length)
}
