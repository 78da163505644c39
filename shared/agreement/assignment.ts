/**
 * The assignment of rows to columns with the greatest sum of scores: `result[row]` is the row's column, or −1. Scores are finite;
 * a score of 0 or less is never taken, so rows and columns may stay alone. Hungarian method by shortest augmenting paths
 * (Jonker & Volgenant 1987, "A shortest augmenting path algorithm for dense and sparse linear assignment problems"), O(rows² · columns).
 */
export function assign(scores: readonly ArrayLike<number>[], columns: number): Int32Array {
  const result = new Int32Array(scores.length).fill(-1)
  const rows = indices(scores.length).filter((row) => indices(columns).some((column) => scores[row]![column]! > 0))
  const used = indices(columns).filter((column) => rows.some((row) => scores[row]![column]! > 0))
  const wide = rows.length <= used.length
  const [short, long] = wide ? [rows, used] : [used, rows]
  const cost = (a: number, b: number) => -Math.max(0, wide ? scores[short[a]!]![long[b]!]! : scores[long[b]!]![short[a]!]!)
  leastCost(short.length, long.length, cost).forEach((b, a) => {
    if (cost(a, b) < 0) result[wide ? short[a]! : long[b]!] = wide ? long[b]! : short[a]!
  })
  return result
}

const indices = (count: number) => Array.from({ length: count }, (_, at) => at)

/** Column of each row at the least total cost; rows ≤ columns, all rows are assigned. */
function leastCost(rows: number, columns: number, cost: (row: number, column: number) => number): Int32Array {
  const rowPrice = new Float64Array(rows + 1), columnPrice = new Float64Array(columns + 1)
  // Index 0 is a column of its own, where each new row enters; rows and columns count from 1.
  const rowOf = new Int32Array(columns + 1), previous = new Int32Array(columns + 1)
  const least = new Float64Array(columns + 1), done = new Uint8Array(columns + 1)
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row
    least.fill(Infinity)
    done.fill(0)
    let column = 0
    while (rowOf[column] !== 0) {
      done[column] = 1
      const from = rowOf[column]!
      let step = Infinity, next = 0
      for (let to = 1; to <= columns; to++) {
        if (done[to]) continue
        const reduced = cost(from - 1, to - 1) - rowPrice[from]! - columnPrice[to]!
        if (reduced < least[to]!) { least[to] = reduced; previous[to] = column }
        if (least[to]! < step) { step = least[to]!; next = to }
      }
      for (let to = 0; to <= columns; to++) {
        if (done[to]) { rowPrice[rowOf[to]!]! += step; columnPrice[to]! -= step } else least[to]! -= step
      }
      column = next
    }
    while (column !== 0) { rowOf[column] = rowOf[previous[column]!]!; column = previous[column]! }
  }
  const columnOf = new Int32Array(rows)
  for (let column = 1; column <= columns; column++) if (rowOf[column]! > 0) columnOf[rowOf[column]! - 1] = column - 1
  return columnOf
}
