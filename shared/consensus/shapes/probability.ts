import type { ProbabilityMap } from '#shared/consensus/proposal.ts'
import type { Grid } from './votes.ts'

/** The chance of each cell of a grid to be inside, row by row, 0 … 1. */
export interface Chances { readonly grid: Grid; readonly inside: ArrayLike<number> }

/** Cells on the longer side: a few kB for a thing, so that a project of 10,000 keeps some tens of MB. */
const most = 48

/**
 * What a proposal keeps of the chances: at most `most` cells on the longer side, none smaller than a pixel or than a cell of the grid,
 * each with the chance at its centre (straight between the centres of the grid).
 */
export function probabilityMap({ grid, inside }: Chances): ProbabilityMap {
  const width = grid.columns * grid.cell, height = grid.rows * grid.cell
  const cell = Math.max(1, grid.cell, Math.max(width, height) / most)
  const columns = Math.max(1, Math.ceil(width / cell - 1e-9)), rows = Math.max(1, Math.ceil(height / cell - 1e-9))
  const bytes = new Uint8Array(columns * rows)
  const step = cell / grid.cell
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      bytes[row * columns + column] = Math.round(255 * chanceAt(grid, inside, (column + 0.5) * step - 0.5, (row + 0.5) * step - 0.5))
    }
  }
  return { x: grid.x, y: grid.y, width: columns * cell, height: rows * cell, columns, rows, values: base64(bytes) }
}

/** The chance at a place in cells from the centre of the first; beyond the grid that of its last cells. */
function chanceAt({ columns, rows }: Grid, inside: ArrayLike<number>, x: number, y: number): number {
  const left = Math.min(columns - 1, Math.max(0, Math.floor(x))), top = Math.min(rows - 1, Math.max(0, Math.floor(y)))
  const right = Math.min(columns - 1, left + 1), bottom = Math.min(rows - 1, top + 1)
  const u = Math.min(1, Math.max(0, x - left)), v = Math.min(1, Math.max(0, y - top))
  const above = (1 - u) * inside[top * columns + left]! + u * inside[top * columns + right]!
  const below = (1 - u) * inside[bottom * columns + left]! + u * inside[bottom * columns + right]!
  return (1 - v) * above + v * below
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** RFC 4648, section 4; `btoa` and `Buffer` are not part of the language. */
function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const three = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text += alphabet[three >> 18]! + alphabet[(three >> 12) & 63]! + (left > 1 ? alphabet[(three >> 6) & 63]! : '=') + (left > 2 ? alphabet[three & 63]! : '=')
  }
  return text
}
