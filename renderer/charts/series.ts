/** Colours of the tokens for series of a chart; beside its colour a series has its name at its end, or a dash of its own. */
export const seriesColors = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)', 'var(--series-6)'] as const
/** Dashes in pixels, in the order of the colours. */
export const seriesDashes = ['none', '6 3', '2 3', '8 3 2 3', '1 2', '12 4'] as const

export const colorOf = (index: number): string => seriesColors[index % seriesColors.length]!
export const dashOf = (index: number): string => seriesDashes[index % seriesDashes.length]!
