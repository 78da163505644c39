import { expect, test } from 'vitest'
import type { Layer } from '#shared/model/author.ts'
import { annotation, author } from '#shared/testing/records.ts'
import { takenOver } from './edited.ts'
import { acceptDrafts } from './edits.ts'

const ada = author('ada')

test('a draft that is accepted moves to the layer of who accepts it and keeps its model', () => {
  const model = { by: 'model', model: 'm', version: '1', hash: 'h', settings: {}, score: 0.5, backend: 'wasm', at: 0 } as const
  const draft = annotation('a', { layer: 'm' as Layer, author: author('m'), draft: true, provenance: model })
  const { diff } = acceptDrafts([draft])!
  expect(takenOver(diff, ada).updated['annotation:a']?.[1]).toMatchObject({ layer: 'ada', author: 'ada', draft: false, provenance: model })
})

test('what is no draft stays where it is', () => {
  const label = annotation('a', { layer: 'final' as Layer })
  const diff = { added: {}, updated: { [label.id]: [label, { ...label, text: 'x' }] as [typeof label, typeof label] }, removed: {} }
  expect(takenOver(diff, ada)).toEqual(diff)
})
