import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import { annotationOf } from '../testing/records.ts'
import type { Found } from '../tool.ts'
import { fitsBox, outlineBoxes, tightenBoxes } from './boxEdits.ts'

const extent = { minX: 0, minY: 0, maxX: 100, maxY: 100 }
const found = (x: number, y: number, width: number, height: number): Found => ({
  cutout: { mask: { kind: 'mask', x, y, width, height, counts: [0, width * height] }, stepX: 1, stepY: 1, score: 0.8 },
  origin: { by: 'model', model: 'cutter', version: '1', hash: 'abc', settings: {}, score: 0.8, backend: 'wasm', at: 5 },
})
const box = annotationOf('rough', { kind: 'box', x: 10, y: 10, width: 50, height: 40 }, { label: null, attributes: { occluded: true } })
const after = (edit: ReturnType<typeof outlineBoxes>) => edit!.diff.updated[box.id]![1] as Annotation

test('a box becomes the outline of what is in it and keeps everything else', () => {
  const edit = outlineBoxes([{ box, found: found(12, 14, 40, 30) }], { tolerance: 1, output: 'polygon' })
  expect(edit!.name).toBe('box to polygon')
  expect(after(edit)).toMatchObject({ id: box.id, attributes: { occluded: true }, geometry: { kind: 'polygon', parts: [[[52, 14, 52, 44, 12, 44, 12, 14]]] }, provenance: { by: 'human', origin: { model: 'cutter', settings: { box: { minX: 10, minY: 10, maxX: 60, maxY: 50 } } } } })
})

test('a roughly drawn box is tightened to the object, within the image', () => {
  expect(after(tightenBoxes([{ box, found: found(12, 14, 40, 30) }], extent)).geometry).toEqual({ kind: 'box', x: 12, y: 14, width: 40, height: 30 })
  expect(after(tightenBoxes([{ box, found: found(12, 14, 120, 30) }], extent)).geometry).toMatchObject({ width: 88 })
})

test('a box that fits already changes nothing', () => expect(tightenBoxes([{ box, found: found(10, 10, 50, 40) }], extent)).toBeNull())

test('where the shape came from before stays on record', () => {
  const imported: Annotation = { ...box, provenance: { by: 'import', format: 'coco', source: 'a.json', sourceId: '7', extra: {} } }
  expect(after(tightenBoxes([{ box: imported, found: found(12, 14, 40, 30) }], extent)).provenance).toMatchObject({ by: 'human', origin: { by: 'import', format: 'coco' } })
})

test('something far smaller than the box, or beside it, is not what was boxed', () => {
  expect(fitsBox({ box, found: found(12, 14, 40, 30) })).toBe(true)
  expect(fitsBox({ box, found: found(12, 14, 5, 5) })).toBe(false)
  expect(fitsBox({ box, found: found(70, 70, 20, 20) })).toBe(false)
})
