import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { guessManifest } from '#shared/prelabel/onnx/guess.ts'
import { readHeader } from '#shared/prelabel/onnx/header.ts'
import { runModel } from '#shared/prelabel/runModel.ts'
import { plainPicture } from '#shared/testing/models.ts'
import { onnxFile, onnxTypes } from '#shared/testing/onnx.ts'
import { temporaryFolder } from '#electron/media/fixture.ts'
import { loadedModel } from './sessions.ts'

/** Gives back the means of red, green and blue as scores; both ends are 16 bits wide, as Ultralytics' `half=True` makes them. */
const halfModel = () => onnxFile({
  inputs: [{ name: 'images', type: 'float16', dims: ['n', 3, 8, 8] }], outputs: [{ name: 'probs', type: 'float16', dims: ['n', 3] }],
  metadata: { task: 'classify', names: "{0: 'red', 1: 'green', 2: 'blue'}", imgsz: '[8, 8]' },
  nodes: [
    { op: 'Cast', inputs: ['images'], outputs: ['wide'], attributes: { to: { int: onnxTypes.float32 } } },
    { op: 'ReduceMean', inputs: ['wide'], outputs: ['means'], attributes: { axes: { ints: [2, 3] }, keepdims: { int: 0 } } },
    { op: 'Cast', inputs: ['means'], outputs: ['probs'], attributes: { to: { int: onnxTypes.float16 } } },
  ],
})

test('a model of half precision is guessed, fed and read: the numbers are those of 16 bits', async () => {
  using folder = temporaryFolder()
  const bytes = halfModel(), path = join(folder.path, 'half.onnx')
  writeFileSync(path, bytes)
  const { manifest } = guessManifest(readHeader(bytes, 'half.onnx'), { name: 'half.onnx', files: [{ name: 'model', path: 'half.onnx', bytes: bytes.length, hash: '0'.repeat(64) }] })
  const raw = { ...manifest, head: { kind: 'classes' as const, output: null, activation: 'none' as const, multiple: true } }
  const loaded = await loadedModel({ kind: 'model', key: 'half', manifest: raw, files: { model: path } })
  const { predictions } = await runModel(raw, loaded, plainPicture(30, 20, [51, 204, 0]), { threshold: 0.1, overlap: 0.7, mostDetections: 10 })
  // 0.8 and 0.2 as binary16 has them.
  expect(predictions.map(({ className, score }) => [className, score])).toEqual([['green', 0.7998046875], ['red', 0.199951171875]])
})
