import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import type { TierId } from '#shared/model/id.ts'
import { modelLayer } from '#shared/prelabel/drafts.ts'
import { annotation, labelId } from '#shared/testing/records.ts'
import { countsByLabel, histogram, isInSight, modelOf, nextDraft, reaches, scoreText } from './drafts.ts'
import { edited } from './edited.ts'

const draft = (name: string, score: number | null, parts: Partial<Annotation> = {}) =>
  annotation(name, { draft: true, provenance: { by: 'model', model: 'm', version: '1', hash: '', settings: {}, score, backend: 'wasm', at: 0 }, ...parts })

test('a draft knows its score and model, also after somebody changed it; a person’s own has none', () => {
  const proposed = draft('a', 0.934)
  expect([scoreText(proposed), modelOf(proposed)]).toEqual(['93 %', 'm'])
  expect([scoreText(edited(proposed, { text: 'x' })), modelOf(edited(proposed, { text: 'x' }))]).toEqual(['93 %', 'm'])
  expect([scoreText(annotation('b')), modelOf(annotation('b'))]).toEqual([null, null])
})

test('the walk goes through all drafts once, from whichever end, and goes on behind one that is gone', () => {
  const drafts = [draft('c', 1, { order: 3 }), draft('a', 1, { order: 1 }), draft('b', 1, { order: 2 })]
  const walk = (by: 1 | -1) => {
    const seen: string[] = []
    for (let at = nextDraft(drafts, null, by); at; at = nextDraft(drafts, at, by)) seen.push(at.id)
    return seen
  }
  expect(walk(1)).toEqual(['annotation:a', 'annotation:b', 'annotation:c'])
  expect(walk(-1)).toEqual(['annotation:c', 'annotation:b', 'annotation:a'])
  const mine = { ...drafts[2]!, id: annotation('b/ada').id, draft: false }
  expect(nextDraft(drafts.slice(0, 2), mine, 1)!.id).toBe('annotation:c')
})

test('a draft is out of sight with its layer, its label, or where another model is better at its label', () => {
  const one = draft('a', 0.5, { layer: modelLayer('m'), label: labelId('cat') })
  const nothing = { hiddenLayers: [], hiddenLabels: [], winners: null }
  expect(isInSight(one, nothing)).toBe(true)
  expect(isInSight(one, { ...nothing, hiddenLayers: [one.layer] })).toBe(false)
  expect(isInSight(one, { ...nothing, hiddenLabels: [labelId('cat')] })).toBe(false)
  expect(isInSight(one, { ...nothing, winners: new Map([[labelId('cat'), 'other']]) })).toBe(false)
  expect(isInSight(one, { ...nothing, winners: new Map([[labelId('cat'), 'm'], [labelId('dog'), 'other']]) })).toBe(true)
  expect(isInSight(edited(one, { text: 'x' }), { ...nothing, winners: new Map([[labelId('cat'), 'other']]) })).toBe(!edited(one, { text: 'x' }).draft)
})

test('segments are walked by time whatever their order', () => {
  const at = (name: string, start: number, order: number) => draft(name, 1, { order, geometry: { kind: 'segment', tier: 'tier:t' as TierId, start, end: start + 10, rate: 1000 } })
  const [late, early] = [at('late', 5000, 1), at('early', 100, 2)]
  expect(nextDraft([late, early], early, 1)).toBe(late)
})

test('scores fall into bins, 1 into the last; what has no score falls into none and is never left out', () => {
  const drafts = [draft('a', 0), draft('b', 0.05), draft('c', 1), draft('d', null)]
  expect(histogram(drafts).map(({ count }) => count).filter((count, at) => count > 0 || at === 0)).toEqual([1, 1, 1])
  expect(histogram(drafts).at(-1)!.count).toBe(1)
  expect(reaches(drafts[3]!, 0.99)).toBe(true)
})

test('counts by label, above the least score and all', () => {
  const car = labelId('car')
  expect(countsByLabel([draft('a', 0.9, { label: car }), draft('b', 0.4, { label: car }), draft('c', 0.4)], 0.5)).toEqual([{ label: car, all: 2, above: 1 }, { label: null, all: 1, above: 0 }])
})
