/** Class scores a place, and the best class of each: -1 where the scores are not finite. */
export interface ScoreMap {
  readonly width: number; readonly height: number; readonly channels: number
  readonly data: Float32Array; readonly step: number; readonly classStep: number
  readonly best: Int32Array
}

/**
 * The best classes on a grid `times` finer, as if the scores were enlarged bilinearly (between middles, edges repeated) before the best is
 * taken. Where the four neighbours agree, so does everything between them; only the borders are reckoned out.
 */
export function refine(map: ScoreMap, times: number): Int32Array {
  if (times === 1) return map.best
  const width = map.width * times, height = map.height * times
  const out = new Int32Array(width * height)
  const columns = taps(map.width, times), rows = taps(map.height, times)
  for (let row = 0, to = 0; row < height; row++) {
    const upper = rows.first[row]! * map.width, lower = rows.second[row]! * map.width
    for (let column = 0; column < width; column++, to++) {
      const left = columns.first[column]!, right = columns.second[column]!
      const a = map.best[upper + left]!, b = map.best[upper + right]!, c = map.best[lower + left]!, d = map.best[lower + right]!
      const agree = a === b && a === c && a === d, isSound = a >= 0 && b >= 0 && c >= 0 && d >= 0
      out[to] = agree || !isSound ? (agree ? a : -1) : bestBetween(map, upper + left, upper + right, lower + left, lower + right, columns.share[column]!, rows.share[row]!)
    }
  }
  return out
}

function bestBetween({ data, step, classStep, channels }: ScoreMap, a: number, b: number, c: number, d: number, across: number, down: number): number {
  const ofA = (1 - across) * (1 - down), ofB = across * (1 - down), ofC = (1 - across) * down, ofD = across * down
  let best = -Infinity, which = 0
  for (let channel = 0, at = 0; channel < channels; channel++, at += classStep) {
    const value = data[a * step + at]! * ofA + data[b * step + at]! * ofB + data[c * step + at]! * ofC + data[d * step + at]! * ofD
    if (value > best) { best = value; which = channel }
  }
  return which
}

function taps(size: number, times: number) {
  const first = new Int32Array(size * times), second = new Int32Array(size * times), share = new Float32Array(size * times)
  for (let i = 0; i < first.length; i++) {
    const at = Math.min(Math.max((i + 0.5) / times - 0.5, 0), size - 1)
    first[i] = Math.floor(at)
    second[i] = Math.min(first[i]! + 1, size - 1)
    share[i] = at - first[i]!
  }
  return { first, second, share }
}
