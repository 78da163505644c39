import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Box, Geometry, Polygon, TextLine } from '#shared/model/geometry.ts'
import { boundsOf } from '#shared/geometry/bounds.ts'
import { maskArea } from '#shared/geometry/mask.ts'
import { rasterise } from '#shared/geometry/rasterise.ts'
import type { AudioSample, ImageSample } from '../sample.ts'
import { grabCut } from './grabCut.ts'
import { ruleById, rules } from './rules.ts'

const settings = { threshold: 0.3, overlap: 1, mostDetections: 100 }
type Colour = readonly [number, number, number]

/** A picture painted pixel by pixel. */
function painted(width: number, height: number, colour: (x: number, y: number) => Colour): ImageSample {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(colour(x, y), (y * width + x) * 3)
  return { kind: 'image', picture: { width, height, data }, width, height }
}

const within = (box: Box, x: number, y: number) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height
const boxes: readonly Box[] = [{ kind: 'box', x: 10, y: 10, width: 40, height: 30 }, { kind: 'box', x: 70, y: 50, width: 20, height: 25 }]
const run = async (id: string, sample: ImageSample | AudioSample, threshold = settings.threshold) => (await ruleById(id)!.run(sample, { ...settings, threshold })).predictions
const noise = (x: number, y: number) => ((x * 7919 + y * 104_729) % 97) / 97 - 0.5
const asPolygon = ({ x, y, width, height }: Box): Polygon => ({ kind: 'polygon', parts: [[[x, y, x + width, y, x + width, y + height, x, y + height]]] })

/** IoU by counting pixels. */
function pixelIou(a: Polygon, b: Polygon): number {
  const extent = { minX: 0, minY: 0, maxX: 500, maxY: 500 }
  const [one, other] = [rasterise(a, extent), rasterise(b, extent)]
  const has = (mask: typeof one) => {
    const set = new Set<number>()
    let at = 0
    mask.counts.forEach((count, index) => {
      if (index % 2 === 1) for (let i = at; i < at + count; i++) set.add((mask.x + Math.floor(i / mask.height)) * 1000 + mask.y + (i % mask.height))
      at += count
    })
    return set
  }
  const others = has(other)
  const common = [...has(one)].filter((pixel) => others.has(pixel)).length
  return common / (maskArea(one) + maskArea(other) - common)
}

describe('boxes and outlines by threshold', () => {
  test.each([['dark on light', 40, 220], ['light on dark', 220, 40]])('%s: the boxes to the pixel', async (_, ink, paper) => {
    const sample = painted(120, 90, (x, y) => (boxes.some((box) => within(box, x, y)) ? [ink, ink, ink] : [paper, paper, paper]))
    expect((await run('rule-boxes', sample)).map(({ geometry }) => geometry)).toEqual(boxes)
    const outlines = await run('rule-outlines', sample)
    outlines.forEach(({ geometry }, index) => expect(pixelIou(geometry as Polygon, asPolygon(boxes[index]!))).toBe(1))
  })

  test('a ring keeps its hole; a shrunk picture gives pixels of the item', async () => {
    const ring = painted(100, 100, (x, y) => { const r = Math.hypot(x - 50, y - 50); return r < 40 && r > 20 ? [0, 0, 0] : [255, 255, 255] })
    const [found] = await run('rule-outlines', { ...ring, width: 200, height: 200 })
    expect((found!.geometry as Polygon).parts[0]).toHaveLength(2)
    expect(boundsOf(found!.geometry as Geometry)).toMatchObject({ minX: expect.closeTo(20, -1), maxX: expect.closeTo(180, -1) })
  })
})

describe('GrabCut', () => {
  const textured = (x: number, y: number): Colour => (Math.hypot(x - 60, y - 50) < 25
    ? [200 + 40 * noise(x, y), 80 + 40 * noise(y, x), 60] : [70, 120 + 60 * noise(x, y), 90 + 40 * noise(y, x)])
  const sample = painted(130, 100, textured)
  const disc: Polygon = { kind: 'polygon', parts: [[Array.from({ length: 64 }, (_, i) => [60 + 25 * Math.cos(i / 64 * 2 * Math.PI), 50 + 25 * Math.sin(i / 64 * 2 * Math.PI)]).flat()]] }

  test('a loose box around a textured disc gives the disc', () => {
    const found = grabCut(sample, { x: 25, y: 15, width: 70, height: 70 })!
    expect(pixelIou(found.polygon, disc)).toBeGreaterThan(0.93)
    expect(found.score).toBeGreaterThan(0.8)
  })

  test('also without a box, by the rim; in pixels of the item', async () => {
    const [found] = await run('rule-grabcut', sample)
    expect(pixelIou(found!.geometry as Polygon, disc)).toBeGreaterThan(0.9)
    const twice = grabCut({ ...sample, width: 260, height: 200 }, { x: 50, y: 30, width: 140, height: 140 })!
    expect(boundsOf(twice.polygon)!.maxX).toBeCloseTo(170, -1)
  })

  test('one colour, a box outside, a box without an area: nothing', () => {
    expect(grabCut(painted(50, 50, () => [9, 9, 9]), { x: 10, y: 10, width: 20, height: 20 })).toBeNull()
    expect(grabCut(sample, { x: 500, y: 10, width: 20, height: 20 })).toBeNull()
    expect(grabCut(sample, { x: 20, y: 10, width: 0, height: 20 })).toBeNull()
    expect(grabCut(sample, { x: NaN, y: 10, width: 10, height: 20 })).toBeNull()
  })
})

/** Lines of letters: strokes 6 wide, 14 high, 10 apart, words of five. */
function page(lines: readonly { x: number; y: number; words: number }[], tilt = 0, dark = true): ImageSample {
  const sin = Math.sin((tilt * Math.PI) / 180), cos = Math.cos((tilt * Math.PI) / 180)
  return painted(500, 320, (px, py) => {
    const x = px * cos + py * sin, y = py * cos - px * sin
    const ink = lines.some((line) => {
      const along = x - line.x
      return y >= line.y && y < line.y + 14 && along >= 0 && along < line.words * 60 && along % 60 < 50 && along % 10 < 6
    })
    return ink === dark ? [30, 30, 30] : [225, 225, 225]
  })
}
const outlines = async (sample: ImageSample) => (await run('rule-text-lines', sample)).map(({ geometry }) => (geometry as TextLine).outline)

describe('text lines by profile', () => {
  const paragraph = [40, 66, 92, 118].map((y) => ({ x: 30, y, words: 7 }))

  test('a paragraph, dark on light and light on dark: a box a line, in order', async () => {
    for (const dark of [true, false]) {
      const found = await outlines(page(paragraph, 0, dark))
      expect(found).toHaveLength(4)
      found.forEach((outline, index) => {
        const bounds = boundsOf(outline)!
        expect(Math.abs(bounds.minY - paragraph[index]!.y)).toBeLessThanOrEqual(2)
        expect(Math.abs(bounds.maxY - paragraph[index]!.y - 14)).toBeLessThanOrEqual(2)
        expect(Math.abs(bounds.minX - 30)).toBeLessThanOrEqual(2)
      })
    }
  })

  test('two columns whose lines do not align are read one after the other', async () => {
    const found = await outlines(page([...[40, 66, 92].map((y) => ({ x: 20, y, words: 3 })), ...[50, 76, 102].map((y) => ({ x: 260, y, words: 3 }))]))
    expect(found.map((outline) => Math.round(boundsOf(outline)!.minX / 10))).toEqual([2, 2, 2, 26, 26, 26])
  })

  test.each([-4, 2.5])('a page tilted by %f degrees has lines tilted so', async (tilt) => {
    const found = await outlines(page(paragraph.map((line) => ({ ...line, x: 50, y: line.y + 40 })), tilt))
    expect(found).toHaveLength(4)
    for (const outline of found) expect(outline).toMatchObject({ kind: 'rotated-box', angle: expect.closeTo(tilt, 0) })
  })
})

const tone = (seconds: number, hiss: number, ...spoken: readonly (readonly [number, number])[]): AudioSample => ({
  kind: 'audio', sampleRate: 8000,
  samples: Float32Array.from({ length: Math.round(seconds * 8000) }, (_, n) => hiss * noise(n, n * n) + (spoken.some(([from, to]) => n >= Math.round(from * 8000) && n < Math.round(to * 8000)) ? 0.3 * Math.sin(n) : 0)),
})

describe('speech by loudness', () => {
  test('bursts in noise, within a frame of 10 ms', async () => {
    const time = fc.integer({ min: 30, max: 150 }).map((frames) => frames / 100)
    await fc.assert(fc.asyncProperty(time, time, time, time, fc.constantFrom(0, 0.001, 0.02), async (before, first, between, second, hiss) => {
      const truth = [[before, before + first], [before + first + between, before + first + between + second]] as const
      const found = await run('rule-energy', tone(truth[1][1] + 1, hiss, ...truth), 0.5)
      expect(found).toHaveLength(2)
      found.forEach(({ geometry }, index) => {
        const { start, end } = geometry as { start: number; end: number }
        expect(Math.abs(start - truth[index]![0])).toBeLessThanOrEqual(0.0101)
        expect(Math.abs(end - truth[index]![1])).toBeLessThanOrEqual(0.0101)
      })
    }), { numRuns: 25 })
  })

  test('the floor follows noise that grows', async () => {
    const bursts = tone(24, 0, [3, 4], [18, 19])
    // From -60 dB to -30 dB.
    const samples = bursts.samples.map((value, n) => value + 0.002 * 10 ** ((1.5 * n) / bursts.samples.length) * noise(n, n * n))
    const found = await run('rule-energy', { ...bursts, samples }, 0.5)
    expect(found.map(({ geometry }) => Math.round((geometry as { start: number }).start))).toEqual([3, 18])
  })

  test('silence, NaN, a click and a hum are nothing', async () => {
    for (const samples of [new Float32Array(8000), new Float32Array(8000).fill(NaN), Float32Array.from({ length: 8000 }, (_, n) => (n === 4000 ? 1 : 0)), Float32Array.from({ length: 16_000 }, (_, n) => 0.5 * Math.sin(n))]) {
      expect(await run('rule-energy', { kind: 'audio', samples, sampleRate: 8000 }, 0.5)).toEqual([])
    }
  })
})

describe('every rule', () => {
  test('has an id of its own, in a model\'s form, and says what it is', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    for (const { id, about, classes } of rules) {
      expect(id).toMatch(/^[a-z0-9][a-z0-9._-]{0,79}$/u)
      expect(about).not.toBe('')
      expect(classes.length).toBeGreaterThan(0)
    }
  })

  test('refuses an item of the other kind in words, and takes one without pixels or samples', async () => {
    const still = painted(8, 8, () => [1, 2, 3]), sound = tone(1, 0)
    for (const rule of rules) {
      await expect(rule.run(rule.media === 'image' ? sound : still, settings)).rejects.toThrow(/this item is a/u)
      for (const sample of rule.media === 'image' ? [painted(0, 0, () => [0, 0, 0]), painted(1, 1, () => [7, 7, 7]), painted(64, 64, () => [128, 128, 128])] : [tone(0, 0), { ...sound, samples: Float32Array.of(0.1) }]) {
        const { predictions } = await rule.run(sample, { ...settings, threshold: 0.99 })
        expect(predictions.every(({ score }) => score >= 0.99 && score <= 1)).toBe(true)
      }
    }
  })

  test('keeps to the most that was asked for, and says so', async () => {
    const dots = painted(200, 200, (x, y) => (x % 20 < 10 && y % 20 < 10 && x > 5 && y > 5 ? [0, 0, 0] : [255, 255, 255]))
    const { predictions, notes } = await ruleById('rule-boxes')!.run(dots, { ...settings, mostDetections: 5 })
    expect(predictions).toHaveLength(5)
    expect(notes[0]).toMatch(/more than 5 were found/u)
  })
})
