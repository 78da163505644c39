import { dot, normalise, type Features } from './features.ts'

const rounds = 12

/**
 * At most `most` directions that stand for some cells: spherical k-means (Dhillon & Modha 2001), begun with the cell nearest to the mean
 * and then, each time, the cell farthest from those chosen, so that the same cells give the same prototypes.
 */
export function prototypesOf({ channels, data }: Features, cells: readonly number[], most: number): readonly Float32Array[] {
  if (cells.length === 0) return []
  const vector = (cell: number) => data.subarray(cell * channels, (cell + 1) * channels)
  const mean = meanOf(cells.map(vector), channels)
  const nearest = cells.reduce((best, cell) => (dot(vector(cell), mean) > dot(vector(best), mean) ? cell : best))
  const chosen = [vector(nearest).slice()]
  while (chosen.length < Math.min(most, cells.length)) {
    const closeness = (cell: number) => Math.max(...chosen.map((one) => dot(vector(cell), one)))
    chosen.push(vector(cells.reduce((far, cell) => (closeness(cell) < closeness(far) ? cell : far))).slice())
  }
  let centres: readonly Float32Array[] = chosen
  for (let round = 0; round < rounds; round++) {
    const groups = centres.map((): Float32Array[] => [])
    for (const cell of cells) groups[nearestOf(centres, vector(cell))]!.push(vector(cell))
    centres = centres.map((centre, at) => (groups[at]!.length > 0 ? meanOf(groups[at]!, channels) : centre))
  }
  return centres
}

function nearestOf(centres: readonly Float32Array[], vector: Float32Array): number {
  let best = 0, closest = -Infinity
  centres.forEach((centre, at) => {
    const close = dot(centre, vector)
    if (close > closest) { closest = close; best = at }
  })
  return best
}

function meanOf(vectors: readonly Float32Array[], channels: number): Float32Array {
  const sum = new Float32Array(channels)
  for (const vector of vectors) for (let channel = 0; channel < channels; channel++) sum[channel]! += vector[channel]!
  return normalise(sum)
}
