import * as ort from 'onnxruntime-web/wasm'
import { beforeAll, describe, expect, test } from 'vitest'
import { guessManifest } from '#shared/prelabel/onnx/guess.ts'
import { readHeader } from '#shared/prelabel/onnx/header.ts'
import type { Prediction } from '#shared/prelabel/prediction.ts'
import { predict } from '#shared/prelabel/predict.ts'
import type { ImageSample } from '#shared/prelabel/sample.ts'
import { onnxFile, type OnnxNode } from '#shared/testing/onnx.ts'
import { openSession } from './readingFixture.ts'

beforeAll(() => { ort.env.wasm.numThreads = 1 })

type Family = 'v8' | 'v5' | 'v10'
interface Tiny { readonly family: Family; readonly classes: number; readonly width: number; readonly height: number; readonly dynamic: boolean }
const cell = 16, boxSide = 24

/**
 * A YOLO whose answers depend on every pixel: a candidate a cell of 16 × 16, its box 24 × 24 around the middle, the mean of the cell's red,
 * green and blue as class scores; as v8's, v5's (with objectness), or v10's and v26's table (end to end, class 0).
 */
function tiny({ family, classes, width, height, dynamic }: Tiny): Uint8Array {
  const columns = width / cell, rows = height / cell, count = columns * rows
  const x = Array.from({ length: count }, (_, at) => (at % columns + 0.5) * cell), y = Array.from({ length: count }, (_, at) => (Math.floor(at / columns) + 0.5) * cell)
  const half = boxSide / 2, all = (value: number) => Array.from({ length: count }, () => value)
  const boxes = family === 'v10' ? [x.map((v) => v - half), y.map((v) => v - half), x.map((v) => v + half), y.map((v) => v + half)] : [x, y, all(boxSide), all(boxSide)]
  const first = family === 'v5' ? [...boxes, all(0.9)] : boxes
  const depth = family === 'v10' ? 1 : classes
  const nodes: OnnxNode[] = [
    { op: 'AveragePool', inputs: ['images'], outputs: ['pooled'], attributes: { kernel_shape: { ints: [cell, cell] }, strides: { ints: [cell, cell] } } },
    { op: 'Slice', inputs: ['pooled', 'from', 'to', 'axis'], outputs: ['some'] },
    { op: 'Reshape', inputs: ['some', 'flat'], outputs: ['scores'] },
    { op: 'Concat', inputs: family === 'v10' ? ['first', 'scores', 'last'] : ['first', 'scores'], outputs: [family === 'v8' ? 'output0' : 'table'], attributes: { axis: { int: 1 } } },
    ...(family === 'v8' ? [] : [{ op: 'Transpose', inputs: ['table'], outputs: ['output0'], attributes: { perm: { ints: [0, 2, 1] } } }]),
  ]
  const across = first.length + depth + (family === 'v10' ? 1 : 0)
  const names = Array.from({ length: classes }, (_, at) => `${at}: 'class ${at}'`).join(', ')
  return onnxFile({
    inputs: [{ name: 'images', dims: dynamic ? ['batch', 3, 'height', 'width'] : [1, 3, height, width] }], outputs: [{ name: 'output0', dims: family === 'v8' ? [1, across, count] : [1, count, across] }],
    // YOLO v5 writes down no task.
    metadata: { ...(family === 'v5' ? {} : { task: 'detect', imgsz: `[${height}, ${width}]` }), names: `{${names}}`, stride: '32' }, nodes,
    initializers: [
      { name: 'from', type: 'int64', dims: [1], data: [0] }, { name: 'to', type: 'int64', dims: [1], data: [depth] }, { name: 'axis', type: 'int64', dims: [1], data: [1] },
      { name: 'flat', type: 'int64', dims: [3], data: [1, depth, count] }, { name: 'first', dims: [1, first.length, count], data: first.flat() },
      ...(family === 'v10' ? [{ name: 'last', dims: [1, 1, count], data: all(0) }] : []),
    ],
  })
}

/** Smooth colours with some noise, the same for the same size. */
function photo(width: number, height: number): ImageSample {
  let state = width * 7919 + height
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31
  const waves = Array.from({ length: 3 }, () => [1 + 5 * random(), 1 + 5 * random(), 6 * random()] as const)
  const data = new Uint8Array(width * height * 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let column = 0; column < width; column++) for (const [a, b, c] of waves) data[at++] = 127 + 100 * Math.sin(a * column / width * 3 + b * y / height * 3 + c) + 25 * random()
  }
  return { kind: 'image', picture: { width, height, data }, width, height }
}

interface Found { readonly box: readonly number[]; readonly score: number; readonly label: number }

/** The bare model as its authors run it, in the plainest words: LetterBox (gray 114), one ratio back, greedy suppression class by class. */
async function bare({ family, classes, width, height }: Tiny, bytes: Uint8Array, { picture }: ImageSample, threshold: number, overlap: number): Promise<Found[]> {
  const ratio = Math.min(height / picture.height, width / picture.width)
  const even = (v: number) => (Math.abs(v % 1) === 0.5 ? 2 * Math.round(v / 2) : Math.round(v))
  const w = Math.max(1, even(picture.width * ratio)), h = Math.max(1, even(picture.height * ratio))
  const left = Math.round((width - w) / 2 - 0.1), top = Math.round((height - h) / 2 - 0.1)
  const data = new Float32Array(3 * width * height).fill(114 / 255)
  const tap = (at: number, from: number, to: number) => {
    const place = Math.max(0, Math.min(from - 1, (at + 0.5) * from / to - 0.5)), low = Math.floor(place)
    return [low, Math.min(from - 1, low + 1), place - low] as const
  }
  for (let y = 0; y < h; y++) {
    const [y0, y1, fy] = tap(y, picture.height, h)
    for (let x = 0; x < w; x++) {
      const [x0, x1, fx] = tap(x, picture.width, w)
      for (let c = 0; c < 3; c++) {
        const at = (row: number, column: number) => picture.data[(row * picture.width + column) * 3 + c]!
        const value = (at(y0, x0) * (1 - fx) + at(y0, x1) * fx) * (1 - fy) + (at(y1, x0) * (1 - fx) + at(y1, x1) * fx) * fy
        data[(c * height + y + top) * width + x + left] = Math.round(value) / 255
      }
    }
  }
  const session = await ort.InferenceSession.create(bytes)
  const { output0 } = await session.run({ images: new ort.Tensor('float32', data, [1, 3, height, width]) })
  const out = output0!.data as Float32Array, count = (width / cell) * (height / cell), columns = out.length / count
  const value = (i: number, column: number) => (family === 'v8' ? out[column * count + i]! : out[i * columns + column]!)
  const found = Array.from({ length: count }, (_, i): Found => {
    const [a, b, c, d] = [value(i, 0), value(i, 1), value(i, 2), value(i, 3)] as const
    const corners = family === 'v10' ? [a, b, c, d] : [a - c / 2, b - d / 2, a + c / 2, b + d / 2]
    if (family === 'v10') return { box: corners, score: value(i, 4), label: value(i, 5) }
    const first = family === 'v5' ? 5 : 4, weight = family === 'v5' ? value(i, 4) : 1
    const scores = Array.from({ length: classes }, (_, k) => value(i, first + k) * weight), score = Math.max(...scores)
    return { box: corners, score, label: scores.indexOf(score) }
  }).filter(({ score }) => score >= threshold).sort((a, b) => b.score - a.score)
  const kept: Found[] = []
  for (const one of found) if (family === 'v10' || kept.every((other) => other.label !== one.label || iou(other.box, one.box) <= overlap)) kept.push(one)
  const side = [picture.width, picture.height, picture.width, picture.height]
  return kept
    .map((one) => ({ ...one, box: one.box.map((v, at) => Math.max(0, Math.min(side[at]!, (v - (at % 2 === 0 ? left : top)) / ratio))) }))
    .filter(({ box: [x1, y1, x2, y2] }) => x2! > x1! && y2! > y1!)
}

function iou(a: readonly number[], b: readonly number[]): number {
  const across = Math.min(a[2]!, b[2]!) - Math.max(a[0]!, b[0]!), down = Math.min(a[3]!, b[3]!) - Math.max(a[1]!, b[1]!)
  const common = across > 0 && down > 0 ? across * down : 0
  return common / (2 * boxSide * boxSide - common)
}

const pictures: [number, number][] = [[640, 480], [641, 479], [97, 1031], [31, 17], [3, 500], [1279, 853]]
const models: Tiny[] = [
  { family: 'v8', classes: 3, width: 320, height: 320, dynamic: false }, { family: 'v8', classes: 1, width: 256, height: 160, dynamic: true },
  { family: 'v5', classes: 2, width: 320, height: 192, dynamic: false }, { family: 'v5', classes: 1, width: 160, height: 160, dynamic: false }, { family: 'v10', classes: 3, width: 192, height: 320, dynamic: false },
]

describe.each(models)('drafts of $family with $classes classes at $width × $height (free: $dynamic)', (model) => {
  const bytes = tiny(model)
  const { manifest } = guessManifest(readHeader(bytes, 'tiny.onnx'), { name: 'tiny.onnx', files: [] })

  test.each(pictures)('are the bare model’s to 10⁻³ on a picture of %d × %d', { timeout: 30_000 }, async (width, height) => {
    const sample = photo(width, height)
    for (const [threshold, overlap] of [[0.25, 0.7], [0.5, 0.45], [0.4, 0.05]] as const) {
      const { predictions, notes } = await predict(manifest, { model: await openSession(bytes) }, sample, { threshold, overlap, mostDetections: 1000 })
      const expected = await bare(model, bytes, sample, threshold, overlap)
      expect(notes).toEqual([])
      // A grey level more or less, by the rounding of a resized pixel, may carry a score over the threshold.
      const clear = ({ score }: { readonly score: number }) => score >= threshold + 1e-3
      const same = (found: Found, { score, className, geometry: box }: Prediction) => box.kind === 'box' && Math.abs(found.score - score) < 1e-3 && `class ${found.label}` === className
        && [box.x, box.y, box.x + box.width, box.y + box.height].every((v, at) => Math.abs(v - found.box[at]!) < 1e-3)
      expect(predictions.filter((one) => clear(one) && !expected.some((other) => same(other, one)))).toEqual([])
      expect(expected.filter((one) => clear(one) && !predictions.some((other) => same(one, other)))).toEqual([])
    }
  })
})
