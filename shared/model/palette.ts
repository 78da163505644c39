/** The marks that tell labels apart beside colour; their drawings are the interface's business. */
export const glyphNames = ['circle', 'square', 'triangle', 'diamond', 'star', 'cross', 'hexagon', 'drop', 'arrow', 'moon', 'heart', 'bolt'] as const
export type GlyphName = (typeof glyphNames)[number]

/**
 * Twelve colours that stay distinct for people with the common colour-vision deficiencies and on photos: Okabe and
 * Ito's eight (Color Universal Design, 2008) without black, and five of Paul Tol's "muted" scheme (2021).
 */
export const labelColors = [
  '#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7', '#882255', '#44aa99', '#ddcc77', '#aa4499', '#999933',
] as const
