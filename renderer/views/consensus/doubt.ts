import type { ProbabilityMap } from '#shared/consensus/proposal.ts'

/** Opacity of the strongest heat, 0 … 255: the picture stays to be seen below it. */
export const strongest = 165

/** How strong the heat is where a place belongs to the thing with chance `share`: none where it is certain either way, `strongest` at even odds. */
export const heatAt = (share: number): number => Math.round(4 * share * (1 - share) * strongest)

/** The opacity of each cell of a map, row by row; cells that are missing in `values` are clear. */
export function opacityOf({ columns, rows, values }: ProbabilityMap): Uint8ClampedArray {
  const bytes = atob(values)
  return Uint8ClampedArray.from({ length: columns * rows }, (_, at) => heatAt((at < bytes.length ? bytes.charCodeAt(at) : 0) / 255))
}
