import type { Polygon } from '#shared/model/geometry.ts'
import { countsOf } from './rle.ts'

type Run = { start: number; end: number }

/**
 * The pixels whose centre lies in the polygon, as run lengths over the picture, column by column. Within a part the
 * even-odd rule (so that rings after the first are holes); parts are joined.
 */
export function rasterized(polygon: Polygon, width: number, height: number): number[] {
  const runs: Run[] = []
  const [first, last] = columns(polygon, width)
  for (let x = first; x <= last; x += 1) {
    const column = polygon.parts.flatMap((rings) => runsInColumn(rings, x, height))
    for (const run of joined(column)) runs.push({ start: x * height + run.start, end: x * height + run.end })
  }
  return countsOf(runs, width * height)
}

function columns(polygon: Polygon, width: number): [first: number, last: number] {
  let [minX, maxX] = [Infinity, -Infinity]
  for (const rings of polygon.parts) {
    for (let index = 0; index < rings[0]!.length; index += 2) {
      minX = Math.min(minX, rings[0]![index]!)
      maxX = Math.max(maxX, rings[0]![index]!)
    }
  }
  return [Math.max(0, Math.floor(minX - 0.5)), Math.min(width - 1, Math.ceil(maxX))]
}

/** Where the vertical line through the column's centres is inside, as whole pixels. */
function runsInColumn(rings: readonly (readonly number[])[], column: number, height: number): Run[] {
  const centre = column + 0.5
  const crossings: number[] = []
  for (const ring of rings) {
    let x0 = ring[ring.length - 2]!
    let y0 = ring[ring.length - 1]!
    for (let index = 0; index < ring.length; index += 2) {
      const x1 = ring[index]!
      const y1 = ring[index + 1]!
      if (x0 <= centre !== x1 <= centre) crossings.push(y0 + ((centre - x0) * (y1 - y0)) / (x1 - x0))
      x0 = x1
      y0 = y1
    }
  }
  crossings.sort((a, b) => a - b)
  const runs: Run[] = []
  for (let index = 0; index + 1 < crossings.length; index += 2) {
    const start = Math.max(0, Math.ceil(crossings[index]! - 0.5))
    const end = Math.min(height, Math.ceil(crossings[index + 1]! - 0.5))
    if (end > start) runs.push({ start, end })
  }
  return runs
}

function joined(runs: Run[]): Run[] {
  const sorted = runs.sort((a, b) => a.start - b.start)
  const result: Run[] = []
  for (const run of sorted) {
    const last = result.at(-1)
    if (last !== undefined && run.start <= last.end) last.end = Math.max(last.end, run.end)
    else result.push({ ...run })
  }
  return result
}
