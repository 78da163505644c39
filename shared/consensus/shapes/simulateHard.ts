import { boundsOf } from '#shared/geometry/bounds.ts'
import { boxOfBounds } from '#shared/geometry/box.ts'
import { signedArea } from '#shared/geometry/ring.ts'
import type { Polygon, Ring } from '#shared/model/geometry.ts'
import { normalFrom } from '#shared/consensus/random.ts'
import { waves, type Annotator, type Thing } from './simulatedPeople.ts'

/** A thing of 60 to 400 pixels that is no blob: bent around a bay, with a hole, or in two parts. */
export function hardThingAt(id: string, random: () => number): Thing {
  const radius = 30 * 6.7 ** random(), cx = 450 + 1100 * random(), cy = 450 + 600 * random(), turn = random() * 2 * Math.PI
  const blob = (x: number, y: number, size: number, rough = 0.08): Ring => {
    const wave = waves(rough, random)
    return Array.from({ length: 64 }, (_, at) => (at / 64) * 2 * Math.PI).flatMap((angle) => [x + size * (1 + wave(angle)) * Math.cos(angle), y + size * (1 + wave(angle)) * Math.sin(angle)])
  }
  const sort = Math.floor(3 * random())
  const parts = sort === 0 ? [[bay(cx, cy, radius, turn, random)]] : sort === 1 ? [[blob(cx, cy, radius), blob(cx, cy, 0.45 * radius, 0.05).reverse()]]
    : [-0.62, 0.62].map((side) => [blob(cx + side * radius * Math.cos(turn), cy + side * radius * Math.sin(turn), 0.5 * radius)])
  // A reversed list has its y before its x.
  const rings = parts.map((part) => part.map((ring, at) => (at > 0 ? swapped(ring) : ring)))
  const outline: Polygon = { kind: 'polygon', parts: rings }
  return { id, label: 'cat', outline, box: boxOfBounds(boundsOf(outline)!) }
}

const swapped = (ring: Ring): Ring => ring.map((_, at) => ring[at % 2 === 0 ? at + 1 : at - 1]!)

/** Three quarters of a thick ring. */
function bay(cx: number, cy: number, radius: number, turn: number, random: () => number): Ring {
  const wave = waves(0.05, random)
  const arc = (r: number, at: number) => {
    const angle = turn + at * 1.5 * Math.PI, own = r * radius * (1 + wave(angle))
    return [cx + own * Math.cos(angle), cy + own * Math.sin(angle)]
  }
  return [...Array.from({ length: 48 }, (_, at) => arc(1, at / 47)), ...Array.from({ length: 32 }, (_, at) => arc(0.5, 1 - at / 31))].flat()
}

/** Each ring at about half of its points, moved along its normal by a smooth wave, a little noise and the margin, the whole by the bias of the sides. */
export function drawRings({ outline, box }: Thing, { jitter, jitterPixels, bias, biasPixels, gross, margin = 0 }: Annotator, random: () => number): Polygon {
  const wild = random() < gross ? 4 : 1
  const size = Math.sqrt(box.width * box.height)
  const moved = (x: number, y: number) => {
    const u = (x - box.x) / box.width, v = (y - box.y) / box.height
    return [
      x + (bias[0] * box.width + biasPixels[0]) * (1 - u) + (bias[2] * box.width + biasPixels[2]) * u,
      y + (bias[1] * box.height + biasPixels[1]) * (1 - v) + (bias[3] * box.height + biasPixels[3]) * v,
    ]
  }
  return { kind: 'polygon', parts: outline.parts.map((part) => part.map((ring, at) => {
    const n = ring.length / 2, count = Math.max(16, Math.floor(n * (0.4 + 0.4 * random()))), wave = waves(1, random)
    // Outwards, which in a hole is into it.
    const outwards = Math.sign(signedArea(ring)) * (at === 0 ? 1 : -1)
    return Array.from({ length: count }, (_, i) => Math.floor((i / count) * n)).flatMap((from, i) => {
      const before = ((from + n - 1) % n) * 2, after = ((from + 1) % n) * 2
      const dx = ring[after]! - ring[before]!, dy = ring[after + 1]! - ring[before + 1]!, length = Math.hypot(dx, dy) || 1
      const off = outwards * (margin + wild * (0.6 * Math.hypot(jitter * size, jitterPixels) * wave((i / count) * 2 * Math.PI) + 0.3 * jitterPixels * normalFrom(random)))
      return moved(ring[from * 2]! + (off * dy) / length, ring[from * 2 + 1]! - (off * dx) / length)
    })
  })) }
}
