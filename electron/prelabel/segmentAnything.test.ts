import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { constantModel, onnxFile } from '#shared/testing/onnx.ts'
import { temporaryFolder } from '#electron/media/fixture.ts'
import { createHost } from '#electron/host/host.ts'
import { ModelRunner } from './runner.ts'

const runner = new ModelRunner()
afterAll(() => runner.close())

const encoder = constantModel({ name: 'x', dims: [1, 3, 64, 64] }, [{ name: 'image_embeddings', dims: [1, 2, 4, 4], data: Array<number>(32).fill(0.5) }])
/** Says of every click: the left half of the 600 × 400 sample as the square of 64 sees it. */
const decoder = (missing: string | null = null) => onnxFile({
  inputs: [
    { name: 'image_embeddings', dims: [1, 2, 4, 4] }, { name: 'point_coords', dims: [1, null, 2] }, { name: 'point_labels', dims: [1, null] }, { name: 'mask_input', dims: [1, 1, 256, 256] }, { name: 'has_mask_input', dims: [1] }, { name: 'orig_im_size', dims: [2] },
  ].filter(({ name }) => name !== missing),
  outputs: [{ name: 'masks', dims: [1, 1, 43, 64] }, { name: 'iou_predictions', dims: [1, 1] }, { name: 'low_res_masks', dims: [1, 1, 256, 256] }],
  initializers: [
    { name: 'm', dims: [1, 1, 43, 64], data: Array.from({ length: 43 * 64 }, (_, at) => (at % 64 < 32 ? 4 : -4)) }, { name: 's', dims: [1, 1], data: [0.75] }, { name: 'l', dims: [1, 1, 256, 256], data: Array<number>(65_536).fill(0) },
  ],
  nodes: [['m', 'masks'], ['s', 'iou_predictions'], ['l', 'low_res_masks']].map(([from, to]) => ({ op: 'Identity', inputs: [from!], outputs: [to!] })),
})

test('an encoder and a decoder in a folder are one segmenter: guessed, tried with a click in the middle, added', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'street-sam')
  mkdirSync(path)
  writeFileSync(join(path, 'a-decoder.onnx'), decoder())
  writeFileSync(join(path, 'vit.onnx'), encoder)
  const host = createHost({ dataDir: join(folder.path, 'data'), version: '0', remember: false, runner })
  try {
    const { manifest, notes } = await host.ask('models.inspect', { path })
    expect(manifest).toMatchObject({ id: 'street-sam', task: 'prompt-segment', head: { kind: 'sam', longest: 64 }, input: { name: 'x', size: { width: 64, height: 64 }, fit: 'top-left' }, files: [{ name: 'encoder', path: 'vit.onnx' }, { name: 'decoder', path: 'a-decoder.onnx' }] })
    expect(notes).toEqual([expect.stringMatching(/vit\.onnx was taken as the encoder and a-decoder\.onnx as the decoder/u)])
    const { outcome } = await host.ask('models.try', { manifest: manifest!, path })
    expect(outcome).toMatchObject({ predictions: [{ score: 0.75, geometry: { kind: 'polygon' } }], notes: [expect.stringMatching(/middle of the picture/u)] })
    expect((await host.ask('models.add', { manifest: manifest!, path })).model).toMatchObject({ id: 'street-sam', kind: 'own', task: 'prompt-segment', problem: null, files: [{ name: 'encoder' }, { name: 'decoder' }] })
    writeFileSync(join(path, 'a-decoder.onnx'), decoder('has_mask_input'))
    await expect(host.ask('models.inspect', { path })).rejects.toMatchObject({ message: expect.stringMatching(/decoder without the inputs has_mask_input/u) })
    writeFileSync(join(path, 'a-decoder.onnx'), encoder)
    await expect(host.ask('models.inspect', { path })).rejects.toMatchObject({ message: expect.stringMatching(/not the encoder and the decoder/u) })
  } finally {
    await host.close()
  }
})
