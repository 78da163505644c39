import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fakeSession, floats, imageInput, manifest, plainPicture } from '#shared/testing/models.ts'
import type { Head, Manifest } from '../manifest.ts'
import { predict } from '../predict.ts'
import { Prediction, type Outcome } from '../prediction.ts'
import type { Tensors } from '../tensor.ts'
import { cellsOf } from './yolo.ts'

const classes = ['cat', 'dog', 'owl']
const size = 64
const strides = [8, 16, 32]

/** What a detector is to say: corners in model pixels, a class, a score. */
interface Said { box: [number, number, number, number]; class: number; score: number }

const run = (model: Manifest, outputs: Tensors, sample = plainPicture(size, size)): Promise<Outcome> =>
  predict(model, { model: fakeSession(outputs) }, sample, { threshold: model.threshold, overlap: model.overlap, mostDetections: model.mostDetections })

const logit = (p: number) => Math.log(p / (1 - p))
const transpose = (rows: readonly (readonly number[])[]) => rows[0]!.map((_, column) => rows.map((row) => row[column]!))
/** The class' score where it belongs, little elsewhere. */
const oneHot = ({ class: which, score }: Said, rest = 0.001) => classes.map((_, at) => (at === which ? score : rest))
const centred = ([x1, y1, x2, y2]: Said['box']) => [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1]
const empty = (columns: number) => Array<number>(columns).fill(0)

/** Each head with how to say things in its tensors. */
const heads: Record<string, { head: Head, say: (said: readonly Said[]) => Tensors }> = {
  'yolo, columns first': {
    head: { kind: 'yolo', transposed: false, activation: 'none' },
    say: (said) => ({ output0: floats([1, 7, said.length + 1], transpose([...said.map((one) => [...centred(one.box), ...oneHot(one)]), empty(7)]).flat()) }),
  },
  'yolo, boxes first, with a sigmoid to come': {
    head: { kind: 'yolo', transposed: true, activation: 'sigmoid' },
    say: (said) => ({ output0: floats([1, said.length, 7], said.flatMap((one) => [...centred(one.box), ...oneHot(one).map(logit)])) }),
  },
  'yolo with objectness': {
    head: { kind: 'yolo-objectness', activation: 'none' },
    say: (said) => ({ output0: floats([1, said.length, 8], said.flatMap((one) => [...centred(one.box), Math.sqrt(one.score), ...oneHot({ ...one, score: Math.sqrt(one.score) })])) }),
  },
  'yolox': {
    head: { kind: 'yolox', strides },
    say: (said) => {
      const cells = cellsOf(strides, size, size, Math.floor), rows = Array.from({ length: cells.count }, () => empty(8))
      said.forEach((one, at) => {
        // Any cell may speak for any box.
        const cell = (at * 7 + 3) % cells.count, stride = cells.stride[cell]!, [x, y, w, h] = centred(one.box) as [number, number, number, number]
        rows[cell] = [x / stride - cells.x[cell]!, y / stride - cells.y[cell]!, Math.log(w / stride), Math.log(h / stride), 1, ...oneHot(one)]
      })
      return { output: floats([1, cells.count, 8], rows.flat()) }
    },
  },
  'end to end': {
    head: { kind: 'end-to-end', boxes: 'xyxy' },
    say: (said) => ({ output0: floats([1, said.length + 1, 6], [...said.flatMap((one) => [...one.box, one.score, one.class]), ...empty(6)]) }),
  },
  'end to end with centres': {
    head: { kind: 'end-to-end', boxes: 'xywh' },
    say: (said) => ({ output0: floats([1, said.length, 6], said.flatMap((one) => [...centred(one.box), one.score, one.class])) }),
  },
  'end to end, the picture first': {
    head: { kind: 'end-to-end', boxes: 'xyxy' },
    say: (said) => ({ output: floats([said.length, 7], said.toSorted((a, b) => b.score - a.score).flatMap((one) => [0, ...one.box, one.class, one.score])) }),
  },
  'ssd, shares, with a background': {
    // Both have four columns here, so only names tell them apart.
    head: { kind: 'ssd', boxes: 'boxes', scores: 'scores', classes: null, count: null, order: 'yxyx', unit: 'share', background: true },
    say: (said) => ({
      scores: floats([1, said.length, 4], said.flatMap((one) => [1 - one.score, ...oneHot(one)])),
      boxes: floats([1, said.length, 1, 4], said.flatMap(({ box: [x1, y1, x2, y2] }) => [y1, x1, y2, x2].map((value) => value / size))),
    }),
  },
  'ssd with suppression done': {
    head: { kind: 'ssd', boxes: 'detection_boxes', scores: 'detection_scores', classes: 'detection_classes', count: 'num_detections', order: 'yxyx', unit: 'share', background: true },
    say: (said) => ({
      detection_boxes: floats([1, said.length + 1, 4], [...said.flatMap(({ box: [x1, y1, x2, y2] }) => [y1, x1, y2, x2].map((value) => value / size)), 0, 0, 1, 1]),
      detection_scores: floats([1, said.length + 1], [...said.map(({ score }) => score), 0.99]), detection_classes: floats([1, said.length + 1], [...said.map((one) => one.class + 1), 1]),
      num_detections: floats([1], [said.length]),
    }),
  },
  'detr': {
    head: { kind: 'detr', logits: 'logits', boxes: 'pred_boxes', activation: 'softmax' },
    say: (said) => ({
      logits: floats([1, said.length, 4], said.flatMap((one) => { const rest = oneHot(one, 0.001); return [...rest, 1 - rest.reduce((sum, value) => sum + value, 0)].map((value) => Math.log(Math.max(value, 1e-9)) + 3) })),
      pred_boxes: floats([1, said.length, 4], said.flatMap((one) => centred(one.box).map((value) => value / size))),
    }),
  },
  'rt-detr in one table': {
    head: { kind: 'detr', logits: null, boxes: null, activation: 'none' },
    say: (said) => ({ output0: floats([1, said.length, 7], said.flatMap((one) => [...centred(one.box).map((value) => value / size), ...oneHot(one)])) }),
  },
}
const coordinate = fc.integer({ min: 0, max: 60 })
const said = fc.uniqueArray(fc.record({ x: coordinate, y: coordinate, w: fc.integer({ min: 1, max: 30 }), h: fc.integer({ min: 1, max: 30 }), class: fc.nat(2), score: fc.integer({ min: 30, max: 99 }) }), { selector: ({ score }) => score, minLength: 1, maxLength: 8 })
  .map((list): Said[] => list.map(({ x, y, w, h, class: which, score }) => ({ box: [x, y, Math.min(x + w, size), Math.min(y + h, size)], class: which, score: score / 100 })))

test.each(Object.entries(heads))('%s: what is said comes back', async (_, { head, say }) => {
  await fc.assert(fc.asyncProperty(said, async (said) => {
    // No two boxes are the same thing here: nothing overlaps by more than all.
    const model = manifest(head, classes, { input: imageInput(size, size), overlap: 1, threshold: 0.25 })
    const { predictions, notes } = await run(model, say(said))
    const expected = said.toSorted((a, b) => b.score - a.score)
    expect(notes).toEqual([])
    expect(predictions.map(({ className }) => className)).toEqual(expected.map((one) => classes[one.class]))
    predictions.forEach((prediction, at) => {
      const { box: [x1, y1, x2, y2], score } = expected[at]!
      Prediction.parse(prediction)
      expect(prediction.score).toBeCloseTo(score, 4)
      if (prediction.geometry.kind !== 'box') throw new Error('a box')
      const { x, y, width, height } = prediction.geometry
      ;[x - x1, y - y1, x + width - x2, y + height - y2].forEach((off) => { expect(Math.abs(off)).toBeLessThan(1e-3) })
    })
  }), { numRuns: 40 })
})

test('boxes come in the item’s pixels, through the letterbox, cut to the item', async () => {
  const model = manifest(heads['end to end']!.head, classes, { input: imageInput(64, 64, { fit: 'letterbox' }) })
  // 128 × 64 lies at 16 … 48 of 64: half as large.
  const { predictions } = await run(model, { output0: floats([1, 2, 6], [10, 20, 20, 40, 0.9, 1, -50, 0, 500, 20, 0.8, 0]) }, plainPicture(128, 64))
  expect(predictions.map(({ geometry }) => geometry)).toEqual([{ kind: 'box', x: 20, y: 8, width: 20, height: 40 }, { kind: 'box', x: 0, y: 0, width: 128, height: 8 }])
})

test('worked by hand: YOLO v8, two of one class on one spot, one of another', async () => {
  const rows = [[20, 20, 10, 10, 0.9, 0.2, 0.1], [21, 20, 10, 10, 0.8, 0, 0], [20, 20, 10, 10, 0.1, 0.6, 0.3], [40, 40, 8, 8, 0.2, 0.1, 0.1]]
  const { predictions } = await run(manifest(heads['yolo, columns first']!.head, classes), { output0: floats([1, 7, 4], transpose(rows).flat()) })
  expect(predictions.map(({ className, score }) => [className, Math.round(score * 1000)])).toEqual([['cat', 900], ['dog', 600]])
  expect(predictions[0]!.geometry).toEqual({ kind: 'box', x: 15, y: 15, width: 10, height: 10 })
  // Margin 0.9 − 0.2; entropy of 0.75, 0.1667, 0.0833.
  expect(predictions[0]!.margin).toBeCloseTo(0.7, 5)
  expect(predictions[0]!.entropy).toBeCloseTo(-(0.75 * Math.log(0.75) + (1 / 6) * Math.log(1 / 6) + (1 / 12) * Math.log(1 / 12)), 5)
})

test('worked by hand: YOLOX’s second cell of its second stride', async () => {
  const model = manifest({ kind: 'yolox', strides: [32, 64] }, ['cat'], { input: imageInput(128, 64) })
  // 4 × 2 cells of 32, then 2 × 1 of 64: the last is at (1, 0).
  const rows = Array.from({ length: 10 }, () => empty(6))
  rows[9] = [0.25, 0.5, 0, Math.log(0.5), 0.9, 0.8]
  const { predictions } = await run(model, { output: floats([1, 10, 6], rows.flat()) }, plainPicture(128, 64))
  expect(predictions).toHaveLength(1)
  expect(predictions[0]!.score).toBeCloseTo(0.72, 5)
  expect(predictions[0]!.geometry).toMatchObject({ x: expect.closeTo(48, 5), y: expect.closeTo(16, 5), width: expect.closeTo(64, 5), height: expect.closeTo(32, 5) })
})

const peak = (at: number, bins = 8) => Array.from({ length: bins }, (_, bin) => (bin === at ? 50 : 0))

test('worked by hand: NanoDet’s distances from a point', async () => {
  // 64 × 64, strides 32 and 64: 4 + 1 points; the second point of stride 32 is at column 1, row 0.
  const head = (offset: number, outputs: string[] = []): Head => ({ kind: 'nanodet', strides: [32, 64], bins: 8, offset, activation: 'none', outputs })
  const scores = [[0, 0, 0], [0.1, 0.7, 0.2], [0, 0, 0], [0, 0, 0]]
  const far = [...peak(0), ...peak(0), ...peak(1), ...peak(1)]
  const distances = scores.map(() => far)
  const levels = { s32: floats([1, 4, 3], scores.flat()), d32: floats([1, 4, 32], distances.flat()), s64: floats([1, 1, 3], [0, 0, 0]), d64: floats([1, 1, 32], far) }
  const nanodet = await run(manifest(head(0.5), classes), levels)
  expect(nanodet.predictions.map(({ className, geometry }) => [className, geometry])).toEqual([['dog', expect.objectContaining({ x: expect.closeTo(48, 4), y: expect.closeTo(16, 4), width: expect.closeTo(16, 4), height: expect.closeTo(32, 4) })]])
  // NanoDet-Plus: one table, points at the corners of cells.
  const plus = await run(manifest(head(0, ['output']), classes), { output: floats([1, 5, 35], [...scores, [0, 0, 0]].flatMap((score) => [...score, ...far])) })
  expect(plus.predictions[0]!.geometry).toMatchObject({ x: expect.closeTo(32, 4), y: expect.closeTo(0, 4), width: expect.closeTo(32, 4), height: expect.closeTo(32, 4) })
  // A distribution's mean: half at 0, half at 1 is half a stride of 64.
  const half = [50, 50, 0, 0, 0, 0, 0, 0]
  const spread = await run(manifest(head(0.5), classes), { ...levels, s32: floats([1, 4, 3], empty(12)), s64: floats([1, 1, 3], [0.9, 0, 0]), d64: floats([1, 1, 32], [...peak(0), ...half, ...half, ...peak(0)]) })
  expect(spread.predictions[0]!.geometry).toMatchObject({ x: expect.closeTo(32, 4), y: expect.closeTo(0, 4), width: expect.closeTo(32, 4), height: expect.closeTo(32, 4) })
})

test('NanoDet’s maps may lie channel by channel', async () => {
  const head: Head = { kind: 'nanodet', strides: [32], bins: 8, offset: 0.5, activation: 'sigmoid', outputs: ['cls', 'reg'] }
  const distance = [...peak(0), ...peak(0), ...peak(1), ...peak(0)]
  const map = (rows: number[][]) => transpose(rows).flat()
  const { predictions } = await run(manifest(head, classes), {
    reg: floats([1, 32, 2, 2], map([distance, distance, distance, [...peak(1), ...peak(1), ...peak(0), ...peak(0)]])), cls: floats([1, 3, 2, 2], map([[-9, -9, -9], [-9, -9, -9], [-9, -9, -9], [-9, logit(0.8), -9]])),
  })
  expect(predictions[0]).toMatchObject({ className: 'dog', score: expect.closeTo(0.8, 4), geometry: { x: expect.closeTo(16, 3), y: expect.closeTo(16, 3), width: expect.closeTo(32, 3), height: expect.closeTo(32, 3) } })
})

test('numbers that are not finite are left out and noted', async () => {
  const rows = [[20, 20, 10, 10, 0.9, NaN, 0], [NaN, 20, 10, 10, 0.8, 0, 0], [40, 40, Infinity, 10, 0.8, 0, 0], [50, 50, 8, 8, 0.5, 0, 0]]
  const { predictions, notes } = await run(manifest(heads['yolo, columns first']!.head, classes), { output0: floats([1, 7, 4], transpose(rows).flat()) })
  expect(predictions).toHaveLength(1)
  expect(notes).toEqual(['The model gave numbers that are not finite (NaN or infinite) for 3 of 4 boxes; they were left out.'])
})

test('100,000 boxes are cut to the best, and every one in the result is sound', async () => {
  const count = 100_000
  const data = new Float32Array(5 * count)
  for (let i = 0; i < count; i++) data.set([i % 64, (i >> 6) % 64, 4, 4, 0.3 + (i % 1000) / 2000], i * 5)
  const { predictions, notes } = await run(manifest({ kind: 'yolo', transposed: true, activation: 'none' }, ['cat'], { mostDetections: 50 }), { output0: floats([1, count, 5], data) })
  expect(predictions).toHaveLength(50)
  expect(notes).toEqual(['100000 boxes reach the threshold; only the best 30000 were looked at. Raise the threshold.', 'There are more than 50 detections; the best 50 were kept.'])
  expect(predictions[0]!.score).toBeCloseTo(0.7995, 4)
})

test.each([
  ['another number of classes', { output0: floats([1, 84, 8400], new Float32Array(84 * 8400)) }, 'The output `output0` has 84 × 8400 where 7 × N is expected: 4 numbers of the box, 3 class scores. The list of classes'],
  ['the other order', { output0: floats([1, 9, 7], new Float32Array(63)) }, 'It looks transposed'],
  ['a batch', { output0: floats([2, 7, 9], new Float32Array(126)) }, 'a batch of 1'],
  ['no outputs', {}, 'has no output for boxes'],
  ['outputs that do not say which', { a: floats([1, 7, 1], empty(7)), b: floats([1, 7, 1], empty(7)) }, 'does not say which holds boxes'],
  ['fewer numbers than its shape', { output0: floats([1, 7, 9], [1, 2, 3]) }, 'has 3 values where its shape'],
  ['another type', { output0: { type: 'int64' as const, dims: [1, 7, 1], data: new BigInt64Array(7) } }, 'is of type int64'],
  ['logits', { output0: floats([1, 7, 1], [5, 5, 5, 5, 7.25, 0, 0]) }, 'go up to 7.25'],
])('%s: words', async (_, outputs: Tensors, words) => {
  await expect(run(manifest(heads['yolo, columns first']!.head, classes), outputs)).rejects.toThrow(words)
})

test('no classes, no graph, a sound, a head for people: words', async () => {
  const yolo = heads['yolo, columns first']!.head
  await expect(run(manifest(yolo, []), { output0: floats([1, 4, 1], [1, 1, 1, 1]) })).rejects.toThrow('names no classes')
  const settings = { threshold: 0.5, overlap: 0.5, mostDetections: 5 }
  await expect(predict(manifest(yolo, classes), {}, plainPicture(4, 4), settings)).rejects.toThrow('no graph named `model`')
  await expect(predict(manifest(yolo, classes), { model: fakeSession({}) }, { kind: 'audio', samples: new Float32Array(4), sampleRate: 8000 }, settings)).rejects.toThrow('this item is a sound')
  await expect(predict(manifest({ kind: 'sam', embedding: null, longest: 1024 }, classes), {}, plainPicture(4, 4), settings)).rejects.toThrow('cannot look through items')
})

test('an input of another size or type, or one nobody knows: words before anything runs', async () => {
  const yolo = manifest(heads['yolo, columns first']!.head, classes), settings = { threshold: 0.5, overlap: 0.5, mostDetections: 5 }
  const session = (...inputs: Parameters<typeof fakeSession>[1] & object) => ({ model: fakeSession({}, inputs) })
  const port = { name: 'images', type: 'float32', dims: [1, 3, 640, 640] }
  await expect(predict(yolo, session(port), plainPicture(4, 4), settings)).rejects.toThrow('The input `images` is 1 × 3 × 640 × 640, and the manifest makes 1 × 3 × 64 × 64')
  await expect(predict(yolo, session({ ...port, type: 'float64' }), plainPicture(4, 4), settings)).rejects.toThrow('of type float64')
  await expect(predict(yolo, session(port, { ...port, name: 'other' }), plainPicture(4, 4), settings)).rejects.toThrow('does not name the picture’s')
  await expect(predict({ ...yolo, input: imageInput(640, 640, { name: 'images' }) }, session(port, { ...port, name: 'other' }), plainPicture(4, 4), settings)).rejects.toThrow('`other` beside the picture')
})

test('RT-DETR’s own export is told the size of its input', async () => {
  const model = manifest({ kind: 'ssd', boxes: 'boxes', scores: 'scores', classes: 'labels', count: null, order: 'xyxy', unit: 'pixels', background: false }, classes)
  const session = fakeSession(
    { labels: { type: 'int64', dims: [1, 2], data: BigInt64Array.of(2n, 7n) }, boxes: floats([1, 2, 4], [8, 8, 16, 24, 0, 0, 9, 9]), scores: floats([1, 2], [0.9, 0.8]) },
    [{ name: 'images', type: 'float32', dims: ['N', 3, 64, 64] }, { name: 'orig_target_sizes', type: 'int64', dims: ['N', 2] }],
  )
  const { predictions, notes } = await predict(model, { model: session }, plainPicture(640, 64), { threshold: 0.5, overlap: 0.5, mostDetections: 5 })
  expect(session.fed[0]!['orig_target_sizes']).toEqual({ type: 'int64', dims: [1, 2], data: BigInt64Array.of(64n, 64n) })
  expect(predictions).toMatchObject([{ className: 'owl', geometry: { x: 80, y: 8, width: 80, height: 16 } }])
  expect(notes).toEqual(['1 box is of a class that the manifest’s list of 3 does not have; left out.'])
})

test('whatever a graph says, an answer is sound or words', async () => {
  const anything = fc.oneof({ weight: 5, arbitrary: fc.float({ min: -2, max: 70, noNaN: true }) }, fc.constantFrom(NaN, Infinity, -Infinity, 0, 1e38, -1e38))
  const columns: Record<string, number> = { 'end to end': 6, 'end to end with centres': 6, 'end to end, the picture first': 7, 'yolo with objectness': 8, 'yolox': 8 }
  await fc.assert(fc.asyncProperty(fc.constantFrom(...Object.keys(heads)), fc.infiniteStream(anything), fc.integer({ min: 0, max: 84 }), async (name, values, count) => {
    const rows = name === 'yolox' ? 84 : count, width = columns[name] ?? 7
    const data = Array.from({ length: rows * width }, () => values.next().value as number)
    const dims = name === 'yolo, columns first' ? [1, width, rows] : [1, rows, width]
    try {
      const { predictions } = await run(manifest(heads[name]!.head, classes), { output0: floats(dims, data) }, plainPicture(50, 20))
      for (const prediction of predictions) {
        Prediction.parse(prediction)
        if (prediction.geometry.kind !== 'box') throw new Error('a box')
        const { x, y, width: across, height } = prediction.geometry
        if (!(x >= 0 && y >= 0 && across > 0 && height > 0 && x + across <= 50.0001 && y + height <= 20.0001)) throw new Error(JSON.stringify(prediction))
      }
    } catch (error) {
      expect(error).toMatchObject({ name: 'QuorumError' })
    }
  }), { numRuns: 300 })
})
