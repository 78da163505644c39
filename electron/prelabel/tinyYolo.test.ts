import * as ort from 'onnxruntime-web/wasm'
import { beforeAll, expect, test } from 'vitest'
import { guessManifest } from '#shared/prelabel/onnx/guess.ts'
import { readHeader } from '#shared/prelabel/onnx/header.ts'
import { predict } from '#shared/prelabel/predict.ts'
import type { Session, Tensor, Tensors } from '#shared/prelabel/tensor.ts'
import { plainPicture } from '#shared/testing/models.ts'
import { constantModel, onnxFile } from '#shared/testing/onnx.ts'

// One thread: a test wants no workers.
beforeAll(() => { ort.env.wasm.numThreads = 1 })

/** The thinnest session there is, over onnxruntime's WASM. */
async function sessionOf(bytes: Uint8Array): Promise<Session> {
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] })
  const { inputs, outputs } = readHeader(bytes, 'tiny.onnx')
  return {
    inputs, outputs,
    run: async (feeds) => {
      const given = Object.entries(feeds).map(([name, { type, data, dims }]) => [name, new ort.Tensor(type as 'float32', data as Float32Array, dims)] as const)
      const got = await session.run(Object.fromEntries(given))
      return Object.fromEntries(Object.entries(got).map(([name, { type, data, dims }]) => [name, { type, data, dims } as Tensor])) satisfies Tensors
    },
  }
}

const settings = { threshold: 0.25, overlap: 0.7, mostDetections: 300 }
const file = { name: 'tiny.onnx', files: [] }

test('a YOLO that a person brings: read, guessed, run, decoded', async () => {
  // Columns of boxes: two cats on one spot, a dog elsewhere, and nothing.
  const rows = [[16, 17, 48, 0], [16, 16, 40, 0], [8, 8, 16, 0], [8, 8, 16, 0], [0.9, 0.8, 0.05, 0.01], [0.1, 0.1, 0.75, 0.01]]
  const bytes = constantModel({ name: 'images', dims: [1, 3, 64, 64] }, [{ name: 'output0', dims: [1, 6, 4], data: rows.flat() }], { task: 'detect', names: "{0: 'cat', 1: 'dog'}", imgsz: '[64, 64]' })
  const { manifest, sure } = guessManifest(readHeader(bytes, file.name), file)
  expect(sure).toBe(true)
  // 128 × 64 is letterboxed to 64 × 32 with 16 above.
  const { predictions, notes } = await predict(manifest, { model: await sessionOf(bytes) }, plainPicture(128, 64), settings)
  expect(notes).toEqual([])
  expect(predictions.map(({ className, score, geometry }) => [className, Math.round(score * 100), geometry])).toEqual([
    ['cat', 90, { kind: 'box', x: 24, y: 0, width: 16, height: 8 }], ['dog', 75, { kind: 'box', x: 80, y: 32, width: 32, height: 32 }],
  ])
})

test('the graph sees the picture as the manifest says', async () => {
  // The means of the three channels come back as scores: red, then green, then blue, 0 … 1.
  const bytes = onnxFile({
    inputs: [{ name: 'images', dims: ['n', 3, 8, 8] }], outputs: [{ name: 'probs', dims: ['n', 3] }], metadata: { task: 'classify', names: "{0: 'red', 1: 'green', 2: 'blue'}", imgsz: '[8, 8]' },
    nodes: [{ op: 'ReduceMean', inputs: ['images'], outputs: ['probs'], attributes: { axes: { ints: [2, 3] }, keepdims: { int: 0 } } }],
  })
  const { manifest } = guessManifest(readHeader(bytes, file.name), file)
  const raw = { ...manifest, head: { kind: 'classes' as const, output: null, activation: 'none' as const, multiple: true } }
  const { predictions } = await predict(raw, { model: await sessionOf(bytes) }, plainPicture(30, 20, [51, 204, 0]), settings)
  expect(predictions).toMatchObject([{ className: 'green', score: expect.closeTo(0.8, 5) }])
})

test('a graph that answers NaN is said to, and drafts nothing', async () => {
  const bytes = constantModel({ name: 'images', dims: [1, 3, 32, 32] }, [{ name: 'output0', dims: [1, 5, 8], data: Array<number>(40).fill(NaN) }], { task: 'detect', names: "{0: 'a'}" })
  const { manifest } = guessManifest(readHeader(bytes, file.name), file)
  expect(await predict(manifest, { model: await sessionOf(bytes) }, plainPicture(32, 32), settings)).toEqual({
    predictions: [], embedding: null, notes: ['The model gave numbers that are not finite (NaN or infinite) for 8 of 8 boxes; they were left out.'],
  })
})
