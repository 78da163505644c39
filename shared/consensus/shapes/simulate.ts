import type { Mark } from '#shared/agreement/mark.ts'
import { boundsOfPath } from '#shared/geometry/bounds.ts'
import { boxOfBounds } from '#shared/geometry/box.ts'
import { polygonOfRing } from '#shared/geometry/polygon.ts'
import type { Box, Polygon } from '#shared/model/geometry.ts'
import { randomFrom } from '#shared/agreement/random.ts'
import { normalFrom } from '#shared/consensus/random.ts'
import { waves, type Annotator, type Thing } from './simulatedPeople.ts'
import { drawRings, hardThingAt } from './simulateHard.ts'

export interface Scene { readonly things: readonly Thing[]; readonly people: readonly string[]; readonly marks: readonly Mark[] }
/** `of`: which thing a mark is of; a spurious one has none. */
export interface Simulation { readonly scenes: readonly Scene[]; readonly of: ReadonlyMap<string, Thing> }

export const careful = (person: string): Annotator => ({
  person, jitter: 0.025, jitterPixels: 1, bias: [0, 0, 0, 0], biasPixels: [0, 0, 0, 0], gross: 0.01, recall: 0.95, spurious: 0.05, confusion: 0.03, splits: 0,
})

/** People of all sorts: jitter from 1 to 6 %, a third draw loose or tight, a third are some pixels off to one side; some miss or invent much. */
export function crew(count: number, seed: number): Annotator[] {
  const random = randomFrom(seed)
  const between = (least: number, most: number) => least + (most - least) * random()
  return Array.from({ length: count }, (_, at) => {
    const loose = random() < 0.33 ? between(-0.02, 0.08) : 0
    const [dx, dy] = random() < 0.33 ? [between(-5, 5), between(-5, 5)] : [0, 0]
    return {
      person: `p${at}`, jitter: between(0.01, 0.06), jitterPixels: between(0.3, 2), bias: [-loose, -loose, loose, loose], biasPixels: [dx, dy, dx, dy],
      gross: between(0, 0.04), recall: between(0.75, 0.98), spurious: between(0, 0.3), confusion: between(0, 0.1), splits: between(0, 0.04),
    }
  })
}

/** Marks all over, wherever something is or not. */
export const spammer = (person: string): Annotator => ({ ...careful(person), jitter: 0.3, recall: 0.5, spurious: 6, confusion: 0.6 })

export interface SceneOptions {
  readonly scenes: number
  readonly perScene: number
  /** How many people do each scene, drawn evenly. */
  readonly replicas: number
  /** `hard`: polygons of things with bays, holes and parts. */
  readonly kind: 'box' | 'polygon' | 'hard'
  readonly seed: number
}

/** Star-shaped (or `hard`) things of 20 to 400 pixels in pictures of 2,000 × 1,500, each scene drawn by some people. The same seed gives the same scenes. */
export function simulate(people: readonly Annotator[], { scenes, perScene, replicas, kind, seed }: SceneOptions): Simulation {
  const random = randomFrom(seed)
  const of = new Map<string, Thing>()
  const made = (id: string) => (kind === 'hard' ? hardThingAt(id, random) : thingAt(id, random))
  const drawnScenes = Array.from({ length: scenes }, (_, scene): Scene => {
    const things = Array.from({ length: perScene }, (_, at) => made(`s${scene}t${at}`))
    const own = shuffled(people, random).slice(0, replicas)
    const marks = own.flatMap((annotator) => {
      const drawn = things.filter(() => random() < annotator.recall).flatMap((thing) => drawThing(thing, annotator, kind, random).map((geometry) => ({ geometry, thing: thing as Thing | null, label: thing.label })))
      for (let left = annotator.spurious; left > 0 && random() < left; left--) drawn.push(...drawThing(made(''), annotator, kind, random).map((geometry) => ({ geometry, thing: null, label: 'cat' })))
      return drawn.map(({ geometry, thing, label }, at): Mark => {
        const id = `${annotator.person}/s${scene}/${at}`
        if (thing) of.set(id, thing)
        return { id, person: annotator.person, label: random() < annotator.confusion ? (label === 'cat' ? 'dog' : 'cat') : label, geometry, text: null }
      })
    })
    return { things, people: own.map(({ person }) => person), marks }
  })
  return { scenes: drawnScenes, of }
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  const mixed = [...all]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!]
  }
  return mixed
}

function thingAt(id: string, random: () => number): Thing {
  const radius = 10 * 20 ** random()
  const [cx, cy, flat, lean] = [200 + 1600 * random(), 200 + 1100 * random(), 0.5 + random(), random() * Math.PI]
  const wave = waves(0.18, random)
  const ring = Array.from({ length: 64 }, (_, at) => {
    const angle = (at / 64) * 2 * Math.PI, r = radius * (1 + wave(angle))
    const x = r * Math.cos(angle) * Math.sqrt(flat), y = (r * Math.sin(angle)) / Math.sqrt(flat)
    return [cx + x * Math.cos(lean) - y * Math.sin(lean), cy + x * Math.sin(lean) + y * Math.cos(lean)]
  }).flat()
  return { id, label: random() < 0.6 ? 'cat' : 'dog', outline: polygonOfRing(ring), box: boxOfBounds(boundsOfPath(ring)!) }
}

function drawThing(thing: Thing, annotator: Annotator, kind: SceneOptions['kind'], random: () => number): (Box | Polygon)[] {
  if (kind === 'hard') return [drawRings(thing, annotator, random)]
  if (kind === 'polygon') return [drawOutline(thing, annotator, random)]
  const box = drawBox(thing.box, annotator, random)
  if (random() >= annotator.splits) return [box]
  return [{ ...box, width: box.width / 2 }, { ...box, x: box.x + box.width / 2, width: box.width / 2 }]
}

function drawBox({ x, y, width, height }: Box, { jitter, jitterPixels, bias, biasPixels, gross }: Annotator, random: () => number): Box {
  const wild = random() < gross ? 5 : 1
  const [left, top, right, bottom] = [x, y, x + width, y + height].map((side, at) => {
    const size = at % 2 === 0 ? width : height
    return side + bias[at]! * size + biasPixels[at]! + wild * (normalFrom(random) * jitter * size + normalFrom(random) * jitterPixels)
  }) as [number, number, number, number]
  return { kind: 'box', x: Math.min(left, right), y: Math.min(top, bottom), width: Math.abs(right - left), height: Math.abs(bottom - top) }
}

/** The outline at 24 to 48 places, each moved along its ray by a smooth wave and a little noise, the whole by the bias of the sides. */
function drawOutline({ outline, box }: Thing, { jitter, jitterPixels, bias, biasPixels, gross }: Annotator, random: () => number): Polygon {
  const ring = outline.parts[0]![0]!
  const wild = random() < gross ? 4 : 1
  const size = Math.sqrt(box.width * box.height)
  const wave = waves(1, random)
  const cx = box.x + box.width / 2, cy = box.y + box.height / 2
  const count = 24 + Math.floor(24 * random())
  const drawn: number[] = []
  for (let at = 0; at < count; at++) {
    const from = Math.floor((at / count) * 64)
    const x = ring[from * 2]!, y = ring[from * 2 + 1]!
    const u = (x - box.x) / (box.width || 1), v = (y - box.y) / (box.height || 1)
    const off = wild * (Math.hypot(jitter * size, jitterPixels) * wave((at / count) * 2 * Math.PI) + 0.3 * jitterPixels * normalFrom(random))
    const reach = Math.hypot(x - cx, y - cy) || 1
    drawn.push(
      x + (off * (x - cx)) / reach + (bias[0] * box.width + biasPixels[0]) * (1 - u) + (bias[2] * box.width + biasPixels[2]) * u,
      y + (off * (y - cy)) / reach + (bias[1] * box.height + biasPixels[1]) * (1 - v) + (bias[3] * box.height + biasPixels[3]) * v,
    )
  }
  return polygonOfRing(drawn)
}
