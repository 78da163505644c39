/**
 * Squared Euclidean distance of each cell to the nearest one with a source, in cells; Infinity where there is none. `sources[at]` is 0 at a source and
 * Infinity elsewhere, or any cost. Felzenszwalb & Huttenlocher 2012 ("Distance Transforms of Sampled Functions"), algorithm 1: the lower
 * envelope of parabolas, along columns, then rows; linear in the number of cells.
 */
export function squaredDistances(sources: Float64Array, columns: number, rows: number): Float64Array {
  const result = sources.slice()
  const longest = Math.max(columns, rows)
  const line = new Float64Array(longest), places = new Int32Array(longest), borders = new Float64Array(longest + 1)
  for (let column = 0; column < columns; column++) along(result, column, columns, rows, line, places, borders)
  for (let row = 0; row < rows; row++) along(result, row * columns, 1, columns, line, places, borders)
  return result
}

function along(values: Float64Array, from: number, step: number, count: number, line: Float64Array, places: Int32Array, borders: Float64Array): void {
  let last = -1
  for (let q = 0; q < count; q++) {
    const f = line[q] = values[from + q * step]!
    if (f === Infinity) continue
    let border = -Infinity
    while (last >= 0) {
      const p = places[last]!
      border = (f + q * q - line[p]! - p * p) / (2 * (q - p))
      if (border > borders[last]!) break
      last--
      border = -Infinity
    }
    last++
    places[last] = q
    borders[last] = border
  }
  if (last < 0) return
  borders[last + 1] = Infinity
  for (let q = 0, at = 0; q < count; q++) {
    while (borders[at + 1]! < q) at++
    const p = places[at]!
    values[from + q * step] = (q - p) ** 2 + line[p]!
  }
}

/** Distance of each cell's centre to the border of an area, in cells: positive inside, negative outside, never 0. Without any cell inside all are minus the grid's diagonal; without any outside, plus. */
export function signedDistances(inside: ArrayLike<number>, columns: number, rows: number): Float64Array {
  const toInside = new Float64Array(columns * rows), toOutside = new Float64Array(columns * rows)
  for (let at = 0; at < toInside.length; at++) (inside[at] ? toOutside : toInside)[at] = Infinity
  const most = Math.hypot(columns, rows)
  const a = squaredDistances(toInside, columns, rows), b = squaredDistances(toOutside, columns, rows)
  // The border lies half a cell before the next centre.
  return a.map((squared, at) => (inside[at] ? Math.min(most, Math.sqrt(b[at]!)) - 0.5 : 0.5 - Math.min(most, Math.sqrt(squared))))
}
