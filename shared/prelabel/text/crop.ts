import { isAffine, project, squareToQuad, type Quad } from '#shared/geometry/homography.ts'
import type { Picture } from '../sample.ts'

/** Samples a pixel of the crop is the mean of, a side, at most: above that the picture should have been shrunk first. */
const mostSamples = 4

/**
 * The part of a picture inside four corners (in its own pixels), drawn upright at the size asked for: the projective map of
 * homography.ts, bilinear between pixel centres, the mean of several places a pixel where it shrinks. Beyond the border the
 * border's pixels go on. Null where three corners lie on a line.
 */
export function cropQuad(picture: Picture, quad: Quad, width: number, height: number): Picture | null {
  const map = squareToQuad(quad)
  if (!map || picture.width === 0 || picture.height === 0) return null
  const [a, b, c, d] = quad
  const across = samplesFor(Math.max(Math.hypot(b.x - a.x, b.y - a.y), Math.hypot(c.x - d.x, c.y - d.y)), width)
  const down = samplesFor(Math.max(Math.hypot(d.x - a.x, d.y - a.y), Math.hypot(c.x - b.x, c.y - b.y)), height)
  const data = new Uint8ClampedArray(width * height * 3)
  const sum = new Float64Array(3)
  const straight = isAffine(map)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      sum.fill(0)
      for (let j = 0; j < down; j++) {
        const v = (y + (j + 0.5) / down) / height
        for (let i = 0; i < across; i++) {
          const u = (x + (i + 0.5) / across) / width
          if (straight) addBilinear(picture, map[0] * u + map[1] * v + map[2], map[3] * u + map[4] * v + map[5], sum)
          else {
            const place = project(map, u, v)
            addBilinear(picture, place.x, place.y, sum)
          }
        }
      }
      for (let channel = 0; channel < 3; channel++) data[at + channel] = sum[channel]! / (across * down)
    }
  }
  return { width, height, data }
}

const samplesFor = (from: number, to: number): number => Math.max(1, Math.min(mostSamples, Math.round(from / to)))

function addBilinear({ width, height, data }: Picture, x: number, y: number, sum: Float64Array): void {
  const cx = Math.max(0, Math.min(width - 1, x - 0.5)), cy = Math.max(0, Math.min(height - 1, y - 0.5))
  const x0 = Math.floor(cx), y0 = Math.floor(cy)
  const x1 = Math.min(width - 1, x0 + 1), y1 = Math.min(height - 1, y0 + 1)
  const fx = cx - x0, fy = cy - y0
  const p00 = (y0 * width + x0) * 3, p10 = (y0 * width + x1) * 3, p01 = (y1 * width + x0) * 3, p11 = (y1 * width + x1) * 3
  for (let channel = 0; channel < 3; channel++) {
    const upper = data[p00 + channel]! * (1 - fx) + data[p10 + channel]! * fx
    const lower = data[p01 + channel]! * (1 - fx) + data[p11 + channel]! * fx
    sum[channel]! += upper * (1 - fy) + lower * fy
  }
}

/** The whole picture as four corners. */
export const wholeQuad = ({ width, height }: { readonly width: number; readonly height: number }): Quad =>
  [{ x: 0, y: 0 }, { x: width, y: 0 }, { x: width, y: height }, { x: 0, y: height }]
