/**
 * The table behind an alignment, without keeping the table. Two savings, neither of which changes the result or a tie:
 * - only a band of diagonals is computed, widened until the cheapest path provably lies inside it (Ukkonen 1985);
 * - only every √n-th row is kept; the rows between are computed again, a block at a time, while the path is read backwards.
 * 20,000 × 20,000 words that share nothing need about 30 MB instead of 400 million cells.
 */
export interface TraceCosts { readonly substitution: number; readonly insertion: number; readonly deletion: number }
export type Step = 'diagonal' | 'delete' | 'insert'

const far = 0x3fffffff
const steps: readonly Step[] = ['diagonal', 'delete', 'insert']

interface Band { readonly low: number; readonly high: number }

/** The diagonals j − i that a path of at most this cost can touch. */
function bandFor(cost: number, n: number, m: number, costs: TraceCosts): Band {
  const edits = Math.floor(cost / Math.min(costs.insertion, costs.deletion))
  const shift = m - n
  return { low: -Math.max(0, Math.floor((edits - shift) / 2)), high: Math.max(0, Math.floor((edits + shift) / 2)) }
}

class Table {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly costs: TraceCosts
  readonly band: Band
  readonly width: number

  constructor(a: Int32Array, b: Int32Array, costs: TraceCosts, band: Band) {
    this.a = a
    this.b = b
    this.costs = costs
    this.band = band
    this.width = band.high - band.low + 1
  }

  /** Row 0; cell k of row i stands for column j = i + low + k. */
  first(): Int32Array {
    const row = new Int32Array(this.width + 2).fill(far)
    for (let j = 0; j <= Math.min(this.b.length, this.band.high); j++) row[j - this.band.low] = j * this.costs.insertion
    return row
  }

  /** Row i from row i − 1, in place; the directions go to `into` from `offset`. */
  advance(row: Int32Array, i: number, into: Uint8Array | null, offset: number): void {
    const { a, b, costs, width } = this
    const token = a[i - 1]
    const start = i + this.band.low
    const from = Math.max(0, -start)
    const to = Math.min(width, b.length - start + 1)
    let left = far
    for (let k = from; k < to; k++) {
      const j = start + k
      const diagonal = j === 0 ? far : row[k]! + (token === b[j - 1] ? 0 : costs.substitution)
      const del = row[k + 1]! + costs.deletion
      const ins = left + costs.insertion
      let best = ins
      let direction = 2
      if (diagonal <= del && diagonal <= ins) {
        best = diagonal
        direction = 0
      } else if (del < ins) {
        best = del
        direction = 1
      }
      left = best < far ? best : far
      row[k] = left
      if (into !== null) into[offset + k] = direction
    }
    if (to < width) row.fill(far, Math.max(0, to), width)
  }
}

/** Every `every`-th row, and the last row's cell at the end of both texts. */
function forward(table: Table, every: number): { kept: Int32Array[]; cost: number } {
  const row = table.first()
  const kept = [row.slice()]
  for (let i = 1; i <= table.a.length; i++) {
    table.advance(row, i, null, 0)
    if (i % every === 0) kept.push(row.slice())
  }
  return { kept, cost: row[table.b.length - table.a.length - table.band.low]! }
}

function backward(table: Table, kept: readonly Int32Array[], every: number, add: (step: Step) => void): void {
  const { width, band } = table
  const directions = new Uint8Array(every * width)
  let i = table.a.length
  let j = table.b.length
  while (i > 0) {
    const block = Math.floor((i - 1) / every)
    const top = block * every
    const row = kept[block]!.slice()
    for (let r = top + 1; r <= i; r++) table.advance(row, r, directions, (r - top - 1) * width)
    while (i > top) {
      const direction = directions[(i - top - 1) * width + (j - i - band.low)]!
      add(steps[direction]!)
      if (direction !== 2) i--
      if (direction !== 1) j--
    }
  }
  for (; j > 0; j--) add('insert')
}

/** Reads the cheapest path from the end to the beginning, a step at a time. */
export function traceAlignment(a: Int32Array, b: Int32Array, costs: TraceCosts, add: (step: Step) => void): void {
  // A shared ending is on the path that the tie-break takes; a shared beginning need not be, so it stays in the table.
  let n = a.length
  let m = b.length
  for (; n > 0 && m > 0 && a[n - 1] === b[m - 1]; n--, m--) add('diagonal')
  const [head, tail] = [a.subarray(0, n), b.subarray(0, m)]
  const every = Math.max(1, Math.ceil(Math.sqrt(n)))
  const worst = n * costs.deletion + m * costs.insertion
  let limit = Math.min(worst, Math.abs(n - m) * Math.max(costs.insertion, costs.deletion) + 64 * costs.deletion)
  for (;;) {
    const table = new Table(head, tail, costs, bandFor(limit, n, m, costs))
    const { kept, cost } = forward(table, every)
    if (cost <= limit || limit >= worst) {
      backward(table, kept, every, add)
      return
    }
    // A path inside a band too narrow is still a path, so its cost bounds the next try.
    limit = Math.min(worst, limit * 2, cost)
  }
}
