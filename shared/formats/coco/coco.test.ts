import fc from 'fast-check'
import { expect, test } from 'vitest'
import { trimMask } from '#shared/geometry/mask.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { GroupId } from '#shared/model/id.ts'
import { memoryInput } from '../memoryInput.ts'
import { sampleAnnotation, sampleAsset, sampleItem, sampleLabel, sampleSnapshot, writtenAndRead, writtenText } from '../samples.ts'
import { coco } from './coco.ts'

const image = { id: 1, width: 10, height: 8, file_name: 'a.jpg' }
const category = { id: 3, name: 'cat', supercategory: 'animal' }
const row = { id: 7, image_id: 1, category_id: 3, bbox: [1, 1, 4, 3], area: 12, iscrowd: 0 }
const document = (annotations: unknown[], changes: object = {}) => JSON.stringify({ images: [image], categories: [category], annotations, ...changes })
const parsed = (text: string) => coco.parse(memoryInput({ 'annotations.json': text }))
const geometriesOf = async (...rows: object[]) => (await parsed(document(rows.map((each) => ({ ...row, ...each }))))).items[0]!.annotations.map((annotation) => annotation.geometry)

// The example of cocodataset.org, "Data format", 1. Object Detection and 2. Keypoint Detection.
test('reads the fields that the specification names', async () => {
  const result = await parsed(document([{ ...row, segmentation: [[1, 1, 5, 1, 5, 4]], score: 0.5, attributes: { colour: 'red', occluded: true } }], {
    info: { year: 2017 }, licenses: [{ id: 4, name: 'CC-BY', url: 'https://example.org' }], images: [{ ...image, license: 4, flickr_url: 'f' }],
  }))
  expect(result.failed).toEqual([])
  expect(result.labels).toEqual([{ name: 'cat', parent: 'animal', externalId: 3, color: null, keypoints: null, attributes: [{ id: 'colour', name: 'colour', type: 'text', required: false, default: null }] }])
  const [item] = result.items
  expect(item).toMatchObject({ media: { path: 'a.jpg', exact: true }, width: 10, height: 8, metadata: { license: 'CC-BY', license_url: 'https://example.org', flickr_url: 'f' } })
  expect(item!.annotations[0]).toMatchObject({
    label: 'cat', geometry: { kind: 'polygon', parts: [[[1, 1, 5, 1, 5, 4]]] }, attributes: { colour: 'red' }, flags: ['occluded'],
    provenance: { sourceId: '7', extra: { score: 0.5 } },
  })
  expect(result.extra).toMatchObject({ 'annotations.json': { info: { year: 2017 } } })
})

test('a row with an outline and keypoints is two annotations of one group', async () => {
  const geometries = await geometriesOf({ segmentation: [[1, 1, 5, 1, 5, 4]], keypoints: [1, 2, 2, 0, 0, 0], num_keypoints: 1 })
  expect(geometries.map((geometry) => geometry.kind)).toEqual(['polygon', 'keypoints'])
})

// Strings made with pycocotools 2.0.11 (mask.frPyObjects) of a 10 × 8 picture.
test('compressed run lengths are read', async () => {
  const masks = await geometriesOf({ segmentation: { size: [8, 10], counts: '93500000W1' } }, { id: 8, segmentation: { size: [8, 10], counts: [9, 3, 5, 3, 5, 3, 5, 3, 44] } })
  expect(masks).toEqual([0, 1].map(() => ({ kind: 'mask', x: 1, y: 1, width: 4, height: 3, counts: [0, 12] })))
})

const hostile: [pathology: string, text: string, code: string, place: string][] = [
  ['truncated', document([row]).slice(0, 60), 'not-json', 'line 1, column 61'],
  ['a list instead of an object', '[]', 'not-coco', ''],
  ['NaN in a box', document([{ ...row, bbox: [1, 1, 4, 3] }]).replace('[1,1,4,3]', '[1,NaN,4,3]'), 'not-finite', 'annotations[0].bbox[1]'],
  ['minus infinity', document([row]).replace('[1,1,4,3]', '[1,-Infinity,4,3]'), 'not-finite', 'annotations[0].bbox[1]'],
  ['text for a number', document([{ ...row, bbox: [1, '1', 4, 3] }]), 'wrong-type', 'annotations[0].bbox[1]'],
  ['a box of three', document([{ ...row, bbox: [1, 1, 4] }]), 'wrong-value', 'annotations[0].bbox'],
  ['a negative width', document([{ ...row, bbox: [1, 1, -4, 3] }]), 'wrong-value', 'annotations[0].bbox'],
  ['an image that is not listed', document([{ ...row, image_id: 99 }]), 'missing-image', 'annotations[0].image_id'],
  ['a category that is not listed', document([{ ...row, category_id: 99 }]), 'missing-category', 'annotations[0].category_id'],
  ['a row that is null', document([null]), 'wrong-type', 'annotations[0]'],
  ['two images with one id', document([row], { images: [image, { ...image, file_name: 'b.jpg' }] }), 'duplicate-id', 'images[1].id'],
  ['two categories with one id', document([row], { categories: [category, { ...category, name: 'dog' }] }), 'duplicate-id', 'categories[1].id'],
  ['half a point', document([{ ...row, segmentation: [[1, 1, 5, 1, 5]] }]), 'wrong-value', 'annotations[0].segmentation[0]'],
  ['two points', document([{ ...row, segmentation: [[1, 1, 5, 1]] }]), 'wrong-value', 'annotations[0].segmentation[0]'],
  ['runs that are too short', document([{ ...row, segmentation: { size: [8, 10], counts: [3, 4] } }]), 'wrong-value', 'annotations[0].segmentation.counts'],
  ['a mask of another size', document([{ ...row, segmentation: { size: [9, 10], counts: [90] } }]), 'size-differs', 'annotations[0].segmentation.size'],
  ['no annotations', JSON.stringify({ images: [image], categories: [category] }), 'missing-field', 'annotations'],
  ['an image name that is a number', document([], { images: [{ ...image, file_name: 5 }] }), 'wrong-type', 'images[0].file_name'],
]
test.each(hostile)('%s is one clear line', async (_, text, code, place) => {
  const { failed } = await parsed(text)
  expect(failed).toHaveLength(1)
  expect(failed[0]).toMatchObject({ file: 'annotations.json', code, place })
  expect(failed[0]!.message.length).toBeGreaterThan(20)
})

test('a bad row takes nothing else with it', async () => {
  const { items, failed } = await parsed(document([{ ...row, bbox: [0, 0, 'x', 1] }, { ...row, id: 8 }, { ...row, id: 8 }]))
  expect(failed).toHaveLength(1)
  expect(items[0]!.annotations).toHaveLength(2)
})

test('duplicate annotation ids are noted and both kept', async () => {
  const { items, notes } = await parsed(document([row, { ...row, bbox: [0, 0, 1, 1] }]))
  expect(items[0]!.annotations).toHaveLength(2)
  expect(notes).toMatchObject([{ code: 'duplicate-id', place: 'annotations[1].id' }])
})

test('a byte order mark and NaN inside a text are no trouble', async () => {
  const { failed, items } = await parsed(`\uFEFF${document([{ ...row, note: 'NaN \\"Infinity' , score: 0 }]).replace('"score":0', '"score":NaN')}`)
  expect(failed).toEqual([])
  expect(items[0]!.annotations[0]!.provenance.extra).toEqual({ note: 'NaN \\"Infinity', score: null })
})

test('instances and person_keypoints of one folder speak of the same people', async () => {
  const keypoints = document([{ ...row, keypoints: [1, 2, 2] }])
  const { items } = await coco.parse(memoryInput({ 'annotations/instances_val.json': document([row]), 'annotations/person_keypoints_val.json': keypoints }))
  expect(items).toHaveLength(1)
  expect(items[0]!.annotations.map((annotation) => annotation.geometry.kind)).toEqual(['box', 'keypoints'])
})

test.each([
  [['annotations/instances_val2017.json', 'train2017/a.jpg', 'val2017/a.jpg'], 'val2017/a.jpg', 'val2017'],
  [['annotations/instances_val.json', 'images/train/a.jpg', 'images/val/a.jpg'], 'images/val/a.jpg', 'val'],
  [['valid/_annotations.coco.json', 'train/a.jpg', 'valid/a.jpg'], 'valid/a.jpg', 'valid'],
  [['annotations/instances_default.json', 'images/default/a.jpg'], 'images/default/a.jpg', null],
  [['x/labels.json', 'elsewhere/a.jpg'], 'a.jpg', null],
] as const)('finds the picture among %j', async ([file, ...pictures], path, split) => {
  const { items } = await coco.parse(memoryInput({ [file]: document([row]), ...Object.fromEntries(pictures.map((picture) => [picture, ''])) }))
  expect(items[0]).toMatchObject({ media: { path, exact: true }, split })
})

const coordinate = fc.double({ min: 0, max: 480, noNaN: true }).map((value) => Math.round(value * 1000) / 1000)
const ring = fc.array(coordinate, { minLength: 6, maxLength: 20 }).map((values) => values.slice(0, values.length - (values.length % 2)))
  .filter((values) => !(values[0] === values.at(-2) && values[1] === values.at(-1)))
const geometry: fc.Arbitrary<Geometry> = fc.oneof(
  fc.record({ kind: fc.constant('box' as const), x: coordinate, y: coordinate, width: coordinate, height: coordinate }),
  fc.record({ kind: fc.constant('rotated-box' as const), cx: coordinate, cy: coordinate, width: coordinate, height: coordinate, angle: fc.integer({ min: -179, max: 180 }) }),
  fc.record({ kind: fc.constant('polygon' as const), parts: fc.array(ring.map((each) => [each]), { minLength: 1, maxLength: 3 }) }),
  fc.array(fc.record({ x: coordinate, y: coordinate, visibility: fc.constantFrom(0 as const, 1 as const, 2 as const) }), { minLength: 1, maxLength: 4 }).map((points) => ({ kind: 'keypoints' as const, points })),
  fc.record({ kind: fc.constant('mask' as const), x: fc.integer({ min: 0, max: 600 }), y: fc.integer({ min: 0, max: 440 }), size: fc.integer({ min: 1, max: 20 }), from: fc.integer({ min: 0, max: 5 }) })
    .map(({ x, y, size, from }) => trimMask({ kind: 'mask', x, y, width: size, height: size, counts: [Math.min(from, size * size - 1), size * size - Math.min(from, size * size - 1)] })),
)

test('what COCO can hold comes back equal', async () => {
  const label = sampleLabel(0, 'Zebra crossing "ü"', { parent: 'street', externalId: 17 })
  await fc.assert(fc.asyncProperty(fc.array(geometry, { maxLength: 6 }), async (geometries) => {
    const asset = sampleAsset(1)
    const annotations = geometries.map((each, index) => sampleAnnotation(index, asset, label, each, { attributes: { speed: index, note: 'é\n' }, text: index % 2 === 0 ? 'שלום' : null }))
    const { parsed: result, serialized } = await writtenAndRead(coco, sampleSnapshot([label], [sampleItem(asset, annotations, 'train')]))
    expect(result.failed).toEqual([])
    expect(result.labels[0]).toMatchObject({ name: label.name, parent: 'street', externalId: 17 })
    expect(result.items[0]!.annotations.map(({ geometry: found, text, attributes }) => ({ found, text, attributes })))
      .toEqual(annotations.map(({ geometry: found, text, attributes }) => ({ found, text, attributes })))
    expect(serialized.annotations).toBe(annotations.length)
    expect(result.items[0]!.split).toBe('train')
  }), { numRuns: 60 })
})

test('the order of the records does not change a byte', () => {
  const labels = [sampleLabel(0, 'a'), sampleLabel(1, 'b')]
  const assets = [3, 1, 2].map((number) => sampleAsset(number, number === 1 ? 'same.jpg' : 'SAME.jpg'))
  const items = assets.map((asset, index) => sampleItem(asset, [0, 1].map((each) => sampleAnnotation(index * 2 + each, asset, labels[each]!, { kind: 'box', x: each, y: 1, width: 5, height: 5 }))))
  const turned = [...items].reverse().map((item) => ({ ...item, annotations: [...item.annotations].reverse() }))
  expect(writtenText(coco.serialize(sampleSnapshot([...labels].reverse(), turned)))).toEqual(writtenText(coco.serialize(sampleSnapshot(labels, items))))
})

test('names what it cannot hold', () => {
  const label = sampleLabel(0, 'a')
  const asset = sampleAsset(1, 'photo\n1.jpg', { orientation: 6 })
  const hole: Geometry = { kind: 'polygon', parts: [[[0, 0, 9, 0, 9, 9, 0, 9], [2, 2, 4, 2, 4, 4, 2, 4]]] }
  const annotations = [
    sampleAnnotation(1, asset, label, { kind: 'polyline', points: [0, 0, 1, 1] }), sampleAnnotation(2, asset, null, { kind: 'box', x: 0, y: 0, width: 1, height: 1 }),
    sampleAnnotation(3, asset, label, hole), sampleAnnotation(4, asset, label, { kind: 'rotated-box', cx: 5, cy: 5, width: 4, height: 2, angle: 30 }, { draft: true }),
    sampleAnnotation(5, asset, label, { kind: 'box', x: 0, y: 0, width: 1, height: 1 }, { group: 'group:1' as GroupId }),
  ]
  const { losses, media, annotations: count } = coco.serialize(sampleSnapshot([label], [sampleItem(asset, annotations)]))
  expect(losses.map((loss) => loss.code)).toEqual(['draft-as-label', 'group-lost', 'kind-not-held', 'name-changed', 'no-label', 'orientation-baked', 'polygon-as-mask', 'rotation-lost'])
  expect(media).toEqual([{ asset: asset.id, path: 'images/default/photo%0A1.jpg', bakeOrientation: true }])
  expect(count).toBe(3)
})
