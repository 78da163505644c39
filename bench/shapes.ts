import type { Box, Polygon } from '#shared/model/geometry.ts'
import { boundsOf, unionAll } from '#shared/geometry/bounds.ts'
import { polygonOfRing } from '#shared/geometry/polygon.ts'
import { randomFrom } from '#shared/agreement/random.ts'
import { normalFrom } from '#shared/consensus/random.ts'
import { estimateArea, type DrawnArea } from '#shared/consensus/shapes/estimateArea.ts'
import { estimateBox } from '#shared/consensus/shapes/estimateBox.ts'
import { learnBoxes } from '#shared/consensus/shapes/learnBoxes.ts'
import { careful, simulate } from '#shared/consensus/shapes/simulate.ts'
import { staple } from '#shared/consensus/shapes/staple.ts'
import { gridOver, votesOf, type Votes } from '#shared/consensus/shapes/votes.ts'
import { median, row, type BenchRow } from './row.ts'

const rounds = 3
const iterations = 20
const people = 5

/**
 * Geometric estimates. A picture of 4,000 × 3,000 with 50 things of about 400 pixels that five people outlined: STAPLE from outlines to simplified outlines, and the
 * shape-based average, each against 3 s; STAPLE's EM alone beside Warfield's equations written cell by cell, 20 iterations on the same
 * votes. And 10,000 things boxed by three people each: habits learned and all boxes estimated, against 5 s.
 */
export default async function shapes(): Promise<BenchRow[]> {
  const things = outlines()
  const votes = things.map((areas) => votesOf(areas.map(({ geometry }) => geometry as Polygon), gridOver(unionAll(areas.map(({ geometry }) => boundsOf(geometry)))!, 2 ** 18)))
  const boxes = boxed()
  const times = { staple: [] as number[], average: [] as number[], ours: [] as number[], peer: [] as number[], boxes: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    times.staple.push(timed(() => things.forEach((areas) => estimateArea(areas, { method: 'staple' }))))
    times.average.push(timed(() => things.forEach((areas) => estimateArea(areas, { method: 'average' }))))
    const both = [
      () => times.ours.push(timed(() => votes.forEach((own) => staple(own, { background: 'all', maxIterations: iterations })))),
      () => times.peer.push(timed(() => votes.forEach(plainly))),
    ]
    for (const run of round % 2 === 0 ? both : both.toReversed()) run()
    times.boxes.push(timed(() => {
      const habits = learnBoxes(boxes)
      for (const { boxes: own } of boxes) estimateBox(own, habits)
    }))
  }
  return [
    row('STAPLE, 12 megapixels, 50 things × 5 people, outlines to outlines, against the limit of 3 s', median(times.staple), 3000, 'ms', rounds),
    row('shape-based average, the same, against the limit of 3 s', median(times.average), 3000, 'ms', rounds),
    row(`STAPLE’s EM, ${iterations} iterations, the same votes, against the equations cell by cell`, median(times.ours), median(times.peer), 'ms', rounds),
    row('habits and boxes, 10,000 things × 3 people, against the limit of 5 s', median(times.boxes), 5000, 'ms', rounds),
  ]
}

function timed(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

function outlines(): DrawnArea[][] {
  const random = randomFrom(12)
  return Array.from({ length: 50 }, (_, at) => {
    const cx = 250 + (at % 10) * 400, cy = 300 + Math.floor(at / 10) * 600
    return Array.from({ length: people }, (_, person) => {
      const waves = Array.from({ length: 6 }, (_, of) => ({ size: (0.02 + (of < 2 ? 0.05 : 0)) * normalFrom(random), turn: random() * 7 }))
      const ring = Array.from({ length: 80 }, (_, i) => (i / 80) * 2 * Math.PI).flatMap((angle) => {
        const r = 200 * (1 + waves.reduce((sum, { size, turn }, of) => sum + size * Math.cos((of + 1) * angle + turn), 0))
        return [cx + r * Math.cos(angle), cy + r * Math.sin(angle)]
      })
      return { person: `p${person}`, geometry: polygonOfRing(ring) }
    })
  })
}

function boxed() {
  const crew = Array.from({ length: 8 }, (_, at) => ({ ...careful(`p${at}`), jitter: 0.01 + 0.005 * at, recall: 1, spurious: 0 }))
  const { scenes, of } = simulate(crew, { scenes: 1000, perScene: 10, replicas: 3, kind: 'box', seed: 3 })
  return scenes.flatMap(({ marks }) => [...Map.groupBy(marks, ({ id }) => of.get(id)).values()].map((own) => ({ boxes: own.map(({ person, geometry }) => ({ person, box: geometry as Box })) })))
}

/** The reference: both steps for every cell and person, nothing grouped. */
function plainly({ pattern, patterns, people: count }: Votes): Float64Array {
  const drawn = Array.from({ length: count }, (_, person) => Uint8Array.from(pattern, (of) => patterns[of]![person]!))
  const f = drawn.reduce((sum, own) => sum + own.reduce((total, vote) => total + vote, 0), 0) / (count * pattern.length)
  const p = new Float64Array(count).fill(0.99999), q = new Float64Array(count).fill(0.99999)
  const w = new Float64Array(pattern.length)
  for (let iteration = 0; iteration < iterations; iteration++) {
    for (let at = 0; at < w.length; at++) {
      let a = f, b = 1 - f
      for (let j = 0; j < count; j++) {
        a *= drawn[j]![at] ? p[j]! : 1 - p[j]!
        b *= drawn[j]![at] ? 1 - q[j]! : q[j]!
      }
      w[at] = a / (a + b)
    }
    for (let j = 0; j < count; j++) {
      let hit = 0, inside = 0, left = 0
      for (let at = 0; at < w.length; at++) {
        inside += w[at]!
        if (drawn[j]![at]) hit += w[at]!
        else left += 1 - w[at]!
      }
      p[j] = hit / inside
      q[j] = left / (w.length - inside)
    }
  }
  return w
}
