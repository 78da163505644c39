/** The eight neighbours; a direction and its opposite differ in the last bit. */
export const directions = [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, -1], [1, -1], [-1, 1]] as const

const none = -1, terminal = -2, orphan = -3
const free = 0, source = 1, sink = 2

/**
 * The least cut of a grid of pixels, each joined to its eight neighbours: the algorithm of Boykov & Kolmogorov ("An experimental comparison
 * of min-cut/max-flow algorithms for energy minimization in vision", 2004). `terminals[p]` is what the source gives p less what p gives the
 * sink; `weights[p * 8 + d]` the weight of the edge from p to its neighbour d, the same both ways, 0 over the border. Both are used up.
 * Returns 1 for each pixel on the source's side.
 */
export function gridCut(width: number, height: number, terminals: Float64Array, weights: Float32Array): Uint8Array {
  const count = width * height
  const steps = directions.map(([dx, dy]) => dy * width + dx)
  const tree = new Uint8Array(count)
  /** The direction to the parent, or one of the three marks. */
  const parent = new Int8Array(count).fill(none)
  /** How far from the terminal, as known at time `stamp`: short paths first. */
  const distance = new Int32Array(count), stamp = new Int32Array(count)
  const queue = new Int32Array(count + 1)
  const queued = new Uint8Array(count)
  let head = 0, tail = 0, time = 0
  const orphans: number[] = []

  const activate = (p: number) => {
    if (queued[p]) return
    queued[p] = 1
    queue[tail] = p
    tail = tail === count ? 0 : tail + 1
  }
  /** What can still flow from the tree's root side over the edge p–q: along it in the source's tree, against it in the sink's. */
  const open = (p: number, d: number, side: number): number => (side === source ? weights[p * 8 + d]! : weights[(p + steps[d]!) * 8 + (d ^ 1)]!)

  for (let p = 0; p < count; p++) {
    if (terminals[p] === 0) continue
    tree[p] = terminals[p]! > 0 ? source : sink
    parent[p] = terminal
    distance[p] = 1
    activate(p)
  }

  for (;;) {
    const meeting = grow()
    if (!meeting) break
    time++
    augment(meeting.p, meeting.d)
    while (orphans.length > 0) adopt(orphans.pop()!)
  }
  return tree.map((side) => (side === source ? 1 : 0))

  /** Grows both trees until they meet: an edge from the source's tree (p) to the sink's, in direction d. */
  function grow(): { p: number; d: number } | null {
    while (head !== tail) {
      const p = queue[head]!
      const side = tree[p]!
      if (side !== free) {
        for (let d = 0; d < 8; d++) {
          const q = p + steps[d]!
          if (q < 0 || q >= count || open(p, d, side) <= 0) continue
          if (tree[q] === free) {
            tree[q] = side
            parent[q] = d ^ 1
            stamp[q] = stamp[p]!
            distance[q] = distance[p]! + 1
            activate(q)
          } else if (tree[q] !== side) {
            return side === source ? { p, d } : { p: q, d: d ^ 1 }
          } else if (stamp[q]! <= stamp[p]! && distance[q]! > distance[p]! + 1) {
            parent[q] = d ^ 1
            stamp[q] = stamp[p]!
            distance[q] = distance[p]! + 1
          }
        }
      }
      queued[p] = 0
      head = head === count ? 0 : head + 1
    }
    return null
  }

  function augment(p: number, d: number): void {
    const q = p + steps[d]!
    let flow = weights[p * 8 + d]!
    let at = p
    for (; parent[at] !== terminal; at += steps[parent[at]!]!) flow = Math.min(flow, weights[(at + steps[parent[at]!]!) * 8 + (parent[at]! ^ 1)]!)
    flow = Math.min(flow, terminals[at]!)
    for (at = q; parent[at] !== terminal; at += steps[parent[at]!]!) flow = Math.min(flow, weights[at * 8 + parent[at]!]!)
    flow = Math.min(flow, -terminals[at]!)
    push(p, d, flow)
    for (at = p; parent[at] !== terminal;) {
      const up = parent[at]!, above = at + steps[up]!
      push(above, up ^ 1, flow)
      if (weights[above * 8 + (up ^ 1)]! <= 0) orphaned(at)
      at = above
    }
    terminals[at]! -= flow
    if (terminals[at]! <= 0) orphaned(at)
    for (at = q; parent[at] !== terminal;) {
      const up = parent[at]!, above = at + steps[up]!
      push(at, up, flow)
      if (weights[at * 8 + up]! <= 0) orphaned(at)
      at = above
    }
    terminals[at]! += flow
    if (terminals[at]! >= 0) orphaned(at)
  }

  function push(p: number, d: number, flow: number): void {
    weights[p * 8 + d]! -= flow
    weights[(p + steps[d]!) * 8 + (d ^ 1)]! += flow
  }

  function orphaned(p: number): void {
    parent[p] = orphan
    orphans.push(p)
  }

  /** Finds an orphan another parent in its tree, the nearest to the terminal; or sets it free and its children with it. */
  function adopt(p: number): void {
    const side = tree[p]!
    let best = none, least = Infinity
    for (let d = 0; d < 8; d++) {
      const q = p + steps[d]!
      if (q < 0 || q >= count || tree[q] !== side || parent[q] === none || open(q, d ^ 1, side) <= 0) continue
      const far = rootDistance(q)
      if (far < least) [best, least] = [d, far]
    }
    parent[p] = best
    if (best !== none) {
      stamp[p] = time
      distance[p] = least + 1
      return
    }
    for (let d = 0; d < 8; d++) {
      const q = p + steps[d]!
      if (q < 0 || q >= count || tree[q] !== side) continue
      if (open(q, d ^ 1, side) > 0) activate(q)
      if (parent[q] === (d ^ 1)) orphaned(q)
    }
    tree[p] = free
  }

  /** Steps to the terminal; Infinity where the way ends in an orphan. What it learns is kept for this round. */
  function rootDistance(from: number): number {
    let far = 0
    let at = from
    for (;;) {
      if (stamp[at] === time) {
        far += distance[at]!
        break
      }
      const up = parent[at]!
      far++
      if (up === terminal) {
        stamp[at] = time
        distance[at] = 1
        break
      }
      if (up === orphan || up === none) return Infinity
      at += steps[up]!
    }
    let left = far
    for (at = from; stamp[at] !== time; at += steps[parent[at]!]!) {
      stamp[at] = time
      distance[at] = left--
    }
    return far
  }
}
