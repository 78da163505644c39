import type { Geometry } from '#shared/model/geometry.ts'
import { areaOutline } from '#shared/geometry/iou.ts'
import { recently } from '#shared/geometry/recent.ts'

/** Lines as runs of points x0, y0, x1, y1, …; closed ones go back to their first point. */
interface Lines { readonly runs: readonly (readonly number[])[]; readonly closed: boolean }

/** What is compared of a border or line. */
interface Border {
  /** About 100 evenly spaced points, x and y in turn. */
  readonly points: Float64Array
  /** Every straight piece, see `stride`. */
  readonly pieces: Float64Array
}

/** What is drawn of a geometry as lines: the border of an area, a polyline itself; null for what has neither. */
function outlineLines(geometry: Geometry): Lines | null {
  if (geometry.kind === 'polyline') return { runs: [geometry.points], closed: false }
  const outline = areaOutline(geometry)
  return outline && { runs: outline.parts.flat(), closed: true }
}

/** A mark is compared with every other person's: what is prepared for it is kept a while. */
const borderOf = recently((geometry: Geometry): Border | null => {
  const lines = outlineLines(geometry)
  if (!lines) return null
  const pieces = piecesOf(lines)
  return { pieces, points: spacedPoints(pieces, lines) }
})

const samples = 100

/**
 * Boundary F, 0 to 1: the harmonic mean of the share of a's line within `tolerance` pixels of b's, and of b's of a's (Csurka et al.
 * 2013, "What is a good evaluation measure for semantic segmentation?", section 3.2), from about 100 evenly spaced points each. For
 * borders of areas and for polylines; null for what has no line.
 */
export function boundaryF(a: Geometry, b: Geometry, tolerance: number): number | null {
  const left = borderOf(a), right = borderOf(b)
  if (!left || !right) return null
  const precision = shareNear(left, right, tolerance), recall = shareNear(right, left, tolerance)
  return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0
}

function shareNear({ points }: Border, { pieces }: Border, tolerance: number): number {
  let near = 0, from = 0
  for (let point = 0; point < points.length; point += 2) {
    const found = pieceNear(points[point]!, points[point + 1]!, pieces, tolerance, from)
    if (found < 0) continue
    near++
    from = found
  }
  return points.length > 0 ? (2 * near) / points.length : 0
}

/** Numbers of a straight piece: its beginning, its way to its end, its length, 1 / length² (0 for a point), its middle, and half its length. */
const stride = 9

function piecesOf({ runs, closed }: Lines): Float64Array {
  const ends = (run: readonly number[]) => (closed ? run.length : run.length - 2)
  const pieces = new Float64Array(runs.reduce((sum, run) => sum + Math.max(0, ends(run)), 0) / 2 * stride)
  let at = 0
  for (const run of runs) {
    for (let i = 0; i < ends(run); i += 2, at += stride) {
      const next = i + 2 < run.length ? i + 2 : 0
      const x = run[i]!, y = run[i + 1]!, dx = run[next]! - x, dy = run[next + 1]! - y
      const square = dx * dx + dy * dy, reach = Math.sqrt(square)
      pieces[at] = x
      pieces[at + 1] = y
      pieces[at + 2] = dx
      pieces[at + 3] = dy
      pieces[at + 4] = reach
      pieces[at + 5] = square > 0 ? 1 / square : 0
      pieces[at + 6] = x + dx / 2
      pieces[at + 7] = y + dy / 2
      pieces[at + 8] = reach / 2
    }
  }
  return pieces
}

/** About 100 points at even distances along all pieces; of a line without length its points themselves. */
function spacedPoints(pieces: Float64Array, { runs }: Lines): Float64Array {
  let length = 0
  for (let piece = 0; piece < pieces.length; piece += stride) length += pieces[piece + 4]!
  if (!(length > 0)) return Float64Array.from(runs.flatMap((run) => run.slice(0, 2)))
  const step = length / samples
  // The next point would be a whole step on: rounding gives one more at most.
  const points = new Float64Array(2 * samples + 2)
  let until = 0, count = 0
  for (let piece = 0; piece < pieces.length; piece += stride) {
    const reach = pieces[piece + 4]!
    for (; until < reach && count < points.length; until += step, count += 2) {
      points[count] = pieces[piece]! + (pieces[piece + 2]! * until) / reach
      points[count + 1] = pieces[piece + 1]! + (pieces[piece + 3]! * until) / reach
    }
    until -= reach
  }
  return points.subarray(0, count)
}

/** A piece within `tolerance` of a point, or −1. Looks first where the point before it was found: the next is seldom far. */
function pieceNear(x: number, y: number, pieces: Float64Array, tolerance: number, from: number): number {
  for (let i = from; i < pieces.length; i += stride) if (isNear(x, y, pieces, i, tolerance)) return i
  for (let i = 0; i < from; i += stride) if (isNear(x, y, pieces, i, tolerance)) return i
  return -1
}

function isNear(x: number, y: number, pieces: Float64Array, i: number, tolerance: number): boolean {
  // Most pieces are far: a circle around the piece says so at once.
  const fromX = x - pieces[i + 6]!, fromY = y - pieces[i + 7]!, around = pieces[i + 8]! + tolerance
  if (fromX * fromX + fromY * fromY > around * around) return false
  const dx = pieces[i + 2]!, dy = pieces[i + 3]!, toX = x - pieces[i]!, toY = y - pieces[i + 1]!
  const along = (toX * dx + toY * dy) * pieces[i + 5]!
  const part = along > 1 ? 1 : along > 0 ? along : 0
  const offX = toX - part * dx, offY = toY - part * dy
  return offX * offX + offY * offY <= tolerance * tolerance
}
