import type { Polygon } from '#shared/model/geometry.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { pointCount, type Path } from '#shared/geometry/ring.ts'

/** Square cells over a part of the picture: cell (column, row) has its centre at x + (column + ½) · cell, y + (row + ½) · cell, in image pixels. */
export interface Grid { readonly x: number; readonly y: number; readonly cell: number; readonly columns: number; readonly rows: number }

/**
 * Cells over `bounds` and `margin` cells beside it. A cell is one pixel, or a fraction of one where the shorter side of the bounds has
 * fewer than 64 of them, or larger where there would be more than `most`. Corners are whole cells, so that with cells of a pixel they are the picture's own.
 */
export function gridOver(bounds: Bounds, most: number, margin = 2): Grid {
  const width = bounds.maxX - bounds.minX, height = bounds.maxY - bounds.minY
  const short = Math.max(1e-6, Math.min(width, height) || Math.max(width, height))
  const wanted = Math.min(1, 2 ** Math.floor(Math.log2(short / 32)))
  const cell = Math.max(wanted, Math.sqrt((Math.max(width, wanted) * Math.max(height, wanted)) / most))
  const left = Math.floor(bounds.minX / cell) - margin, top = Math.floor(bounds.minY / cell) - margin
  return { x: left * cell, y: top * cell, cell, columns: Math.ceil(bounds.maxX / cell) + margin - left, rows: Math.ceil(bounds.maxY / cell) + margin - top }
}

/** Which people's areas hold a cell. Cells with the same votes share a pattern: with few people there are few, whatever the number of cells. */
export interface Votes {
  readonly grid: Grid
  readonly people: number
  /** Pattern of each cell, row by row. Pattern 0 is that of nobody. */
  readonly pattern: Uint32Array
  /** Cells of each pattern. */
  readonly cells: number[]
  /** Pattern by pattern, 0 or 1 a person. */
  readonly patterns: Uint8Array[]
}

/** A cell is in an area when its centre is, by the even-odd rule within a part; parts add up. So an outline that crosses itself is what a painter would fill. */
export function votesOf(areas: readonly (Polygon | null)[], grid: Grid): Votes {
  const pattern = new Uint32Array(grid.columns * grid.rows)
  const patterns = [new Uint8Array(areas.length)]
  areas.forEach((area, person) => {
    if (!area) return
    const inside = cellsIn(area, grid)
    const known = patterns.length
    const became = new Int32Array(known).fill(-1)
    for (let at = 0; at < pattern.length; at++) {
      if (inside[at] === 0) continue
      const from = pattern[at]!
      let to = became[from]!
      if (to < 0) {
        to = became[from] = patterns.length
        const votes = patterns[from]!.slice()
        votes[person] = 1
        patterns.push(votes)
      }
      pattern[at] = to
    }
  })
  const cells = patterns.map(() => 0)
  for (let at = 0; at < pattern.length; at++) cells[pattern[at]!]!++
  return { grid, people: areas.length, pattern, cells, patterns }
}

/** 1 for each cell whose centre is inside. */
export function cellsIn({ parts }: Polygon, grid: Grid): Uint8Array {
  const inside = new Uint8Array(grid.columns * grid.rows)
  for (const part of parts) {
    const crossings: number[][] = Array.from({ length: grid.rows }, () => [])
    for (const ring of part) addCrossings(ring, grid, crossings)
    crossings.forEach((row, at) => {
      row.sort((a, b) => a - b)
      for (let i = 0; i + 1 < row.length; i += 2) {
        const from = Math.max(0, Math.ceil(row[i]! - 0.5)), to = Math.min(grid.columns, Math.ceil(row[i + 1]! - 0.5))
        if (to > from) inside.fill(1, at * grid.columns + from, at * grid.columns + to)
      }
    })
  }
  return inside
}

/** Where a ring crosses the middle of each row, in cells from the left. */
function addCrossings(ring: Path, { x, y, cell, rows }: Grid, crossings: number[][]): void {
  const n = pointCount(ring)
  for (let i = 0, j = n - 1; i < n; j = i++) {
    const xi = (ring[i * 2]! - x) / cell, yi = (ring[i * 2 + 1]! - y) / cell, xj = (ring[j * 2]! - x) / cell, yj = (ring[j * 2 + 1]! - y) / cell
    const first = Math.max(0, Math.ceil(Math.min(yi, yj) - 0.5)), end = Math.min(rows, Math.ceil(Math.max(yi, yj) - 0.5))
    for (let row = first; row < end; row++) crossings[row]!.push(((xj - xi) * (row + 0.5 - yi)) / (yj - yi) + xi)
  }
}
