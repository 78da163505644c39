import type { Format } from '../format.ts'
import { looksLikeLabels, looksLikeTexts, readPaddle } from './read.ts'
import { writePaddle } from './write.ts'

/** PaddleOCR's label files (doc/doc_en/dataset/ocr_datasets_en.md), as PPOCRLabel writes them; docs/text-formats.md tells what is decided beyond it. */
export const paddleocr: Format = {
  id: 'paddleocr',
  name: 'PaddleOCR (Label.txt, rec_gt.txt)',
  reads: true,
  writes: true,
  kinds: ['text-line', 'item'],
  async detect(input) {
    for (const file of input.files) {
      if (!/\.txt$/iu.test(file)) continue
      const head = String.fromCharCode(...(await input.readHead(file, 4096)))
      if (looksLikeLabels(head)) return 0.9
      if (/(?:^|\/)rec_gt[^/]*\.txt$/iu.test(file) && looksLikeTexts(head)) return 0.8
    }
    return 0
  },
  parse: readPaddle,
  serialize: writePaddle,
}
