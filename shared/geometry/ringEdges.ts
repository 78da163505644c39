import { segmentsMeet } from './lineSegment.ts'
import { numbers } from './numbers.ts'
import type { Path } from './ring.ts'

/** Numbers of an edge: x and y of its left end, x and y of its right end, slope dy/dx (0 where it is upright), its way (1 left to right, −1 right to left), its place in the ring. */
export const edgeStride = 7

/** The edges of a ring by their left ends, flat; points that repeat the one before make none. An upright edge runs from its first end to its second, way 1. */
export function edgesByX(given: Path): Float64Array {
  const ring = withoutRepeats(given)
  const starts = startsByX(ring)
  const edges = numbers(starts.length * edgeStride)
  for (let edge = 0, at = 0; edge < starts.length; edge++, at += edgeStride) {
    const i = starts[edge]!, next = i + 2 < ring.length ? i + 2 : 0
    const back = ring[next]! < ring[i]!
    const left = back ? next : i, right = back ? i : next
    const slope = (ring[right + 1]! - ring[left + 1]!) / (ring[right]! - ring[left]!)
    edges[at] = ring[left]!
    edges[at + 1] = ring[left + 1]!
    edges[at + 2] = ring[right]!
    edges[at + 3] = ring[right + 1]!
    edges[at + 4] = Number.isFinite(slope) ? slope : 0
    edges[at + 5] = back ? -1 : 1
    edges[at + 6] = i >> 1
  }
  return edges
}

/** The ring itself where no point repeats the one before it, and the first not the last. */
function withoutRepeats(ring: Path): Path {
  const repeats = (i: number) => {
    const before = i > 0 ? i - 2 : ring.length - 2
    return ring[i] === ring[before] && ring[i + 1] === ring[before + 1]
  }
  for (let i = 0; i < ring.length; i += 2) if (repeats(i)) return ring.filter((_, at) => !repeats(at & ~1))
  return ring
}

/** Up to here an edge is put into its place among the others, which costs least where they are few. */
const fewEdges = 64

/** Where in the ring its edges begin, by the x of their left ends. */
function startsByX(ring: Path): number[] {
  const starts: number[] = [], lefts: number[] = []
  for (let i = 0; i < ring.length; i += 2) {
    starts.push(i)
    lefts.push(Math.min(ring[i]!, ring[i + 2 < ring.length ? i + 2 : 0]!))
  }
  if (starts.length > fewEdges) return starts.sort((a, b) => lefts[a >> 1]! - lefts[b >> 1]!)
  for (let at = 1; at < starts.length; at++) {
    const start = starts[at]!, left = lefts[at]!
    let place = at
    for (; place > 0 && lefts[place - 1]! > left; place--) {
      starts[place] = starts[place - 1]!
      lefts[place] = lefts[place - 1]!
    }
    starts[place] = start
    lefts[place] = left
  }
  return starts
}

/** Whether two edges that are not neighbours meet (touching counts), or two neighbours lie on top of each other; `edges` as of `edgesByX`. */
export function edgesMeet(edges: Float64Array): boolean {
  for (let p = 0; p < edges.length; p += edgeStride) {
    const right = edges[p + 2]!
    const low = Math.min(edges[p + 1]!, edges[p + 3]!), high = Math.max(edges[p + 1]!, edges[p + 3]!)
    for (let q = p + edgeStride; q < edges.length && edges[q]! <= right; q += edgeStride) {
      const y = edges[q + 1]!, end = edges[q + 3]!
      if ((y > high && end > high) || (y < low && end < low)) continue
      if (inConflict(edges, p, q)) return true
    }
  }
  return false
}

function inConflict(edges: Float64Array, p: number, q: number): boolean {
  const n = edges.length / edgeStride, ofP = edges[p + 6]!, ofQ = edges[q + 6]!
  if ((ofP + 1) % n === ofQ) return turnsBack(edges, p, q)
  if ((ofQ + 1) % n === ofP) return turnsBack(edges, q, p)
  const point = (at: number) => ({ x: edges[at]!, y: edges[at + 1]! })
  return segmentsMeet(point(p), point(p + 2), point(q), point(q + 2))
}

/** Neighbours share one point; they conflict only when the second turns straight back over the first. */
function turnsBack(edges: Float64Array, first: number, second: number): boolean {
  const a = edges[first + 5]!, b = edges[second + 5]!
  const dx = a * (edges[first + 2]! - edges[first]!), dy = a * (edges[first + 3]! - edges[first + 1]!)
  const ex = b * (edges[second + 2]! - edges[second]!), ey = b * (edges[second + 3]! - edges[second + 1]!)
  return dx * ex + dy * ey < 0 && dx * ey === dy * ex
}
