import type { Box, Polygon } from '#shared/model/geometry.ts'
import { connectedComponents } from '#shared/geometry/components.ts'
import { cropQuad } from '../text/crop.ts'
import type { ImageSample, Picture } from '../sample.ts'
import { assign, clusters, learn, mixtureCost, type Colours, type Gaussian } from './colourMixture.ts'
import { directions, gridCut } from './graphCut.ts'
import { tidyPolygon } from './shapes.ts'

/** The region that is looked at is shrunk to this: outlines stay within a pixel of it, and a key press within half a second. */
const longest = 240
/** What lies around the box and is surely background, as a share of its sides. */
const margin = 0.2
const rounds = 4
/** The weight of smoothness that Rother et al. trained. */
const gamma = 50
/** Parts smaller than this share of the largest are specks. */
const leastPart = 0.05

export interface CutObject {
  /** In pixels of the item. */
  readonly polygon: Polygon
  /** How sure the colours are that the inside is not background, the mean of its pixels, 0 … 1. */
  readonly score: number
}

/**
 * The object in a box, by GrabCut (Rother, Kolmogorov & Blake 2004): mixtures of five Gaussians for the colours inside and outside,
 * and a least cut, in turns. What is outside the box is background. Null where the box holds no pixel or nothing stands out in it.
 */
export function grabCut(sample: ImageSample, box: Pick<Box, 'x' | 'y' | 'width' | 'height'>): CutObject | null {
  const region = regionAround(sample, box)
  if (!region) return null
  const { picture, inside } = region
  const cut = cutOut(picture, inside)
  if (!cut) return null
  const bits = largestParts(cut.bits, picture.width, picture.height)
  const area = bits.reduce((sum, bit) => sum + bit, 0)
  // Nothing is left, or all of the box: there was nothing to tell apart.
  if (area < 8 || area < 0.01 * inside.reduce((sum, bit) => sum + bit, 0)) return null
  const { scaleX, scaleY, offsetX, offsetY } = region
  const polygon = tidyPolygon({ x: 0, y: 0, width: picture.width, height: picture.height, data: bits }, area,
    { scaleX, scaleY, offsetX, offsetY, width: sample.width, height: sample.height })
  return polygon && { polygon, score: surenessOf(bits, picture, cut) }
}

interface Region { readonly picture: Picture; readonly inside: Uint8Array; readonly scaleX: number; readonly scaleY: number; readonly offsetX: number; readonly offsetY: number }

/** The box and what lies around it, small; at the border of the picture the outermost pixels of the box serve as what lies around. */
function regionAround({ picture, width, height }: ImageSample, box: Pick<Box, 'x' | 'y' | 'width' | 'height'>): Region | null {
  const left = Math.max(0, box.x - margin * box.width), right = Math.min(width, box.x + box.width * (1 + margin))
  const top = Math.max(0, box.y - margin * box.height), bottom = Math.min(height, box.y + box.height * (1 + margin))
  const toX = picture.width / width, toY = picture.height / height
  const scale = Math.min(1, longest / Math.max((right - left) * toX, (bottom - top) * toY))
  const across = Math.round((right - left) * toX * scale), down = Math.round((bottom - top) * toY * scale)
  if (!(across >= 4 && down >= 4)) return null
  const corner = (x: number, y: number) => ({ x: x * toX, y: y * toY })
  const small = cropQuad(picture, [corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)], across, down)
  if (!small) return null
  const scaleX = (right - left) / across, scaleY = (bottom - top) / down
  const inside = new Uint8Array(across * down)
  for (let y = 1; y < down - 1; y++) {
    for (let x = 1; x < across - 1; x++) {
      const itemX = left + (x + 0.5) * scaleX, itemY = top + (y + 0.5) * scaleY
      if (itemX >= box.x && itemX < box.x + box.width && itemY >= box.y && itemY < box.y + box.height) inside[y * across + x] = 1
    }
  }
  return { picture: small, inside, scaleX, scaleY, offsetX: left, offsetY: top }
}

interface Cut { readonly bits: Uint8Array; readonly object: readonly Gaussian[]; readonly background: readonly Gaussian[] }

function cutOut(picture: Picture, inside: Uint8Array): Cut | null {
  const { data } = picture
  const edges = edgeWeights(picture)
  if (!edges) return null
  let bits: Uint8Array = inside
  let object: Gaussian[] = [], background: Gaussian[] = []
  for (let round = 0; round < rounds; round++) {
    const front = coloursWhere(data, bits, 1), back = coloursWhere(data, bits, 0)
    if (front.pixels.length === 0 || back.pixels.length === 0) return null
    object = learn(front, round === 0 ? clusters(front) : assign(front, object))
    background = learn(back, round === 0 ? clusters(back) : assign(back, background))
    const terminals = Float64Array.from(inside, (free, pixel) => (free ? mixtureCost(background, data, pixel) - mixtureCost(object, data, pixel) : -9 * gamma))
    const next = gridCut(picture.width, picture.height, terminals, edges.slice())
    const same = next.every((bit, pixel) => bit === bits[pixel])
    bits = next
    if (same) break
  }
  return { bits, object, background }
}

const coloursWhere = (data: Picture['data'], bits: Uint8Array, value: number): Colours =>
  ({ data, pixels: Int32Array.from(Array.from(bits.keys()).filter((pixel) => bits[pixel] === value)) })

/** γ · exp(-β |difference|²) / distance, β from the mean difference of neighbours (eq. 11 and Boykov & Jolly 2001); null where all pixels are alike. */
function edgeWeights({ width, height, data }: Picture): Float32Array | null {
  const differences = new Float32Array(width * height * 8).fill(-1)
  let sum = 0, count = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      directions.forEach(([dx, dy], d) => {
        if (x + dx < 0 || y + dy < 0 || x + dx >= width || y + dy >= height) return
        const p = (y * width + x) * 3, q = ((y + dy) * width + x + dx) * 3
        const difference = (data[p]! - data[q]!) ** 2 + (data[p + 1]! - data[q + 1]!) ** 2 + (data[p + 2]! - data[q + 2]!) ** 2
        differences[(y * width + x) * 8 + d] = difference
        sum += difference
        count++
      })
    }
  }
  if (sum === 0) return null
  const beta = count / (2 * sum)
  return differences.map((difference, at) => (difference < 0 ? 0 : (gamma * Math.exp(-beta * difference)) / ((at & 7) < 4 ? 1 : Math.SQRT2)))
}

function largestParts(bits: Uint8Array, width: number, height: number): Uint8Array {
  const { list, labels } = connectedComponents({ width, height, data: bits })
  const largest = list.reduce((most, { area }) => Math.max(most, area), 0)
  return Uint8Array.from(labels, (label) => (label > 0 && list[label - 1]!.area >= leastPart * largest ? 1 : 0))
}

function surenessOf(bits: Uint8Array, { data }: Picture, { object, background }: Cut): number {
  let sum = 0, count = 0
  bits.forEach((bit, pixel) => {
    if (!bit) return
    sum += 1 / (1 + Math.exp(mixtureCost(object, data, pixel) - mixtureCost(background, data, pixel)))
    count++
  })
  return sum / count
}
