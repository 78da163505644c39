import { expect, test } from 'vitest'
import { onnxFile, type OnnxModel, type OnnxPort } from '#shared/testing/onnx.ts'
import { Manifest } from '../manifest.ts'
import { guessManifest } from './guess.ts'
import { readHeader } from './header.ts'

/** A graph of these inputs and outputs; `last` names the operator that makes the first output. */
const graph = (inputs: OnnxPort[], outputs: OnnxPort[], metadata: Record<string, string> = {}, last = 'Concat', extra: OnnxModel['nodes'] = []) =>
  readHeader(onnxFile({ inputs, outputs, metadata, nodes: [...extra, { op: last, inputs: [inputs[0]!.name], outputs: [outputs[0]!.name] }] }), 'm.onnx')
const guess = (header: ReturnType<typeof graph>, name = 'model.onnx') => {
  const found = guessManifest(header, { name, files: [{ name: 'model', path: name, bytes: header.bytes, hash: '0'.repeat(64) }] })
  expect(Manifest.parse(found.manifest)).toEqual(found.manifest)
  expect(found.sure || found.notes.length > 0).toBe(true)
  return found
}

const images = (size = 640): OnnxPort => ({ name: 'images', dims: [1, 3, size, size] })
const out = (...dims: (number | string)[]): OnnxPort => ({ name: 'output0', dims })
const ultralytics = (task: string, count: number, more: Record<string, string> = {}) => ({
  task, names: `{${Array.from({ length: count }, (_, at) => `${at}: 'thing ${at}'`).join(', ')}}`, imgsz: '[640, 640]', stride: '32', version: '8.3.0', license: 'AGPL-3.0', author: 'Ultralytics', ...more,
})

test.each<[string, ReturnType<typeof graph>, object]>([
  ['YOLO v8', graph([images()], [out(1, 84, 8400)], ultralytics('detect', 80)), { kind: 'yolo', transposed: false, activation: 'none' }],
  ['YOLO v8 with two classes and few boxes', graph([images(32)], [out(1, 6, 21)], ultralytics('detect', 2)), { kind: 'yolo', transposed: false }],
  ['YOLO v8 with two classes and few boxes, transposed', graph([images(32)], [out(1, 21, 6)], ultralytics('detect', 2)), { kind: 'yolo', transposed: true }],
  ['YOLO v5 with one class and few boxes', graph([images(64)], [out(1, 252, 6)], { names: ultralytics('', 1).names }), { kind: 'yolo-objectness', activation: 'none' }],
  ['YOLO v10 with as many boxes as cells', graph([images(64)], [out(1, 84, 6)], ultralytics('detect', 1, { end2end: 'True' })), { kind: 'end-to-end' }],
  ['YOLO v8 transposed', graph([images()], [out(1, 8400, 84)], ultralytics('detect', 80)), { kind: 'yolo', transposed: true }],
  ['YOLO v8 of any size', graph([{ name: 'images', dims: ['batch', 3, 'height', 'width'] }], [out('batch', 84, 'anchors')], ultralytics('detect', 80)), { kind: 'yolo', transposed: false }],
  ['YOLO v10', graph([images()], [out(1, 300, 6)], ultralytics('detect', 80, { end2end: 'True' })), { kind: 'end-to-end', boxes: 'xyxy' }],
  ['YOLO v8 with suppression', graph([images()], [out(1, 300, 6)], ultralytics('detect', 3, { args: "{'nms': True}" })), { kind: 'end-to-end' }],
  ['YOLO v5 with names', graph([images()], [out(1, 25_200, 85)], { names: ultralytics('', 80).names, stride: '32' }), { kind: 'yolo-objectness', activation: 'none' }],
  ['RT-DETR of Ultralytics', graph([images()], [out(1, 300, 84)], ultralytics('detect', 80, { description: 'Ultralytics RT-DETR-l model' })), { kind: 'detr', activation: 'none', logits: null }],
  ['YOLO v8 segmentation', graph([images()], [out(1, 38, 8400), { name: 'output1', dims: [1, 32, 160, 160] }], ultralytics('segment', 2)), { kind: 'yolo-seg', transposed: false, prototypes: 'output1' }],
  ['YOLO v26 segmentation', graph([images()], [out(1, 300, 38), { name: 'output1', dims: [1, 32, 160, 160] }], ultralytics('segment', 80, { end2end: 'True' })), { kind: 'yolo-seg', rows: 'ranked' }],
  ['YOLO v5 segmentation', graph([images()], [out(1, 25_200, 117), { name: 'output1', dims: [1, 32, 160, 160] }], { names: ultralytics('', 80).names, stride: '32' }), { kind: 'yolo-seg', rows: 'objectness', transposed: true }],
  ['YOLO v8 classification', graph([images(224)], [out(1, 5)], ultralytics('classify', 5, { imgsz: '[224, 224]' }), 'Softmax'), { kind: 'classes', activation: 'none', multiple: false }],
])('sure: %s', (_, header, head) => {
  const { manifest, sure, notes } = guess(header)
  expect(manifest.head).toMatchObject(head)
  expect([sure, notes]).toEqual([true, []])
  expect(manifest.classes[0]).toBe('thing 0')
})

test('Ultralytics’ pictures are letterboxed on grey, 0 … 1, of the size in the metadata', () => {
  const { manifest } = guess(graph([{ name: 'images', dims: ['b', 3, 'h', 'w'] }], [out('b', 84, 'n')], ultralytics('detect', 80, { imgsz: '[480, 640]' })), 'My Yolo (v8).onnx')
  expect(manifest).toMatchObject({
    id: 'my-yolo-v8', name: 'My Yolo (v8)', version: '8.3.0', licence: 'AGPL-3.0', source: 'Ultralytics', task: 'detect',
    input: { fit: 'letterbox', size: { width: 640, height: 480 }, channels: 'rgb', layout: 'nchw', pad: [114, 114, 114], scale: 1 / 255, mean: [0, 0, 0], deviation: [1, 1, 1] },
  })
})

const state = [{ name: 'input', dims: ['n', 'samples'] }, { name: 'state', dims: [2, 'n', 128] }, { name: 'sr', dims: [], type: 'int64' as const }]
test.each<[string, string, ReturnType<typeof graph>, object, object]>([
  ['YOLO v8 without names', 'yolov8n.onnx', graph([images()], [out(1, 84, 8400)]), { kind: 'yolo', transposed: false }, { task: 'detect' }],
  ...([[64, 6, 84, 2], [64, 84, 84, 80], [32, 84, 21, 80], [32, 6, 21, 2], [32, 85, 21, 81]] as const).map(([size, rows, columns, count]): [string, string, ReturnType<typeof graph>, object, object] =>
    [`a tiny YOLO without names, ${rows} × ${columns} at ${size}`, 'tiny.onnx', graph([images(size)], [out(1, rows, columns)]), { kind: 'yolo', transposed: false }, { task: 'detect', classes: expect.toSatisfy((classes: unknown[]) => classes.length === count) }]),
  ['a tiny YOLO v5 without names', 'tiny.onnx', graph([images(64)], [out(1, 252, 6)]), { kind: 'yolo-objectness' }, { classes: ['class 0'] }],
  ['a reader of lines with as many characters as a grid has cells', 'crnn.onnx', graph([{ name: 'x', dims: [1, 3, 32, 96] }], [{ name: 'out', dims: [1, 24, 63] }]), { kind: 'ctc' }, { task: 'text-recognise' }],
  ['YOLO v7', 'yolov7.onnx', graph([images()], [out(1, 25_200, 85)]), { kind: 'yolo-objectness' }, { task: 'detect' }],
  ['YOLOX', 'yolox_s.onnx', graph([images()], [out(1, 8400, 85)]), { kind: 'yolox', strides: [8, 16, 32] }, { input: { fit: 'top-left', channels: 'bgr', scale: 1 } }],
  ['NanoDet-Plus', 'nanodet.onnx', graph([{ name: 'data', dims: [1, 3, 416, 416] }], [out(1, 3598, 112)], {}, 'Transpose', [{ op: 'Sigmoid', inputs: ['data'], outputs: ['x'] }]), { kind: 'nanodet', offset: 0, bins: 8, strides: [8, 16, 32, 64], activation: 'none' }, { input: { channels: 'bgr' } }],
  ['NanoDet, a level a stride', 'nanodet.onnx', graph([images(416)], [[169, 80], [169, 32], [676, 80], [676, 32], [2704, 80], [2704, 32]].map(([n, c], at) => ({ name: `o${at}`, dims: [1, n!, c!] }))), { kind: 'nanodet', offset: 0.5, bins: 8, strides: [8, 16, 32] }, { task: 'detect' }],
  ['DETR', 'detr.onnx', graph([{ name: 'pixel_values', dims: ['b', 3, 'h', 'w'] }], [{ name: 'logits', dims: ['b', 100, 92] }, { name: 'pred_boxes', dims: ['b', 100, 4] }]), { kind: 'detr', activation: 'softmax', logits: 'logits' }, { task: 'detect' }],
  ['RT-DETR', 'rtdetr.onnx', graph([images()], [{ name: 'logits', dims: [1, 300, 80] }, { name: 'pred_boxes', dims: [1, 300, 4] }]), { kind: 'detr', activation: 'sigmoid' }, { task: 'detect' }],
  ['RT-DETR, its own export', 'rtdetr.onnx', graph([images(), { name: 'orig_target_sizes', dims: ['N', 2], type: 'int64' }], [{ name: 'labels', dims: ['N', 300], type: 'int64' }, { name: 'boxes', dims: ['N', 300, 4] }, { name: 'scores', dims: ['N', 300] }]), { kind: 'ssd', classes: 'labels', unit: 'pixels', background: false }, { task: 'detect' }],
  ['YOLO v7 with suppression', 'yolov7.onnx', graph([images()], [{ name: 'num_dets', dims: [1, 1], type: 'int32' }, { name: 'det_boxes', dims: [1, 100, 4] }, { name: 'det_scores', dims: [1, 100] }, { name: 'det_classes', dims: [1, 100], type: 'int32' }]), { kind: 'ssd', boxes: 'det_boxes', unit: 'pixels', background: false, count: 'num_dets', order: 'xyxy' }, { input: { fit: 'letterbox' } }],
  ['YOLO v7 with suppression, in one table', 'yolov7.onnx', graph([images()], [out('n', 7)], {}, 'Concat', [{ op: 'NonMaxSuppression', inputs: ['images'], outputs: ['x'] }]), { kind: 'end-to-end', boxes: 'xyxy' }, { task: 'detect' }],
  ['a detector of TensorFlow', 'ssd.onnx', graph([{ name: 'input', dims: [1, 320, 320, 3], type: 'uint8' }], [{ name: 'detection_boxes', dims: [1, 10, 4] }, { name: 'detection_classes', dims: [1, 10] }, { name: 'detection_scores', dims: [1, 10] }, { name: 'num_detections', dims: [1] }]), { kind: 'ssd', order: 'yxyx', unit: 'share', background: true, count: 'num_detections' }, { input: { layout: 'nhwc', type: 'uint8', scale: 1 } }],
  ['a face detector of SSD’s kind', 'face.onnx', graph([{ name: 'input', dims: [1, 3, 240, 320] }], [{ name: 'scores', dims: [1, 4420, 2] }, { name: 'boxes', dims: [1, 4420, 4] }]), { kind: 'ssd', classes: null, background: true }, { classes: ['class 0'] }],
  ['a class a pixel', 'deeplab.onnx', graph([images(512)], [{ name: 'out', dims: [1, 21, 512, 512] }]), { kind: 'semantic', layout: 'nchw', background: 0 }, { task: 'segment' }],
  ['a class a pixel, decided', 'segformer.onnx', graph([images(512)], [{ name: 'out', dims: [1, 512, 512], type: 'int64' }]), { kind: 'semantic' }, { task: 'segment' }],
  ['a person’s mask', 'selfie.onnx', graph([{ name: 'input_1', dims: [1, 256, 256, 3] }], [{ name: 'activation_10', dims: [1, 256, 256, 1] }], {}, 'Sigmoid'), { kind: 'mask', activation: 'none' }, { classes: ['person'], input: { layout: 'nhwc' } }],
  ['a classifier', 'resnet50.onnx', graph([{ name: 'data', dims: ['N', 3, 224, 224] }], [{ name: 'output', dims: ['N', 1000] }], {}, 'Gemm'), { kind: 'classes', activation: 'softmax' }, { task: 'classify', input: { fit: 'crop' } }],
  ['an embedding', 'clip-vit.onnx', graph([{ name: 'pixel_values', dims: ['N', 3, 224, 224] }], [{ name: 'image_embeds', dims: ['N', 512] }]), { kind: 'embedding', output: 'image_embeds' }, { task: 'embed' }],
  ['a text detector', 'ch_PP-OCRv4_det.onnx', graph([{ name: 'x', dims: ['b', 3, 'h', 'w'] }], [{ name: 'sigmoid_0.tmp_0', dims: ['b', 1, 'h', 'w'] }], {}, 'Sigmoid'), { kind: 'db' }, { input: { size: { kind: 'free', multipleOf: 32 } } }],
  ['a reader of lines', 'rec.onnx', graph([{ name: 'x', dims: ['b', 3, 48, 'w'] }], [{ name: 'softmax_11.tmp_0', dims: ['b', 'T', 6625] }], {}, 'Softmax'), { kind: 'ctc', blank: 0 }, { input: { size: { kind: 'line', height: 48 } } }],
])('a guess: %s', (_, name, header, head, parts) => {
  const { manifest, sure, notes } = guess(header, name)
  expect(manifest.head).toMatchObject(head)
  expect(manifest).toMatchObject(parts)
  expect(sure).toBe(false)
  expect(notes.length).toBeGreaterThan(0)
})

test('voice activity', () => {
  const { manifest } = guess(graph(state, [{ name: 'output', dims: ['n', 1] }, { name: 'stateN', dims: [2, 'n', 128] }]), 'silero_vad.onnx')
  expect(manifest).toMatchObject({ task: 'voice-activity', head: { kind: 'vad', state: 'state', stateDims: [2, 1, 128], rate: 'sr', output: 'output', nextState: 'stateN' }, input: { kind: 'audio', sampleRate: 16_000 } })
})

test.each<[string, ReturnType<typeof graph>, string]>([
  ['keypoints', graph([images()], [out(1, 56, 8400)], ultralytics('pose', 1)), 'keypoints'],
  ['rotated boxes', graph([images()], [out(1, 20, 8400)], ultralytics('obb', 15)), 'rotated boxes'],
  ['half of a speech model', graph([{ name: 'input_features', dims: ['b', 80, 3000] }], [{ name: 'last_hidden_state', dims: ['b', 1500, 384] }]), 'speech-to-text'],
  ['half of SAM', graph([{ name: 'input', dims: [1, 3, 1024, 1024] }], [{ name: 'image_embeddings', dims: [1, 256, 64, 64] }]), 'Segment Anything'],
  ['the other half of SAM', graph([{ name: 'image_embeddings', dims: [1, 256, 64, 64] }, { name: 'point_coords', dims: [1, 'n', 2] }], [{ name: 'masks', dims: [1, 1, 'h', 'w'] }]), 'Segment Anything'],
  ['voice activity with two states', graph([state[0]!, { name: 'h', dims: [2, 'n', 64] }, { name: 'c', dims: [2, 'n', 64] }], [{ name: 'output', dims: ['n', 1] }, { name: 'hn', dims: [2, 'n', 64] }]), 'could not be guessed'],
  ['something else', graph([{ name: 'tokens', dims: ['b', 'n'], type: 'int64' }], [{ name: 'logits', dims: ['b', 'n', 50_257] }]), 'could not be guessed from its inputs (tokens b × n) and outputs (logits b × n × 50257)'],
])('not guessed, in words: %s', (_, header, words) => { expect(() => guess(header)).toThrow(words) })

test('a manifest whose strides are no pixels is refused', () => {
  const { manifest } = guess(graph([images()], [out(1, 8400, 85)]), 'yolox_s.onnx')
  for (const strides of [[0, 16, 32], [-8, 16, 32]]) expect(Manifest.safeParse({ ...manifest, head: { kind: 'yolox', strides } }).success).toBe(false)
})

test('names that do not fit the output are not used, and make no other model of a detector', () => {
  const { manifest, notes } = guess(graph([images()], [out(1, 6, 8400)], ultralytics('detect', 3)))
  expect(manifest).toMatchObject({ task: 'detect', head: { kind: 'yolo', transposed: false }, classes: ['class 0', 'class 1'] })
  expect(notes).toContainEqual(expect.stringMatching(/names 3 classes, and the output has 2/u))
})
