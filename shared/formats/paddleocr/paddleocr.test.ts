import { expect, test } from 'vitest'
import { picturesOf, writeAndRead } from '../lines/sampleLines.ts'
import { bytesInput } from '../timed/sampleRecording.ts'
import { paddleocr } from './paddleocr.ts'

const parse = (files: Record<string, string>) => paddleocr.parse(bytesInput(files))

// PaddleOCR, doc/doc_en/dataset/ocr_datasets_en.md, "Text detection".
const documented = 'ch4_test_images/img_61.jpg\t[{"transcription": "MASA", "points": [[310, 104], [416, 141], [418, 216], [312, 179]]}, {"transcription": "###", "points": [[1, 2], [5, 2], [5, 8], [1, 8]]}]\n'

test('the example of the documentation: a quadrilateral with its text, and one that training leaves out', async () => {
  const { items, failed } = await parse({ 'train.txt': documented })
  expect(failed).toEqual([])
  expect(items).toMatchObject([{ media: { path: 'ch4_test_images/img_61.jpg', exact: true }, split: 'train' }])
  expect(items[0]!.annotations).toMatchObject([
    { text: 'MASA', flags: [], geometry: { kind: 'text-line', outline: { kind: 'polygon', parts: [[[310, 104, 416, 141, 418, 216, 312, 179]]] } } },
    { text: null, flags: ['illegible'], geometry: { outline: { kind: 'box', x: 1, y: 2, width: 4, height: 6 } } },
  ])
})

test('recognition lists: a text a crop, several crops with one text, tabs in the text', async () => {
  const { items } = await parse({ 'rec_gt_train.txt': 'crop/a.jpg\t简单可依赖\n["crop/b.jpg", "crop/c.jpg"]\tone\ttwo\n' })
  expect(items.map(({ media, annotations }) => [media.path, annotations[0]!.geometry.kind, annotations[0]!.text])).toEqual([
    ['crop/a.jpg', 'item', '简单可依赖'], ['crop/b.jpg', 'item', 'one\ttwo'], ['crop/c.jpg', 'item', 'one\ttwo'],
  ])
})

test('hostile lines cost themselves alone', async () => {
  const bad = [
    'no tab', 'a.jpg\t[{"transcription": "x", "points": [[1,2],[3,4]]}]', 'a.jpg\t[{"transcription": "x", "points": [[1,2],[3,4],[5,NaN]]}]', 'a.jpg\t[{"transcription": 5, "points": [[1,2],[3,4],[5,6]]}]',
    'a.jpg\t[{"transcription": "cut sh', 'a.jpg\t[{"transcription": "\\u0000\\uD800", "points": [[1,2],[3,4],[5,6e99]]}]', 'a.jpg\t[{"transcription": "good", "points": [[1,2],[3,4],[5,6]]}]',
  ]
  const { items, failed } = await parse({ 'Label.txt': bad.join('\n') })
  expect(failed.map(({ place, code }) => [place, code])).toEqual([
    ['line 1', 'wrong-columns'], ['line 2, text 1', 'wrong-value'], ['line 3, text 1', 'not-finite'], ['line 4, text 1', 'wrong-type'], ['line 5', 'not-json'], ['line 6, text 1', 'out-of-range'],
  ])
  expect(items[0]!.annotations.map(({ text }) => text)).toEqual(['good'])
})

test('what PPOCRLabel keeps for itself is not read as labels, and unknown fields come back', async () => {
  const files = { 'Label.txt': 'p/a.jpg\t[{"transcription": "x", "points": [[1, 2], [3, 4], [5, 6]], "difficult": true, "score": 0.5}]\n', 'fileState.txt': 'C:/p/a.jpg\t1\n', 'Cache.cal': 'p/a.jpg\t[]\n' }
  const { items } = await parse(files)
  expect(items).toHaveLength(1)
  const { files: written } = await writeAndRead(paddleocr, picturesOf({ ...(await parse(files)), items }))
  expect(written['Label.txt']).toBe('images/p/a.jpg\t[{"score": 0.5, "transcription": "x", "points": [[1, 2], [3, 4], [5, 6]], "difficult": true}]\n')
})
