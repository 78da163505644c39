import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ringArea } from '#shared/geometry/ring.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { FormatInput } from '../format.ts'
import { memoryInput } from '../memoryInput.ts'
import { detectFormat } from '../registry.ts'
import { sampleAnnotation, sampleAsset, sampleItem, sampleLabel, sampleSnapshot, writtenAndRead, writtenText } from '../samples.ts'
import { labelPathOf } from './layout.ts'
import { oneRing } from './ring.ts'
import { parseRow } from './rows.ts'
import { yoloDetect } from './yoloDetect.ts'
import { yoloSegment } from './yoloSegment.ts'

// docs.ultralytics.com/datasets/detect: the coco8 layout and rows.
const coco8 = {
  'data.yaml': 'path: ../datasets/coco8\ntrain: images/train # 4 images\nval: images/val\ntest:\nnames:\n  0: person\n  1: bicycle\n  45: bowl\n',
  'images/train/000000000009.jpg': '', 'images/train/000000000025.jpg': '', 'images/val/000000000036.jpg': '',
  'labels/train/000000000009.txt': '45 0.479492 0.688771 0.955609 0.5955\n45 0.736516 0.247188 0.498875 0.476417\n',
  'labels/val/000000000036.txt': '0 0.339438 0.418896 0.678875 0.7815\n',
}

test('reads the layout of the documentation', async () => {
  const { items, labels, failed } = await yoloDetect.parse(memoryInput(coco8))
  expect(failed).toEqual([])
  expect(labels).toHaveLength(46)
  expect(items.map((item) => [item.media.path, item.split, item.annotations.length])).toEqual([
    ['images/train/000000000009.jpg', 'train', 2], ['images/train/000000000025.jpg', 'train', 0], ['images/val/000000000036.jpg', 'val', 1],
  ])
  expect(items[0]!.annotations[0]).toMatchObject({ label: 'bowl', geometry: { kind: 'box' } })
  expect(items[0]!.annotations[0]!.geometry).toMatchObject({ x: expect.closeTo(0.479492 - 0.955609 / 2, 12) as number, width: 0.955609 })
})

const layouts: [name: string, input: FormatInput, expected: [string, boolean, string | null][]][] = [
  ['names as a list, Roboflow\'s folders', memoryInput({
    'data.yaml': 'train: ../train/images\nval: ../valid/images\nnc: 1\nnames: [cat]\n', 'train/images/a.jpg': '', 'train/labels/a.txt': '0 .5 .5 .1 .1', 'valid/images/b.jpg': '', 'valid/labels/b.txt': '0 .5 .5 .1 .1',
  }), [['train/images/a.jpg', true, 'train'], ['valid/images/b.jpg', true, 'val']]],
  ['a list of pictures in a text file', memoryInput({
    'data.yaml': 'train: train.txt\nval: train.txt\nnames: [cat]\n', 'train.txt': './images/a.jpg\n\n./images/sub/b.png\n', 'images/a.jpg': '', 'labels/a.txt': '0 .5 .5 .1 .1', 'labels/sub/b.txt': '0 .5 .5 .1 .1',
  }), [['images/a.jpg', true, 'train'], ['images/sub/b.png', true, 'train']]],
  ['labels alone, the pictures elsewhere', memoryInput({ 'data.yaml': 'train: images\nval: images\nnames: [cat]\n', 'labels/a.b.txt': '0 .5 .5 .1 .1' }), [['images/a.b', false, 'train']]],
  ['a darknet folder', memoryInput({ 'obj.names': 'cat\n', 'obj/a.jpg': '', 'obj/a.txt': '0 .5 .5 .1 .1', 'train.txt': 'obj/a.jpg' }), [['obj/a.jpg', true, null]]],
  ['classes.txt of labelImg', memoryInput({ 'classes.txt': 'cat\n', 'a.png': '', 'a.txt': '0 .5 .5 .1 .1' }), [['a.png', true, null]]],
]
test.each(layouts)('finds %s', async (_, input, expected) => {
  const { items, failed } = await yoloDetect.parse(input)
  expect(failed).toEqual([])
  expect(items.map((item) => [item.media.path, item.media.exact, item.split])).toEqual(expected)
  for (const item of items) expect(item.annotations.map((annotation) => annotation.label)).toEqual(['cat'])
})

// img2label_paths in ultralytics/data/utils.py replaces the last "/images/".
test('labels lie where Ultralytics looks for them', () => {
  expect(labelPathOf('images/train/a.b.jpg')).toBe('labels/train/a.b.txt')
  expect(labelPathOf('images/train/x/images/a.jpg')).toBe('images/train/x/labels/a.txt')
  expect(labelPathOf('a.jpg')).toBe('a.txt')
})

const rows: [pathology: string, row: string, code: string][] = [
  ['a class without a name', '3 .5 .5 .1 .1', 'unknown-class'], ['a negative class', '-1 .5 .5 .1 .1', 'unknown-class'], ['half a class', '0.5 .5 .5 .1 .1', 'unknown-class'],
  ['NaN', '0 nan .5 .1 .1', 'not-finite'], ['infinity', '0 .5 .5 inf .1', 'not-finite'], ['a word', '0 .5 .5 x .1', 'wrong-type'], ['hexadecimal', '0 0x1 .5 .1 .1', 'wrong-type'],
  ['four values', '0 .5 .5 .1', 'column-count'], ['a confidence at the end', '0 .5 .5 .1 .1 .9', 'column-count'], ['half a point', '0 .1 .1 .2 .2 .3 .3 .4', 'column-count'],
  ['pixels', '0 320 240 50 50', 'out-of-range'], ['more than a hundredth outside', '0 1.02 .5 .1 .1', 'out-of-range'], ['a negative width', '0 .5 .5 -0.005 .1', 'wrong-value'],
]
test.each(rows)('%s is refused', (_, row, code) => {
  expect(parseRow(row, 2)).toMatchObject({ ok: false, code })
})

test('a bad row is named by file and line, the rest is read', async () => {
  const { items, failed } = await yoloDetect.parse(memoryInput({ ...coco8, 'labels/train/000000000009.txt': '\uFEFF0 .5 .5 .1 .1\r\n\r\n0 NaN .5 .1 .1\r\n1 .5 .5 .1 .1' }))
  expect(failed).toMatchObject([{ file: 'labels/train/000000000009.txt', place: 'line 3', code: 'not-finite' }])
  expect(items[0]!.annotations).toHaveLength(2)
})

test('a broken YAML and a missing folder are named', async () => {
  expect((await yoloDetect.parse(memoryInput({ 'data.yaml': 'names: [a\ntrain: x' }))).failed[0]).toMatchObject({ file: 'data.yaml', code: 'not-yaml' })
  expect((await yoloDetect.parse(memoryInput({ ...coco8, 'data.yaml': 'train: images/train\nval: gone\nnc: 46\n' }))).failed).toMatchObject([{ place: 'val', code: 'missing-folder' }])
})

test('is told apart from COCO and from other text', async () => {
  expect((await detectFormat(memoryInput(coco8)))?.id).toBe('yolo-detect')
  expect((await detectFormat(memoryInput({ ...coco8, 'labels/train/000000000009.txt': '0 .1 .1 .2 .2 .3 .1\n' })))?.id).toBe('yolo-segment')
  expect((await detectFormat(memoryInput({ 'a.json': '{"info": {}, "images": []}' })))?.id).toBe('coco')
  expect(await detectFormat(memoryInput({ 'notes.txt': 'hello', 'a.jpg': '' }))).toBeNull()
})

const share = fc.integer({ min: 0, max: 1_000_000 }).map((value) => value / 1_000_000)
const size = { width: 4000, height: 3000 }
const box = fc.tuple(share, share, share, share).map(([a, b, c, d]): Geometry => ({
  kind: 'box', x: Math.min(a, c) * size.width, y: Math.min(b, d) * size.height, width: Math.abs(a - c) * size.width, height: Math.abs(b - d) * size.height,
}))
const polygon = fc.array(fc.tuple(share, share), { minLength: 3, maxLength: 12 }).filter((points) => String(points[0]) !== String(points.at(-1)))
  .map((points): Geometry => ({ kind: 'polygon', parts: [[points.flatMap(([x, y]) => [x * size.width, y * size.height])]] }))
const labels = [sampleLabel(0, 'no'), sampleLabel(1, 'a: "b" # c'), sampleLabel(2, 'ключ')]
const flat = (geometry: object): number[] => Object.values(geometry).flatMap((value: unknown) => (Array.isArray(value) ? (value.flat(3) as number[]) : typeof value === 'number' ? [value] : []))

test.each([['yolo-detect', yoloDetect, box], ['yolo-segment', yoloSegment, polygon]] as const)('what %s can hold comes back within a millionth of the picture', async (_, format, shape) => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(shape, fc.integer({ min: 0, max: 2 })), { maxLength: 6 }), async (shapes) => {
    const asset = sampleAsset(1, 'street/images/1.JPG', size)
    const annotations = shapes.map(([geometry, label], index) => sampleAnnotation(index, asset, labels[label]!, geometry))
    const { parsed, serialized } = await writtenAndRead(format, sampleSnapshot(labels, [sampleItem(asset, annotations)]))
    expect(parsed.failed).toEqual([])
    expect(serialized.losses).toEqual([])
    expect(parsed.labels.map((label) => label.name)).toEqual(labels.map((label) => label.name))
    const found = parsed.items[0]!.annotations
    expect(found.map((annotation) => annotation.label)).toEqual(shapes.map(([, label]) => labels[label]!.name))
    for (const [index, annotation] of found.entries()) {
      const [is, was] = [flat(annotation.geometry), flat(shapes[index]![0])]
      expect(is).toHaveLength(was.length)
      for (const [at, value] of is.entries()) expect(Math.abs(value - was[at]!)).toBeLessThan(1e-6 * size.width)
    }
  }), { numRuns: 60 })
})

test('a hole and a second part are joined without changing the area, and named', () => {
  const rings = [[0, 0, 100, 0, 100, 100, 0, 100], [20, 20, 20, 40, 40, 40, 40, 20], [200, 0, 300, 0, 300, 100, 200, 100]]
  expect(ringArea(oneRing([rings[0]!, rings[1]!]))).toBe(100 * 100 - 20 * 20)
  expect(ringArea(oneRing([rings[0]!, rings[2]!]))).toBe(2 * 100 * 100)
  const asset = sampleAsset(1)
  const { losses } = yoloSegment.serialize(sampleSnapshot(labels, [sampleItem(asset, [sampleAnnotation(1, asset, labels[0]!, { kind: 'polygon', parts: [[rings[0]!, rings[1]!], [rings[2]!]] })])]))
  expect(losses.map((loss) => loss.code)).toEqual(['holes-joined', 'parts-joined'])
})

test('the YAML has every split, no absolute path and quoted names; pictures without objects have an empty file', () => {
  const items = ['train', 'val', 'test'].map((split, index) => sampleItem(sampleAsset(index + 1, `${split}.jpg`), [], split))
  const files = writtenText(yoloDetect.serialize(sampleSnapshot(labels, items)))
  expect(files['data.yaml']).toBe('# Paths are relative to this file.\ntrain: images/train\nval: images/val\ntest: images/test\nnc: 3\nnames:\n  0: "no"\n  1: "a: \\"b\\" # c"\n  2: "ключ"\n')
  expect(files['labels/test/test.txt']).toBe('')
})

test('two pictures that differ in their ending alone do not share a label file', () => {
  const items = [sampleItem(sampleAsset(1, 'a.jpg'), []), sampleItem(sampleAsset(2, 'A.png'), []), sampleItem(sampleAsset(3, 'a.jpg'), [])]
  const { media, files, losses } = yoloDetect.serialize(sampleSnapshot(labels, items))
  expect(new Set(media.map((each) => each.path.toLowerCase())).size).toBe(3)
  expect(new Set([...files].map((each) => each.path.toLowerCase())).size).toBe(4)
  expect(losses).toMatchObject([{ code: 'name-changed', count: 2 }])
})

test('what lies outside the picture is cut off or left out, and named', () => {
  const asset = sampleAsset(1)
  const at = (number: number, x: number) => sampleAnnotation(number, asset, labels[0]!, { kind: 'box', x, y: 10, width: 40, height: 20 })
  const { losses, annotations } = yoloSegment.serialize(sampleSnapshot(labels, [sampleItem(asset, [at(1, -20), at(2, 700)])]))
  expect(losses.map((loss) => [loss.code, loss.count])).toEqual([['box-as-polygon', 1], ['clipped', 1], ['outside-picture', 1]])
  expect(annotations).toBe(1)
})
