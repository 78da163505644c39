import fc from 'fast-check'
import { expect, test } from 'vitest'
import { glossaryText, parseGlossary } from './glossaryText.ts'

test('one term a line, its mistakes behind an equals sign', () => {
  expect(parseGlossary('Kubernetes = cuban eighties, Cooper Netties\n\n  Nairobi  \nKubernetes=kuba')).toEqual([
    { term: 'Kubernetes', mistaken: ['cuban eighties', 'Cooper Netties', 'kuba'] }, { term: 'Nairobi', mistaken: [] },
  ])
})

test('what was read is written and read again as the same', () => {
  fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => {
    const once = parseGlossary(text)
    expect(parseGlossary(glossaryText(once))).toEqual(once)
  }))
})
