import { expect, test } from 'vitest'
import type { Proposal } from '#shared/consensus/proposal.ts'
import { annotation, box } from '#shared/testing/records.ts'
import { heatKinds } from './heat.ts'
import type { Case, Variant } from './variants.ts'

const variant = (letter: string, ...annotations: Variant['annotations'][number][]): Variant => ({ letter, author: null, annotations, weight: 0, fit: null })
const found = (probability: Proposal['probability'], ...variants: Variant[]): Case => ({ key: 'k', proposals: [{ probability } as Proposal], variants })
const map = { x: 0, y: 0, width: 4, height: 4, columns: 1, rows: 1, values: btoa('\u0080') }
const [one, two] = [variant('A', annotation('a', { geometry: box(0, 0, 5, 5) })), variant('B', annotation('b', { geometry: box(1, 0, 5, 5) }))]

test('where the estimate keeps its chances they come first, and people’s shapes are the other choice', () => {
  expect(heatKinds(found(map, one, two))).toEqual(['probability', 'shapes'])
  expect(heatKinds(found(null, one, two))).toEqual(['shapes'])
})

test('one person, or nothing that has an area, makes no heat', () => {
  expect(heatKinds(found(null, one, variant('B')))).toEqual([])
  const line = (name: string) => annotation(name, { geometry: { kind: 'polyline', points: [0, 0, 5, 5] } })
  expect(heatKinds(found(null, variant('A', line('a')), variant('B', line('b'))))).toEqual([])
})
