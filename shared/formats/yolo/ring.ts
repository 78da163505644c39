import type { Mask, Polygon } from '#shared/model/geometry.ts'

/**
 * Rings as one closed ring: each further part or hole is joined by a bridge of no width, there and back, between
 * near vertices. The even-odd rule fills it as before (that is how cv2.fillPoly fills a polygon).
 */
export function oneRing(rings: readonly (readonly number[])[]): number[] {
  let joined = [...rings[0]!]
  const left = rings.slice(1)
  for (const ring of left) {
    const [at, from] = nearest(joined, ring)
    const turned = [...ring.slice(from), ...ring.slice(0, from + 2)]
    joined = [...joined.slice(0, at + 2), ...turned, ...joined.slice(at)]
  }
  return joined
}

/** Looks at every vertex of the smaller searches, at about 200 of each in the larger ones: near is enough. */
function nearest(a: readonly number[], b: readonly number[]): [indexA: number, indexB: number] {
  const stepA = 2 * Math.ceil(a.length / 400)
  const stepB = 2 * Math.ceil(b.length / 400)
  let best: [number, number] = [0, 0]
  let least = Infinity
  for (let i = 0; i < a.length; i += stepA) {
    for (let j = 0; j < b.length; j += stepB) {
      const distance = (a[i]! - b[j]!) ** 2 + (a[i + 1]! - b[j + 1]!) ** 2
      if (distance >= least) continue
      least = distance
      best = [i, j]
    }
  }
  return best
}

/** The part of a ring inside a picture (Sutherland and Hodgman 1974); fewer than three points: nothing is left. */
export function clippedRing(ring: readonly number[], width: number, height: number): number[] {
  let result = [...ring]
  for (const [axis, limit, sign] of [[0, 0, 1], [0, width, -1], [1, 0, 1], [1, height, -1]] as const) {
    const input = result
    result = []
    for (let index = 0; index < input.length; index += 2) {
      const previous = (index + input.length - 2) % input.length
      const here = (input[index + axis]! - limit) * sign
      const before = (input[previous + axis]! - limit) * sign
      if (here >= 0 !== before >= 0) {
        const share = before / (before - here)
        const point = [input[previous]! + share * (input[index]! - input[previous]!), input[previous + 1]! + share * (input[index + 1]! - input[previous + 1]!)]
        point[axis] = limit
        result.push(...point)
      }
      if (here >= 0) result.push(input[index]!, input[index + 1]!)
    }
  }
  return result
}

/** The borders of a mask's pixels as rings along the pixel edges, corners only. */
export function ringsOfMask(mask: Mask): Polygon['parts'][number] {
  const { width, height } = mask
  const inside = new Uint8Array(width * height)
  let at = 0
  for (const [index, count] of mask.counts.entries()) {
    if (index % 2 === 1) inside.fill(1, at, at + count)
    at += count
  }
  const is = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && inside[x * height + y] === 1
  // Directed edges with the mask on their right, by the corner where they begin.
  const stride = width + 1
  const edges = new Map<number, number[]>()
  const edge = (x0: number, y0: number, x1: number, y1: number) => {
    const from = y0 * stride + x0
    const list = edges.get(from)
    if (list === undefined) edges.set(from, [y1 * stride + x1])
    else list.push(y1 * stride + x1)
  }
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) {
      if (!is(x, y)) continue
      if (!is(x, y - 1)) edge(x, y, x + 1, y)
      if (!is(x + 1, y)) edge(x + 1, y, x + 1, y + 1)
      if (!is(x, y + 1)) edge(x + 1, y + 1, x, y + 1)
      if (!is(x - 1, y)) edge(x, y + 1, x, y)
    }
  }
  const rings: number[][] = []
  for (const start of [...edges.keys()].sort((a, b) => a - b)) {
    while ((edges.get(start)?.length ?? 0) > 0) rings.push(followed(edges, start, stride).map((value, index) => value + (index % 2 === 0 ? mask.x : mask.y)))
  }
  return rings
}

function followed(edges: Map<number, number[]>, start: number, stride: number): number[] {
  const corners: number[] = []
  let previous = -1
  for (let here = start; ;) {
    const next = edges.get(here)!.pop()!
    if (previous < 0 || next - here !== here - previous) corners.push(here)
    previous = here
    here = next
    if (here === start) break
  }
  return corners.flatMap((corner) => [corner % stride, Math.floor(corner / stride)])
}
