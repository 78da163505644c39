import type { TextLine } from '#shared/model/geometry.ts'
import { cornersOfRotated, toOwn, toWorld } from './rotatedBox.ts'
import { boundsOf, boundsOfPath, centreOf, union } from './bounds.ts'
import { convexHull } from './hull.ts'
import { quadRing } from './lineFrame.ts'
import type { ReadingAxis } from './splitLine.ts'
import { outlineOf, polygonOfRing } from './polygon.ts'
import { type Path, pointAt, pointCount } from './ring.ts'

type Outline = TextLine['outline']

/** How near, in pixels, two points are one when pieces are put together again. */
const near = 0.05

/**
 * One line around two: boxes give their common box, rotated boxes of one angle theirs, pieces of a quadrilateral or a
 * polygon the outline that they were cut from, anything else the convex hull. Takes back splitLine.
 */
export function mergeLines(first: TextLine, second: TextLine, axis: ReadingAxis): TextLine {
  const [before, after] = axis === 'rtl' ? [second, first] : [first, second]
  const baseline = before.baseline && after.baseline ? joinPaths(before.baseline, after.baseline) : null
  return { kind: 'text-line', outline: mergeOutlines(before.outline, after.outline, axis === 'vertical'), baseline }
}

function mergeOutlines(a: Outline, b: Outline, down: boolean): Outline {
  if (a.kind === 'box' && b.kind === 'box') {
    const { minX, minY, maxX, maxY } = union(boundsOf(a)!, boundsOf(b)!)
    return { kind: 'box', x: minX, y: minY, width: maxX - minX, height: maxY - minY }
  }
  if (a.kind === 'rotated-box' && b.kind === 'rotated-box' && Math.abs(a.angle - b.angle) < 3) {
    const corners = [cornersOfRotated(a), cornersOfRotated(b)].flat()
    const own: number[] = []
    for (let i = 0; i < pointCount(corners); i++) {
      const { x, y } = toOwn(a, pointAt(corners, i))
      own.push(x, y)
    }
    const bounds = boundsOfPath(own)!
    const { x, y } = toWorld(a, centreOf(bounds))
    return { kind: 'rotated-box', cx: x, cy: y, width: bounds.maxX - bounds.minX, height: bounds.maxY - bounds.minY, angle: a.angle }
  }
  return joinQuads(a, b, down) ?? stitch(a, b) ?? polygonOfRing(convexHull([...ringOf(a), ...ringOf(b)]))
}

const same = (p: { x: number; y: number }, q: { x: number; y: number }): boolean => Math.hypot(p.x - q.x, p.y - q.y) <= near

/** Two quadrilaterals that share the cut. */
function joinQuads(a: Outline, b: Outline, down: boolean): Outline | null {
  const p = quadRing(a), q = quadRing(b)
  if (!p || !q) return null
  const touching = down ? same(p[3], q[0]) && same(p[2], q[1]) : same(p[1], q[0]) && same(p[2], q[3])
  if (!touching) return null
  const corners = down ? [p[0], p[1], q[2], q[3]] : [p[0], q[1], q[2], p[3]]
  return polygonOfRing(corners.flatMap(({ x, y }) => [x, y]))
}

/** Two rings that share one edge, as one ring without it. */
function stitch(a: Outline, b: Outline): Outline | null {
  const left = ringOf(a), right = ringOf(b)
  const n = pointCount(left), m = pointCount(right)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      if (!same(pointAt(left, i), pointAt(right, (j + 1) % m)) || !same(pointAt(left, (i + 1) % n), pointAt(right, j))) continue
      const around = [...turned(left, i + 1), ...turned(right, j + 1).slice(2, -2)]
      return polygonOfRing(around)
    }
  }
  return null
}

/** The same ring beginning at another point. */
const turned = (ring: Path, index: number): number[] => {
  const at = (index % pointCount(ring)) * 2
  return [...ring.slice(at), ...ring.slice(0, at)]
}

const ringOf = (outline: Outline): Path => outlineOf(outline)!.parts.flatMap(([outer]) => outer ?? [])

function joinPaths(a: Path, b: Path): number[] {
  const touching = same(pointAt(a, pointCount(a) - 1), pointAt(b, 0))
  return touching ? [...a, ...b.slice(2)] : [...a, ...b]
}
