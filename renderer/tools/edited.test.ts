import { expect, test } from 'vitest'
import type { Layer } from '#shared/model/author.ts'
import { annotation, author } from '#shared/testing/records.ts'
import { takenOver } from './edited.ts'
import { acceptDrafts, rejectDrafts, setText } from './edits.ts'

const ada = author('ada')
const model = { by: 'model', model: 'm', version: '1', hash: 'h', settings: {}, score: 0.5, backend: 'wasm', at: 0 } as const
const draft = annotation('a', { layer: 'model:m' as Layer, author: author('m'), draft: true, provenance: model })

test('a draft that is accepted becomes a copy in the layer of who accepts it, and stays for the others', () => {
  const { added, updated, removed } = takenOver(acceptDrafts([draft])!.diff, ada, 7, 900)
  expect(updated).toEqual({})
  expect(removed).toEqual({})
  expect(added['annotation:a/ada']).toEqual({ ...draft, id: 'annotation:a/ada', layer: 'ada', author: 'ada', draft: false })
  expect(added['verdict:a/ada']).toEqual({
    type: 'verdict', id: 'verdict:a/ada', asset: draft.asset, author: ada, at: 7, durationMs: 900, about: { kind: 'draft', draft: draft.id, result: 'accepted', into: 'annotation:a/ada' },
  })
})

test('a draft that is edited is the person’s, and its origin is kept', () => {
  const { added } = takenOver(setText([draft], 'x')!.diff, ada, 7)
  expect(added['annotation:a/ada']).toMatchObject({ text: 'x', layer: 'ada', draft: false, provenance: { by: 'human', origin: model } })
  expect(added['verdict:a/ada']).toMatchObject({ about: { result: 'edited' } })
})

test('a draft that is rejected stays where it is with the verdict beside it', () => {
  const diff = takenOver(rejectDrafts([draft], [])!.diff, ada, 7)
  expect(diff).toMatchObject({ updated: {}, removed: {}, added: { 'verdict:a/ada': { about: { result: 'rejected', into: null } } } })
})

test('a draft of one’s own, and what is no draft, stay where they are', () => {
  for (const own of [annotation('a', { layer: 'final' as Layer }), annotation('b', { draft: true })]) {
    const diff = { added: {}, updated: { [own.id]: [own, { ...own, text: 'x', draft: false }] as [typeof own, typeof own] }, removed: {} }
    expect(takenOver(diff, ada, 7)).toEqual(diff)
  }
})
