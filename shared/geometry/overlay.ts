import type { Polygon } from '#shared/model/geometry.ts'
import { boundsOf, intersects } from './bounds.ts'
import { type Path, pointCount } from './ring.ts'

/** An edge from its upper to its lower end; `source` is 0 or 1, `part` the polygon's part it belongs to. */
interface Edge { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number; readonly source: 0 | 1; readonly part: number }
/** Sorted starts and ends, in pairs. */
type Intervals = readonly number[]
export interface OverlayAreas { readonly a: number; readonly b: number; readonly common: number }

/**
 * The areas of two polygons and of what they share, in square pixels, exact but for rounding. Even-odd within a part
 * (holes included), union over parts; rings may cross themselves. The plane is cut at the height of each vertex and
 * crossing: between two cuts nothing crosses, so a length grows evenly and its middle value times the height is the area.
 */
export function overlayAreas(a: Polygon, b: Polygon): OverlayAreas {
  const edges = [...edgesOf(a, 0), ...edgesOf(b, 1)].sort((p, q) => p.y0 - q.y0)
  const cuts = cutsOf(edges)
  const areas = { a: 0, b: 0, common: 0 }
  let next = 0
  let active: Edge[] = []
  for (let i = 0; i + 1 < cuts.length; i++) {
    const top = cuts[i]!, bottom = cuts[i + 1]!, middle = (top + bottom) / 2
    while (next < edges.length && edges[next]!.y0 < middle) active.push(edges[next++]!)
    active = active.filter((edge) => edge.y1 > middle)
    const inA = inside(active, 0, middle), inB = inside(active, 1, middle)
    areas.a += length(inA) * (bottom - top)
    areas.b += length(inB) * (bottom - top)
    areas.common += length(meet(inA, inB)) * (bottom - top)
  }
  return areas
}

/** Intersection over union of two polygons, 0 to 1; 0 when neither has an area. */
export function polygonIou(a: Polygon, b: Polygon): number {
  const boundsA = boundsOf(a), boundsB = boundsOf(b)
  if (!boundsA || !boundsB || !intersects(boundsA, boundsB)) return 0
  const areas = overlayAreas(a, b)
  const all = areas.a + areas.b - areas.common
  return all > 0 ? Math.min(1, areas.common / all) : 0
}

function edgesOf(polygon: Polygon, source: 0 | 1): Edge[] {
  const edges: Edge[] = []
  polygon.parts.forEach((rings, part) => { for (const ring of rings) addEdges(ring, source, part, edges) })
  return edges
}

function addEdges(ring: Path, source: 0 | 1, part: number, edges: Edge[]): void {
  const n = pointCount(ring)
  for (let i = 0, j = n - 1; i < n; j = i++) {
    const xi = ring[i * 2]!, yi = ring[i * 2 + 1]!, xj = ring[j * 2]!, yj = ring[j * 2 + 1]!
    if (yi < yj) edges.push({ x0: xi, y0: yi, x1: xj, y1: yj, source, part })
    else if (yi > yj) edges.push({ x0: xj, y0: yj, x1: xi, y1: yi, source, part })
  }
}

/** The heights of all ends and crossings, sorted, each once. Edges come sorted by their upper end. */
function cutsOf(edges: readonly Edge[]): number[] {
  const cuts = new Set<number>()
  edges.forEach((edge, index) => {
    cuts.add(edge.y0).add(edge.y1)
    for (let j = index + 1; j < edges.length && edges[j]!.y0 < edge.y1; j++) {
      const y = crossingHeight(edge, edges[j]!)
      if (y !== null) cuts.add(y)
    }
  })
  return [...cuts].sort((p, q) => p - q)
}

function crossingHeight(p: Edge, q: Edge): number | null {
  const top = Math.max(p.y0, q.y0), bottom = Math.min(p.y1, q.y1)
  const before = at(p, top) - at(q, top), after = at(p, bottom) - at(q, bottom)
  return before < 0 === after < 0 || before === after ? null : top + (bottom - top) * (before / (before - after))
}

const at = (edge: Edge, y: number): number => edge.x0 + ((edge.x1 - edge.x0) * (y - edge.y0)) / (edge.y1 - edge.y0)

/** Where the line at height y is inside one polygon: even-odd a part, joined over parts. */
function inside(edges: readonly Edge[], source: 0 | 1, y: number): Intervals {
  const byPart = new Map<number, number[]>()
  for (const edge of edges) {
    if (edge.source !== source) continue
    const crossings = byPart.get(edge.part)
    if (crossings) crossings.push(at(edge, y))
    else byPart.set(edge.part, [at(edge, y)])
  }
  let all: Intervals = []
  for (const crossings of byPart.values()) {
    crossings.sort((p, q) => p - q)
    all = all.length === 0 ? crossings : join(all, crossings)
  }
  return all
}

function join(a: Intervals, b: Intervals): Intervals {
  const pairs = [...pairsOf(a), ...pairsOf(b)].sort((p, q) => p[0] - q[0])
  const joined: number[] = []
  for (const [start, end] of pairs) {
    if (joined.length > 0 && start <= joined.at(-1)!) joined[joined.length - 1] = Math.max(joined.at(-1)!, end)
    else joined.push(start, end)
  }
  return joined
}

function meet(a: Intervals, b: Intervals): Intervals {
  const common: number[] = []
  for (let i = 0, j = 0; i + 1 < a.length && j + 1 < b.length;) {
    const start = Math.max(a[i]!, b[j]!), end = Math.min(a[i + 1]!, b[j + 1]!)
    if (end > start) common.push(start, end)
    if (a[i + 1]! < b[j + 1]!) i += 2
    else j += 2
  }
  return common
}

function length(intervals: Intervals): number {
  let sum = 0
  for (const [start, end] of pairsOf(intervals)) sum += end - start
  return sum
}

function pairsOf(intervals: Intervals): [number, number][] {
  const pairs: [number, number][] = []
  for (let i = 0; i + 1 < intervals.length; i += 2) pairs.push([intervals[i]!, intervals[i + 1]!])
  return pairs
}
