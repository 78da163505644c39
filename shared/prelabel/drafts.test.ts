import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Annotation } from '#shared/model/annotation.ts'
import type { Author } from '#shared/model/author.ts'
import type { AnnotationId, LabelId, TierId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { image, label, sound as soundOf } from '#shared/testing/records.ts'
import { draftsOf, type DraftContext } from './drafts.ts'
import { labelsForClasses } from './mapping.ts'
import type { Prediction } from './prediction.ts'

const person: Label = { ...label('person'), name: 'Person' }
const provenance = { by: 'model', model: 'tiny', version: '1', hash: 'ab', settings: { threshold: 0.5 }, backend: 'wasm', at: 5 } as const

function context(change: Partial<DraftContext> = {}): DraftContext {
  let next = 0
  return {
    asset: image('street'), author: 'ada' as Author, labelOf: labelsForClasses([person], {}), unlabelled: false, provenance, tier: null,
    newId: () => `annotation:${++next}` as AnnotationId, ...change,
  }
}

const said = (className: string, geometry: Prediction['geometry'], text: string | null = null): Prediction => ({ className, score: 0.123456, geometry, text, margin: null, entropy: null })
const box = { kind: 'box', x: 1.23456, y: 2, width: 3, height: 4 } as const

test('a class goes to the label of its name, whatever the case; classes without a label are counted', () => {
  const { annotations, unmapped } = draftsOf([said('PERSON', box), said('kite', box), said('kite', box)], context())
  expect(annotations).toMatchObject([{ label: person.id, layer: 'model:tiny', author: 'ada', draft: true, geometry: { x: 1.235 }, provenance: { model: 'tiny', score: 0.1235, settings: { threshold: 0.5 } } }])
  expect(unmapped).toEqual({ kite: 2 })
})

test('how close the classes were is kept where the model says it', () => {
  const [close, silent] = draftsOf([{ ...said('person', box), margin: 0.123456, entropy: 0.5 }, said('person', box)], context()).annotations
  expect(Annotation.parse(close).provenance).toMatchObject({ margin: 0.1235, entropy: 0.5 })
  expect(silent!.provenance).not.toHaveProperty('margin')
})

test('what the person said of a class counts: another label, or none on purpose, which is not counted', () => {
  const labelOf = labelsForClasses([person], { kite: person.id, person: null })
  expect(draftsOf([said('kite', box), said('person', box)], context({ labelOf }))).toMatchObject({ annotations: [{ label: person.id }], unmapped: {} })
})

test('a mapping to a label that is gone counts for nothing, and classes with names of methods are classes', () => {
  const labelOf = labelsForClasses([person], { person: 'label:gone' as LabelId })
  expect(labelOf('person')).toBe(person.id)
  expect(labelOf('constructor')).toBeUndefined()
})

test('a composed and a decomposed accent are the same name', () => {
  expect(labelsForClasses([{ ...person, name: 'caf\u00e9' }], {})('CAFE\u0301')).toBe(person.id)
})

test('lines of text and speech need no label; speech needs a tier', () => {
  const line = said('text', { kind: 'text-line', outline: box, baseline: null }, 'Hello')
  expect(draftsOf([line], context()).annotations).toMatchObject([{ label: null, text: 'Hello' }])
  const sound = soundOf('talk')
  const speech = said('speech', { kind: 'stretch', start: 0.5, end: 1e9 })
  expect(draftsOf([speech], context({ asset: sound })).annotations).toEqual([])
  const tier = 'tier:speech' as TierId
  const [draft] = draftsOf([speech], context({ asset: sound, tier })).annotations
  expect(draft?.geometry).toEqual({ kind: 'segment', tier, start: Math.round(sound.sampleRate / 2), end: Math.round(sound.duration * sound.sampleRate), rate: sound.sampleRate })
})

test('a rule draws without labels', () => {
  expect(draftsOf([said('thing', box)], context({ unlabelled: true }))).toMatchObject({ annotations: [{ label: null }], unmapped: {} })
})

test('every prediction is either a valid draft or counted', () => {
  const pixel = fc.double({ min: 0, max: 5000, noNaN: true })
  const predictions = fc.array(fc.record({ className: fc.constantFrom('person', 'kite', ''), box: fc.record({ kind: fc.constant('box' as const), x: pixel, y: pixel, width: pixel, height: pixel }) }))
  fc.assert(fc.property(predictions, (all) => {
    const { annotations, unmapped } = draftsOf(all.map(({ className, box }) => said(className, box)), context())
    for (const annotation of annotations) expect(Annotation.safeParse(annotation).success).toBe(true)
    expect(annotations.length + Object.values(unmapped).reduce((sum, n) => sum + n, 0)).toBe(all.length)
  }))
})
