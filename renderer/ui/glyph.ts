/** The signs that tell labels apart beside their colour: SVG paths in a box of 16 × 16. */
export const glyphs = {
  circle: 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2Z',
  square: 'M2.5 2.5h11v11h-11Z',
  triangle: 'M8 1.8 14.8 13.6H1.2Z',
  diamond: 'M8 1 15 8 8 15 1 8Z',
  star: 'M8 .9 10.1 5.5 15.1 6.1 11.4 9.5 12.4 14.5 8 12 3.6 14.5 4.6 9.5.9 6.1 5.9 5.5Z',
  cross: 'M5.6 1.5h4.8v4.1h4.1v4.8h-4.1v4.1H5.6v-4.1H1.5V5.6h4.1Z',
  hexagon: 'M4.5 1.9h7L15 8l-3.5 6.1h-7L1 8Z',
  drop: 'M8 .8C10.6 4.3 13 6.9 13 9.9a5 5 0 0 1-10 0C3 6.9 5.4 4.3 8 .8Z',
  arrow: 'M8 1.2 14.5 8h-3.7v6.5H5.2V8H1.5Z',
  moon: 'M11.8 13.7A6.6 6.6 0 1 1 9.1 1.3a6.3 6.3 0 0 0-1.3 7.6c.8 2.2 2.2 3.9 4 4.8Z',
  heart: 'M8 14.3C3.9 11.4 1.2 8.9 1.2 5.7a3.5 3.5 0 0 1 6.8-1.2 3.5 3.5 0 0 1 6.8 1.2c0 3.2-2.7 5.7-6.8 8.6Z',
  bolt: 'M9.6.8 2.6 9.3h4.3L6.2 15.2l7.2-8.9H8.9Z',
} as const

export type GlyphName = keyof typeof glyphs
export const glyphNames = Object.keys(glyphs) as readonly GlyphName[]

/** The path of a glyph; a circle for a name that this version does not know. */
export const glyphPath = (name: string): string => (Object.hasOwn(glyphs, name) ? glyphs[name as GlyphName] : glyphs.circle)
