import type { Geometry } from '#shared/model/geometry.ts'
import { areaOutline } from '#shared/geometry/iou.ts'
import { numbers } from '#shared/geometry/numbers.ts'
import { recently } from '#shared/geometry/recent.ts'

/** Lines as runs of points x0, y0, x1, y1, …; closed ones go back to their first point. */
interface Lines { readonly runs: readonly (readonly number[])[]; readonly closed: boolean }

/** What is compared of a border or line. */
interface Border {
  /** About 100 evenly spaced points, x and y in turn. */
  readonly points: Float64Array
  /** Every straight piece, see `stride`. */
  readonly pieces: Float64Array
  /** Circles around neighbouring pieces, `together` at a time: x, y, radius. A point far from one is far from all of them. */
  readonly circles: Float64Array
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
  return { pieces, circles: circlesAround(pieces), points: spacedPoints(pieces, lines) }
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

function shareNear({ points }: Border, border: Border, tolerance: number): number {
  let near = 0, from = 0
  for (let point = 0; point < points.length; point += 2) {
    const found = pieceNear(points[point]!, points[point + 1]!, border, tolerance, from)
    if (found < 0) continue
    near++
    from = found
  }
  return points.length > 0 ? (2 * near) / points.length : 0
}

/** Numbers of a straight piece: its middle, half its way (x and y), half its length, and 1 / half its length² (0 for a point). */
const stride = 6

function piecesOf({ runs, closed }: Lines): Float64Array {
  const ends = (run: readonly number[]) => (closed ? run.length : run.length - 2)
  const pieces = numbers(runs.reduce((sum, run) => sum + Math.max(0, ends(run)), 0) / 2 * stride)
  let at = 0
  for (const run of runs) {
    for (let i = 0; i < ends(run); i += 2, at += stride) {
      const next = i + 2 < run.length ? i + 2 : 0
      const dx = (run[next]! - run[i]!) / 2, dy = (run[next + 1]! - run[i + 1]!) / 2, square = dx * dx + dy * dy
      pieces[at] = run[i]! + dx
      pieces[at + 1] = run[i + 1]! + dy
      pieces[at + 2] = dx
      pieces[at + 3] = dy
      pieces[at + 4] = Math.sqrt(square)
      pieces[at + 5] = square > 0 ? 1 / square : 0
    }
  }
  return pieces
}

/** About 100 points at even distances along all pieces; of a line without length its points themselves. */
function spacedPoints(pieces: Float64Array, { runs }: Lines): Float64Array {
  let length = 0
  for (let piece = 0; piece < pieces.length; piece += stride) length += 2 * pieces[piece + 4]!
  if (!(length > 0)) return Float64Array.from(runs.flatMap((run) => run.slice(0, 2)))
  const step = length / samples
  // The next point would be a whole step on: rounding gives one more at most.
  const points = numbers(2 * samples + 2)
  let until = 0, count = 0
  for (let piece = 0; piece < pieces.length; piece += stride) {
    const half = pieces[piece + 4]!, reach = 2 * half
    for (; until < reach && count < points.length; until += step, count += 2) {
      const along = until / half - 1
      points[count] = pieces[piece]! + pieces[piece + 2]! * along
      points[count + 1] = pieces[piece + 1]! + pieces[piece + 3]! * along
    }
    until -= reach
  }
  return points.subarray(0, count)
}

/** Pieces a circle: lines go on where they are, so neighbours lie close together. */
const together = 8

function circlesAround(pieces: Float64Array): Float64Array {
  const block = together * stride
  const circles = numbers(Math.ceil(pieces.length / block) * 3)
  for (let from = 0, at = 0; from < pieces.length; from += block, at += 3) {
    const to = Math.min(pieces.length, from + block), count = (to - from) / stride
    for (let i = from; i < to; i += stride) {
      circles[at]! += pieces[i]! / count
      circles[at + 1]! += pieces[i + 1]! / count
    }
    for (let i = from; i < to; i += stride) {
      const x = pieces[i]! - circles[at]!, y = pieces[i + 1]! - circles[at + 1]!
      circles[at + 2] = Math.max(circles[at + 2]!, Math.sqrt(x * x + y * y) + pieces[i + 4]!)
    }
  }
  return circles
}

/** A piece within `tolerance` of a point, or −1. Looks first where the point before it was found: the next is seldom far. */
function pieceNear(x: number, y: number, { pieces, circles }: Border, tolerance: number, before: number): number {
  const next = before + stride < pieces.length ? before + stride : 0
  if (isNear(x, y, pieces, before, tolerance)) return before
  if (isNear(x, y, pieces, next, tolerance)) return next
  for (let circle = 0, from = 0; circle < circles.length; circle += 3, from += together * stride) {
    const offX = x - circles[circle]!, offY = y - circles[circle + 1]!, reach = circles[circle + 2]! + tolerance
    if (offX * offX + offY * offY > reach * reach) continue
    const to = Math.min(pieces.length, from + together * stride)
    for (let i = from; i < to; i += stride) if (isNear(x, y, pieces, i, tolerance)) return i
  }
  return -1
}

function isNear(x: number, y: number, pieces: Float64Array, i: number, tolerance: number): boolean {
  // Most pieces are far: a circle around the piece says so at once.
  const fromX = x - pieces[i]!, fromY = y - pieces[i + 1]!, around = pieces[i + 4]! + tolerance
  if (fromX * fromX + fromY * fromY > around * around) return false
  const dx = pieces[i + 2]!, dy = pieces[i + 3]!
  const along = (fromX * dx + fromY * dy) * pieces[i + 5]!
  const part = along > 1 ? 1 : along > -1 ? along : -1
  const offX = fromX - part * dx, offY = fromY - part * dy
  return offX * offX + offY * offY <= tolerance * tolerance
}
