import type { Polygon } from '#shared/model/geometry.ts'
import type { Path } from '#shared/geometry/ring.ts'
import type { Grid } from './votes.ts'

/**
 * Distance of each cell's centre to an outline, in cells: positive inside, negative outside. Near the outline each cell gets the nearest point of its edges; from there the points
 * are handed on from cell to cell in two sweeps (Danielsson 1980, with eight neighbours), so that the border is where it was drawn and not where cells end. `inside` is 1 for each
 * cell that is in the area (`cellsIn`). Without any such cell all are minus the grid's diagonal.
 */
export function outlineDistances({ parts }: Polygon, grid: Grid, inside: Uint8Array): Float64Array {
  const { columns, rows } = grid
  const field: Field = { columns, rows, squared: new Float64Array(columns * rows).fill(Infinity), x: new Float64Array(columns * rows), y: new Float64Array(columns * rows) }
  if (inside.includes(1)) for (const part of parts) for (const ring of part) seed(field, ring, grid)
  sweep(field)
  const most = Math.hypot(columns, rows)
  const { squared } = field
  for (let at = 0; at < squared.length; at++) squared[at] = (inside[at] ? 1 : -1) * Math.min(most, Math.sqrt(squared[at]!))
  return squared
}

/** The nearest point of the outline that each cell knows, in cells from the grid's corner, and its squared distance. */
interface Field { readonly columns: number; readonly rows: number; readonly squared: Float64Array; readonly x: Float64Array; readonly y: Float64Array }

/** Cells whose centre is within one cell of an edge, along and across. */
function seed(field: Field, ring: Path, { x, y, cell }: Grid): void {
  const { columns, rows } = field
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const ax = (ring[j]! - x) / cell - 0.5, ay = (ring[j + 1]! - y) / cell - 0.5, dx = (ring[i]! - ring[j]!) / cell, dy = (ring[i + 1]! - ring[j + 1]!) / cell
    const length = dx * dx + dy * dy
    const first = Math.max(0, Math.ceil(Math.min(ay, ay + dy) - 1)), last = Math.min(rows - 1, Math.floor(Math.max(ay, ay + dy) + 1))
    for (let row = first; row <= last; row++) {
      // The stretch of the edge that is within a row of this one.
      const s = dy === 0 ? 0 : (row - 1 - ay) / dy, e = dy === 0 ? 1 : (row + 1 - ay) / dy
      const p = ax + dx * Math.min(1, Math.max(0, s)), q = ax + dx * Math.min(1, Math.max(0, e))
      const end = Math.min(columns - 1, Math.floor(Math.max(p, q) + 1))
      for (let column = Math.max(0, Math.ceil(Math.min(p, q) - 1)); column <= end; column++) {
        const t = length > 0 ? Math.min(1, Math.max(0, ((column - ax) * dx + (row - ay) * dy) / length)) : 0
        know(field, row * columns + column, column, row, ax + t * dx, ay + t * dy)
      }
    }
  }
}

function know({ squared, x, y }: Field, at: number, column: number, row: number, px: number, py: number): void {
  const own = (px - column) * (px - column) + (py - row) * (py - row)
  if (own >= squared[at]!) return
  squared[at] = own
  x[at] = px
  y[at] = py
}

/** There and back: each cell asks those before it in the row before, then along its own row in both directions. */
function sweep(field: Field): void {
  const { columns, rows } = field
  for (const step of [1, -1]) {
    for (let i = 0; i < rows; i++) {
      const row = step === 1 ? i : rows - 1 - i, start = row * columns, before = start - step * columns
      if (i > 0) {
        for (let column = 0; column < columns; column++) {
          askFor(field, start + column, column, row, before + column)
          if (column > 0) askFor(field, start + column, column, row, before + column - 1)
          if (column + 1 < columns) askFor(field, start + column, column, row, before + column + 1)
        }
      }
      for (let column = 1; column < columns; column++) askFor(field, start + column, column, row, start + column - 1)
      for (let column = columns - 2; column >= 0; column--) askFor(field, start + column, column, row, start + column + 1)
    }
  }
}

function askFor({ squared, x, y }: Field, at: number, column: number, row: number, other: number): void {
  const px = x[other]!, py = y[other]!
  const own = (px - column) * (px - column) + (py - row) * (py - row)
  if (own < squared[at]! && squared[other]! < Infinity) {
    squared[at] = own
    x[at] = px
    y[at] = py
  }
}
