import { describe, expect, test } from 'vitest'
import type { TextLine } from '#shared/model/geometry.ts'
import type { Manifest } from '../manifest.ts'
import type { ImageSample } from '../sample.ts'
import type { Session, Tensor, Tensors } from '../tensor.ts'
import { paddleOcr } from './paddleOcr.ts'
import { predictLineText, predictOcr, predictTextLines, recogniserOf } from './predict.ts'
import { recogniseLines } from './recognise.ts'

const float = (dims: readonly number[], data: Float32Array): Tensor => ({ type: 'float32', dims, data })
const session = (run: (feeds: Tensors) => Tensors): Session => ({ inputs: [{ name: 'x', type: 'float32', dims: [] }], outputs: [], run: (feeds) => Promise.resolve(run(feeds)) })

/** A detector that takes dark pixels for text, with the probability 0.9 (or what is given). */
const detector = (probability = 0.9) => session(({ x }) => {
  const [, , height, width] = x!.dims as [number, number, number, number]
  return { map: float([1, 1, height, width], (x!.data as Float32Array).slice(0, width * height).map((value) => (value < 0 ? probability : 0))) }
})

/** A recogniser that reads every line as “ab”, with a confidence; it remembers the batches. */
function recogniser(confidence: number | ((line: number) => number) = 0.9) {
  const batches: (readonly number[])[] = []
  const graph = session(({ x }) => {
    const lines = x!.dims[0]!
    batches.push(x!.dims)
    const data = new Float32Array(lines * 3 * 4).fill(0.01)
    for (let line = 0; line < lines; line++) {
      const sure = typeof confidence === 'number' ? confidence : confidence(line)
      ;[1, 0, 2].forEach((best, step) => { data[(line * 3 + step) * 4 + best] = sure })
    }
    return { scores: float([lines, 3, 4], data) }
  })
  return { graph, batches }
}

const texts = { characters: 'a\nb' }
const manifest: Manifest = { ...paddleOcr, head: { ...paddleOcr.head, classifier: null } as Manifest['head'], input: { ...paddleOcr.input, size: { kind: 'free', longest: 640, multipleOf: 32 } } as Manifest['input'] }

/** Dark bars on a light page. */
function page(bars: readonly { x: number; y: number; width: number; height: number }[], width = 320, height = 320): ImageSample {
  const data = new Uint8Array(width * height * 3).fill(255)
  for (const bar of bars) for (let y = bar.y; y < bar.y + bar.height; y++) data.fill(0, (y * width + bar.x) * 3, (y * width + bar.x + bar.width) * 3)
  return { kind: 'image', picture: { width, height, data }, width, height }
}
const two = page([{ x: 40, y: 200, width: 120, height: 16 }, { x: 40, y: 60, width: 200, height: 16 }])

describe('reading a page', () => {
  test('lines come in reading order, with their text and the mean confidence', async () => {
    const { predictions } = await predictOcr(manifest, { detector: detector(), recogniser: recogniser(0.9).graph }, two, manifest, texts)
    expect(predictions.map(({ text, className }) => [className, text])).toEqual([['text', 'ab'], ['text', 'ab']])
    expect(predictions[0]!.score).toBeCloseTo(0.9, 5)
    const tops = predictions.map(({ geometry }) => ((geometry as TextLine).outline as { y: number }).y)
    expect(tops[0]).toBeLessThan(tops[1]!)
  })

  test('the detector alone gives outlines without text', async () => {
    const alone: Manifest = { ...manifest, head: { kind: 'db', binary: 0.3, boxScore: 0.6, unclip: 1.5, leastSide: 3 } }
    const { predictions } = await predictTextLines(alone, { model: detector(0.8) }, two, alone)
    expect(predictions.map(({ text, score }) => [text, Number(score.toFixed(2))])).toEqual([[null, 0.8], [null, 0.8]])
  })

  test('the recogniser alone takes the whole picture for a line', async () => {
    const alone: Manifest = { ...manifest, input: (paddleOcr.head as { recogniser: Manifest['input'] }).recogniser, head: { kind: 'ctc', blank: 0, space: true, activation: 'none' } }
    const { predictions } = await predictLineText(alone, { model: recogniser().graph }, page([], 200, 48), alone, texts)
    expect(predictions).toMatchObject([{ geometry: { kind: 'item' }, text: 'ab' }])
  })

  test('lines go in batches of six of like width; the narrow ones are padded to what the graph wants at least', async () => {
    const { graph, batches } = recogniser()
    const lines = Array.from({ length: 8 }, (_, index): TextLine => ({ kind: 'text-line', outline: { kind: 'box', x: 0, y: index * 30, width: index === 0 ? 300 : 20, height: 10 }, baseline: null }))
    const read = await recogniseLines(recogniserOf(manifest, { recogniser: graph }, texts), two, lines)
    expect(batches).toEqual([[6, 3, 48, 320], [2, 3, 48, 1440]])
    expect(read).toHaveLength(8)
  })

  test('a line without an area is empty, and the others are read', async () => {
    const flat: TextLine = { kind: 'text-line', outline: { kind: 'polygon', parts: [[[5, 5, 9, 9, 13, 13]]] }, baseline: null }
    const whole: TextLine = { kind: 'text-line', outline: { kind: 'box', x: 0, y: 0, width: 100, height: 20 }, baseline: null }
    const read = await recogniseLines(recogniserOf(manifest, { recogniser: recogniser().graph }, texts), two, [flat, whole])
    expect(read.at(-1)!.text).toBe('ab')
  })
})

describe('bad models and bad outputs', () => {
  const settings = { threshold: 0.5, overlap: 1, mostDetections: 100 }
  const run = (sessions: Record<string, Session>, sample: Parameters<typeof predictOcr>[2] = two, given: Parameters<typeof predictOcr>[4] = texts) => predictOcr(manifest, sessions, sample, settings, given)

  test('lines under the threshold, and beyond the most, are counted', async () => {
    const weak = await run({ detector: detector(), recogniser: recogniser(0.4).graph })
    expect([weak.predictions, weak.notes]).toEqual([[], ['2 lines were read with a confidence under 0.5; left out.']])
    const one = await predictOcr(manifest, { detector: detector(), recogniser: recogniser((line) => 0.7 + 0.2 * line).graph }, two, { ...settings, mostDetections: 1 }, texts)
    expect(one.predictions).toHaveLength(1)
    expect(one.notes[0]).toMatch(/more than 1 were found/u)
  })

  test('NaN from the detector is no text, from the recogniser no character; both are said', async () => {
    expect((await run({ detector: detector(NaN), recogniser: recogniser().graph })).notes[0]).toMatch(/no number \(NaN\) for \d+ of \d+ pixels/u)
    expect((await run({ detector: detector(), recogniser: recogniser(NaN).graph })).notes).toEqual([
      'The recogniser gave no number (NaN) in 2 of 2 lines; those places count as empty.', '2 lines were found without a character that could be read; left out.',
    ])
  })

  test('shapes that do not fit, missing graphs and lists, the wrong kind of item: words', async () => {
    const flat = session(() => ({ map: float([1, 10], new Float32Array(10)) }))
    const batch = session(() => ({ map: float([2, 1, 4, 4], new Float32Array(32)) }))
    await expect(run({ detector: batch, recogniser: recogniser().graph })).rejects.toThrow('[2, 1, 4, 4] instead of one map')
    await expect(run({ detector: detector(), recogniser: flat })).rejects.toThrow('The recogniser gave [1, 10] for 2 lines')
    await expect(run({ detector: detector() })).rejects.toThrow('“recogniser” is missing')
    await expect(run({ detector: detector(), recogniser: recogniser().graph }, two, {})).rejects.toThrow('no characters file')
    await expect(run({ detector: detector(), recogniser: recogniser().graph }, two, { characters: 'a\nb\nc' })).rejects.toThrow('make 5 classes, but the graph gives 4')
    await expect(run({}, { kind: 'audio', samples: new Float32Array(1), sampleRate: 1 })).rejects.toThrow('this item is a sound')
    const none = session(({ x }) => ({ scores: float([x!.dims[0]!, 3, 0], new Float32Array(0)) }))
    await expect(run({ detector: detector(), recogniser: none })).rejects.toThrow('0 classes')
  })

  test('a picture without pixels is a note', async () => {
    expect(await run({ detector: detector(), recogniser: recogniser().graph }, page([], 0, 0))).toMatchObject({ predictions: [], notes: ['The picture has no pixels.'] })
  })
})
