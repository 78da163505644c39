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
