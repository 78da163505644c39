import type { TextLine } from '#shared/model/geometry.ts'
import { project, squareToQuad, type Quad } from './homography.ts'
import { lineFrame, quadRing } from './lineFrame.ts'
import type { ImagePoint } from './point.ts'
import { polygonOfRing } from './polygon.ts'
import { type Path, pointAt, pointCount } from './ring.ts'
import { toWorld } from './rotatedBox.ts'

/** The axis along which a line is read; `rtl` reads its crop from the right. */
export type ReadingAxis = 'ltr' | 'rtl' | 'vertical'

/**
 * A line cut across at `fraction` (0 to 1) of its reading direction, as [what is read first, what is read then]. The
 * areas of the two together are that of the line; a box stays a box, a rotated box keeps its angle, a quadrilateral
 * gives two.
 */
export function splitLine(line: TextLine, fraction: number, axis: ReadingAxis): [TextLine, TextLine] {
  const at = Math.min(0.999, Math.max(0.001, axis === 'rtl' ? 1 - fraction : fraction))
  const [near, far] = splitOutline(line, at, axis === 'vertical')
  const [nearBase, farBase] = splitBaseline(line.baseline, at)
  const pair: [TextLine, TextLine] = [{ kind: 'text-line', outline: near, baseline: nearBase }, { kind: 'text-line', outline: far, baseline: farBase }]
  return axis === 'rtl' ? [pair[1], pair[0]] : pair
}

type Outline = TextLine['outline']

function splitOutline(line: TextLine, at: number, down: boolean): [Outline, Outline] {
  const { outline } = line
  if (outline.kind === 'box') {
    const { x, y, width, height } = outline
    return down
      ? [{ ...outline, height: height * at }, { ...outline, y: y + height * at, height: height * (1 - at) }]
      : [{ ...outline, width: width * at }, { ...outline, x: x + width * at, width: width * (1 - at) }]
  }
  if (outline.kind === 'rotated-box') {
    const part = (from: number, to: number): Outline => {
      const middle = (from + to) / 2 - 0.5
      const centre = toWorld(outline, down ? { x: 0, y: middle * outline.height } : { x: middle * outline.width, y: 0 })
      const size = down ? { height: outline.height * (to - from) } : { width: outline.width * (to - from) }
      return { ...outline, cx: centre.x, cy: centre.y, ...size }
    }
    return [part(0, at), part(at, 1)]
  }
  const { quad } = lineFrame(line)
  const [from, to] = cutOf(quad, at, down)
  if (quadRing(outline)) return splitQuad(quad, from, to, down)
  // What is left of the directed cut is read first when lines run down, else what is right of it.
  const side = (sign: number): Outline => {
    const rings = outline.parts.flatMap(([outer]) => { const cut = clipRing(outer!, from, to, sign); return cut.length >= 6 ? [[cut]] : [] })
    return rings.length > 0 ? { kind: 'polygon', parts: rings } : outline
  }
  return down ? [side(1), side(-1)] : [side(-1), side(1)]
}

/** The two ends of the cut: on the upper and the lower side of the frame, or on its left and its right side. */
function cutOf(quad: Quad, at: number, down: boolean): [ImagePoint, ImagePoint] {
  const map = squareToQuad(quad)
  const place = (u: number, v: number): ImagePoint => (map ? project(map, u, v) : quad[0])
  return down ? [place(0, at), place(1, at)] : [place(at, 0), place(at, 1)]
}

function splitQuad([a, b, c, d]: Quad, from: ImagePoint, to: ImagePoint, down: boolean): [Outline, Outline] {
  const ring = (...points: ImagePoint[]): Outline => polygonOfRing(points.flatMap(({ x, y }) => [x, y]))
  return down ? [ring(a, b, to, from), ring(from, to, c, d)] : [ring(a, from, to, d), ring(from, b, c, to)]
}

/** The part of a ring on one side of a line (Sutherland and Hodgman, 1974); `sign` -1 keeps what lies to the right of from → to as seen. */
function clipRing(ring: Path, from: ImagePoint, to: ImagePoint, sign: number): number[] {
  const side = ({ x, y }: ImagePoint): number => -sign * ((to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x))
  const kept: number[] = []
  const n = pointCount(ring)
  for (let i = 0; i < n; i++) {
    const p = pointAt(ring, i), q = pointAt(ring, (i + 1) % n)
    const sp = side(p), sq = side(q)
    if (sp >= 0) kept.push(p.x, p.y)
    if ((sp > 0 && sq < 0) || (sp < 0 && sq > 0)) kept.push(p.x + ((q.x - p.x) * sp) / (sp - sq), p.y + ((q.y - p.y) * sp) / (sp - sq))
  }
  return kept
}

function splitBaseline(baseline: TextLine['baseline'], at: number): [TextLine['baseline'], TextLine['baseline']] {
  if (!baseline) return [null, null]
  const points = Array.from({ length: pointCount(baseline) }, (_, index) => pointAt(baseline, index))
  const lengths = points.slice(1).map((point, index) => Math.hypot(point.x - points[index]!.x, point.y - points[index]!.y))
  let left = at * lengths.reduce((sum, length) => sum + length, 0)
  const flat = (list: readonly ImagePoint[]) => list.flatMap(({ x, y }) => [x, y])
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i]!
    if (left <= length || i === lengths.length - 1) {
      const t = length === 0 ? 0 : Math.min(1, left / length)
      const p = points[i]!, q = points[i + 1]!
      const middle = { x: p.x + (q.x - p.x) * t, y: p.y + (q.y - p.y) * t }
      return [flat([...points.slice(0, i + 1), middle]), flat([middle, ...points.slice(i + 1)])]
    }
    left -= length
  }
  return [baseline, baseline]
}

/** A line cut at several fractions, in reading order: one piece more than there are cuts. Fractions rise within (0, 1). */
export function splitLineAt(line: TextLine, fractions: readonly number[], axis: ReadingAxis): TextLine[] {
  const pieces: TextLine[] = []
  let rest = line
  let done = 0
  for (const fraction of fractions) {
    const [first, then] = splitLine(rest, (fraction - done) / (1 - done), axis)
    pieces.push(first)
    rest = then
    done = fraction
  }
  return [...pieces, rest]
}
