import { z } from 'zod'
import type { Mask } from '#shared/model/geometry.ts'
import type { Features } from './features.ts'

/** A place to look at, in pixels of the item; `score`: how much what lies around it is like the objects. */
export const Place = z.object({ x: z.number(), y: z.number(), score: z.number() })
export type Place = Readonly<z.infer<typeof Place>>

/** Peaks nearer to each other than this share of an object's radius are one. */
const apart = 0.75

/**
 * Where a map stands out: local maxima of its mean over a disc of `radius` cells, none lower than `least`, none nearer than the greater one's
 * reach (non-maximum suppression), the best first, at most `most`.
 */
export function placesOf(map: Float32Array, { columns, rows, scale }: Features, radius: number, least: number, most: number): Place[] {
  const smooth = discMeans(map, columns, rows, radius)
  const cells = Array.from(smooth.keys()).filter((cell) => smooth[cell]! >= least).sort((a, b) => smooth[b]! - smooth[a]! || a - b)
  const taken: { readonly column: number; readonly row: number; readonly cell: number }[] = []
  for (const cell of cells) {
    if (taken.length >= most) break
    const column = cell % columns, row = (cell - column) / columns
    if (!isPeak(smooth, columns, rows, column, row)) continue
    if (taken.every((other) => Math.hypot(other.column - column, other.row - row) >= Math.max(1, radius * 2 * apart))) taken.push({ column, row, cell })
  }
  return taken.map(({ column, row, cell }) => ({ x: (column + 0.5) / scale, y: (row + 0.5) / scale, score: smooth[cell]! }))
}

function isPeak(map: Float32Array, columns: number, rows: number, column: number, row: number): boolean {
  const here = map[row * columns + column]!
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) if (map[y * columns + x]! > here) return false
  return true
}

/** The mean over the cells whose middle lies within `radius` of each cell's; cells beyond the border are left out. */
export function discMeans(map: Float32Array, columns: number, rows: number, radius: number): Float32Array {
  const reach = Math.floor(radius)
  const disc: (readonly [dx: number, dy: number])[] = []
  for (let dy = -reach; dy <= reach; dy++) for (let dx = -reach; dx <= reach; dx++) if (Math.hypot(dx, dy) <= radius) disc.push([dx, dy])
  return map.map((_, cell) => {
    const column = cell % columns, row = (cell - column) / columns
    let sum = 0, count = 0
    for (const [dx, dy] of disc) {
      const x = column + dx, y = row + dy
      if (x < 0 || y < 0 || x >= columns || y >= rows) continue
      sum += map[y * columns + x]!
      count++
    }
    return sum / count
  })
}

/** The greatest mean over a disc of `radius` cells whose middle lies in the box of a mask (in item pixels): what its object itself has. */
export function peakOf(map: Float32Array, { columns, rows, scale }: Features, radius: number, { x, y, width, height }: Mask): number {
  const smooth = discMeans(map, columns, rows, radius)
  const cell = (value: number, count: number) => Math.max(0, Math.min(count - 1, Math.floor(value * scale)))
  let most = -Infinity
  for (let row = cell(y, rows); row <= cell(y + height, rows); row++) for (let column = cell(x, columns); column <= cell(x + width, columns); column++) most = Math.max(most, smooth[row * columns + column]!)
  return most
}
