import type { Polygon } from '#shared/model/geometry.ts'
import { boundsOf } from './bounds.ts'
import type { Bounds } from './point.ts'
import { type Path, pointCount } from './ring.ts'

/** Sorted starts and ends in pairs, the first `count` of `at`. */
interface Intervals { at: ArrayLike<number>; count: number }

/** Numbers of an edge in `edges`: x and y of its upper end, y of its lower end, slope dx/dy, the polygon's part it belongs to. */
const stride = 5

/** A polygon made ready for the sweep. */
export interface Scanned {
  /** Sorted by their upper ends; level ones are left out. */
  readonly edges: Float64Array
  readonly parts: number
  /** The heights of all ends and of where the polygon crosses itself, sorted; some may stand there twice. */
  readonly cuts: Float64Array
  readonly bounds: Bounds
  readonly area: number
}

/**
 * Areas of any polygons, exact but for rounding: even-odd within a part (holes included), union over parts; rings may cross themselves.
 * The plane is cut at the height of each vertex and crossing: between two cuts nothing crosses, so a length grows evenly and its middle
 * value times the height is the area.
 */
export function scanned(polygon: Polygon): Scanned {
  const edges = edgesOf(polygon)
  const parts = polygon.parts.length
  const cuts: number[] = []
  for (let i = 0; i < edges.length; i += stride) {
    cuts.push(edges[i + 1]!, edges[i + 2]!)
    addCrossings(edges, i, edges, i + stride, cuts)
  }
  const sorted = new Float64Array(cuts).sort()
  const bounds = boundsOf(polygon) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 }
  const inside = sweepOf({ edges, parts })
  let area = 0
  for (let i = 0; i + 1 < sorted.length; i++) {
    const height = sorted[i + 1]! - sorted[i]!
    if (height <= 0) continue
    moveTo(inside, sorted[i]! + height / 2)
    area += length(inside) * height
  }
  return { edges, parts, cuts: sorted, bounds, area }
}

/** The area that two share, in square pixels. */
export function scannedCommon(a: Scanned, b: Scanned): number {
  const top = Math.max(a.bounds.minY, b.bounds.minY), bottom = Math.min(a.bounds.maxY, b.bounds.maxY)
  const crossings: number[] = []
  for (let i = 0, first = 0; i < a.edges.length && a.edges[i + 1]! < bottom; i += stride) {
    if (a.edges[i + 2]! <= top) continue
    // What ends above this edge ends above all that follow.
    while (first < b.edges.length && b.edges[first + 2]! <= a.edges[i + 1]!) first += stride
    addCrossings(a.edges, i, b.edges, first, crossings)
  }
  const sorted = cutsWithin(a.cuts, b.cuts, crossings, top, bottom)
  const insideA = sweepOf(a), insideB = sweepOf(b)
  let area = 0
  for (let i = 0; i + 1 < sorted.length; i++) {
    const height = sorted[i + 1]! - sorted[i]!
    if (height <= 0) continue
    moveTo(insideA, sorted[i]! + height / 2)
    moveTo(insideB, sorted[i]! + height / 2)
    area += sharedLength(insideA, insideB) * height
  }
  return area
}

/** Both polygons' own cuts between two heights, which come sorted, with those heights and the few crossings put into their places. */
function cutsWithin(a: Float64Array, b: Float64Array, crossings: readonly number[], top: number, bottom: number): Float64Array {
  const sorted = new Float64Array(a.length + b.length + crossings.length + 2)
  let count = 0
  sorted[count++] = top
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const y = j >= b.length || (i < a.length && a[i]! <= b[j]!) ? a[i++]! : b[j++]!
    if (y >= bottom) break
    if (y > top) sorted[count++] = y
  }
  for (const y of crossings) {
    let place = count++
    for (; place > 0 && sorted[place - 1]! > y; place--) sorted[place] = sorted[place - 1]!
    sorted[place] = y
  }
  sorted[count++] = bottom
  return sorted.subarray(0, count)
}

function edgesOf(polygon: Polygon): Float64Array {
  const edges: number[][] = []
  polygon.parts.forEach((rings, part) => { for (const ring of rings) addEdges(ring, part, edges) })
  edges.sort((p, q) => p[1]! - q[1]!)
  const flat = new Float64Array(edges.length * stride)
  edges.forEach((edge, at) => flat.set(edge, at * stride))
  return flat
}

function addEdges(ring: Path, part: number, edges: number[][]): void {
  const n = pointCount(ring)
  for (let i = 0, j = n - 1; i < n; j = i++) {
    const xi = ring[i * 2]!, yi = ring[i * 2 + 1]!, xj = ring[j * 2]!, yj = ring[j * 2 + 1]!
    const slope = (xj - xi) / (yj - yi)
    // Level, or so nearly that it has no slope: it covers no height.
    if (!Number.isFinite(slope)) continue
    if (yi < yj) edges.push([xi, yi, yj, slope, part])
    else edges.push([xj, yj, yi, slope, part])
  }
}

/** The heights at which edge `i` of `edges` crosses edges of `others`, from the one at `first` on. */
function addCrossings(edges: Float64Array, i: number, others: Float64Array, first: number, cuts: number[]): void {
  const px = edges[i]!, py = edges[i + 1]!, end = edges[i + 2]!, slope = edges[i + 3]!
  for (let j = first; j < others.length; j += stride) {
    const qy = others[j + 1]!
    if (qy >= end) return
    if (others[j + 2]! <= py) continue
    const top = Math.max(py, qy), bottom = Math.min(end, others[j + 2]!)
    const qx = others[j]!, other = others[j + 3]!
    const before = px + slope * (top - py) - qx - other * (top - qy), after = px + slope * (bottom - py) - qx - other * (bottom - qy)
    if (before < 0 !== after < 0 && before !== after) cuts.push(top + (bottom - top) * (before / (before - after)))
  }
}

/** A line that goes from top to bottom over a polygon, and where it is inside: even-odd a part, joined over parts. */
interface Sweep extends Intervals {
  readonly edges: Float64Array
  readonly parts: number
  /** The first `alive` are the edges that the line crosses. */
  readonly active: Int32Array
  readonly xs: Float64Array
  alive: number
  next: number
}

function sweepOf({ edges, parts }: Pick<Scanned, 'edges' | 'parts'>): Sweep {
  const xs = new Float64Array(edges.length / stride)
  return { at: xs, count: 0, edges, parts, active: new Int32Array(xs.length), xs, alive: 0, next: 0 }
}

function moveTo(sweep: Sweep, y: number): void {
  const { edges, active, xs } = sweep
  const sorted = sweep.parts === 1
  let { alive, next } = sweep
  for (; next < edges.length && edges[next + 1]! < y; next += stride) if (edges[next + 2]! > y) active[alive++] = next
  let kept = 0
  for (let i = 0; i < alive; i++) {
    const edge = active[i]!
    if (edges[edge + 2]! <= y) continue
    active[kept] = edge
    const x = edges[edge]! + edges[edge + 3]! * (y - edges[edge + 1]!)
    // Into its place: the line crosses few edges at a time.
    let place = kept
    if (sorted) for (; place > 0 && xs[place - 1]! > x; place--) xs[place] = xs[place - 1]!
    xs[place] = x
    kept++
  }
  sweep.alive = kept
  sweep.next = next
  if (sorted) sweep.count = kept
  else joinParts(edges, active, xs.subarray(0, kept), sweep)
}

/** The intervals of each part (even-odd), joined where they meet; `xs` are the crossings of the active edges. */
function joinParts(edges: Float64Array, active: Int32Array, xs: Float64Array, answer: Intervals): void {
  const ofPart = Map.groupBy(xs.keys(), (at) => edges[active[at]! + 4]!)
  const pairs: [number, number][] = []
  for (const members of ofPart.values()) {
    const sorted = members.map((at) => xs[at]!).sort((p, q) => p - q)
    for (let i = 0; i + 1 < sorted.length; i += 2) pairs.push([sorted[i]!, sorted[i + 1]!])
  }
  const joined: number[] = []
  for (const [start, end] of pairs.sort((p, q) => p[0] - q[0])) {
    if (joined.length > 0 && start <= joined.at(-1)!) joined[joined.length - 1] = Math.max(joined.at(-1)!, end)
    else joined.push(start, end)
  }
  answer.at = joined
  answer.count = joined.length
}

function sharedLength({ at: a, count: ofA }: Intervals, { at: b, count: ofB }: Intervals): number {
  let sum = 0
  for (let i = 0, j = 0; i + 1 < ofA && j + 1 < ofB;) {
    const start = Math.max(a[i]!, b[j]!), end = Math.min(a[i + 1]!, b[j + 1]!)
    if (end > start) sum += end - start
    if (a[i + 1]! < b[j + 1]!) i += 2
    else j += 2
  }
  return sum
}

function length({ at, count }: Intervals): number {
  let sum = 0
  for (let i = 0; i + 1 < count; i += 2) sum += at[i + 1]! - at[i]!
  return sum
}
