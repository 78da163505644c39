/** Ink is thinned out to so many pixels to find its tilt. */
const mostPoints = 20_000
const mostDegrees = 8

/**
 * How far lines of text are tilted, degrees clockwise within ±8: the angle at which the rows of the projection profile differ most
 * from the next (Postl, "Detection of linear oblique structures and skew scan in digitized documents", 1986).
 */
export function skewOf(bits: Uint8Array, width: number, height: number): number {
  const points = inkOf(bits, width)
  if (points.length < 100) return 0
  let best = 0
  for (const step of [1, 0.25, 0.05]) {
    const around = best, reach = step === 1 ? mostDegrees : step * 5
    let most = sharpness(points, around, width, height)
    for (let degrees = around - reach; degrees <= around + reach; degrees += step) {
      const sharp = sharpness(points, degrees, width, height)
      if (sharp > most) [best, most] = [degrees, sharp]
    }
  }
  return Math.abs(best) < 0.025 ? 0 : best
}

function inkOf(bits: Uint8Array, width: number): Float32Array {
  let count = 0
  for (const bit of bits) count += bit
  const every = Math.max(1, Math.ceil(count / mostPoints))
  const points: number[] = []
  let seen = 0
  bits.forEach((bit, at) => {
    if (bit && seen++ % every === 0) points.push(at % width, Math.floor(at / width))
  })
  return Float32Array.from(points)
}

function sharpness(points: Float32Array, degrees: number, width: number, height: number): number {
  const radians = (degrees * Math.PI) / 180
  const sin = Math.sin(radians), cos = Math.cos(radians)
  const offset = Math.abs(sin) * width + 1
  const rows = new Float64Array(Math.ceil(height + 2 * offset) + 2)
  for (let i = 0; i < points.length; i += 2) {
    // Shared between the two rows nearest, so that level lines have no advantage from whole numbers.
    const v = points[i + 1]! * cos - points[i]! * sin + offset
    const row = Math.floor(v)
    rows[row]! += 1 - (v - row)
    rows[row + 1]! += v - row
  }
  let sum = 0
  for (let row = 1; row < rows.length; row++) sum += (rows[row]! - rows[row - 1]!) ** 2
  return sum
}
