import { expect, test } from 'vitest'
import type { Layer } from '#shared/model/author.ts'
import type { Proposal } from '#shared/consensus/proposal.ts'
import type { ConsensusItem } from '#shared/contract/consensus.ts'
import type { VerdictId } from '#shared/model/id.ts'
import { annotation, assetId, author, box } from '#shared/testing/records.ts'
import { caseWith, casesOf, sameAs, textBeside } from './variants.ts'

const mark = (name: string, by: string, x: number, width: number) => annotation(name, { author: author('lead'), layer: by as Layer, geometry: box(x, 0, width, 10) })
const [whole, left, right] = [mark('whole', 'A', 0, 20), mark('left', 'B', 0, 10), mark('right', 'B', 10, 10)]

const proposal = (key: string, members: ReturnType<typeof mark>[], parts: Partial<Proposal> = {}): Proposal => ({
  key, members: members.map(({ id }) => id), absent: [], existence: 1, label: { value: null, posterior: 1, all: [] }, geometry: members[0]!.geometry, fit: 1, spread: { kind: 'none' }, probability: null,
  attributes: {}, text: null, direction: 'auto', language: null, flags: [], order: 0, group: null, contributors: members.map(({ id, layer }) => ({ annotation: id, author: author(layer), weight: 1 / members.length })),
  method: '', parameters: {}, score: 1, disputes: [], splitWith: [], decided: null, ...parts,
})
const item = (proposals: Proposal[]): ConsensusItem => ({
  asset: assetId('a'), people: [author('A'), author('B'), author('C')], proposals, relations: [], speakers: [], name: 'a.jpg',
  who: ['A', 'B', 'C'].map((letter) => ({ letter, author: null })), annotations: [whole, left, right], final: [], applied: [], verdicts: [],
})

test('what is one to some and several to others is one case, with everybody’s whole answer', () => {
  const [found, ...others] = casesOf(item([proposal('p', [whole, left], { splitWith: ['q'] }), proposal('q', [right], { splitWith: ['p'] })]))
  expect(others).toEqual([])
  expect(found!.variants.map(({ letter, annotations }) => [letter, annotations.length])).toEqual([['A', 1], ['B', 2], ['C', 0]])
  expect(found!.variants[2]!.fit).toBeNull()
  expect(found!.variants[1]!.fit).toBe(1)
})

test('a decision parts a split, and it is still looked at whole', () => {
  const decided = item([proposal('p', [whole]), proposal('q', [left]), proposal('r', [right])])
  expect(caseWith(decided, 'q', new Set())!.proposals).toHaveLength(1)
  const judged = caseWith(decided, 'q', new Set([whole.id, left.id, right.id]))!
  expect(judged.proposals).toHaveLength(3)
  expect(judged.variants.map(({ annotations }) => annotations.length)).toEqual([1, 2, 0])
  expect(caseWith(decided, 'gone', new Set())).toBeNull()
})

test('who says the very same is shown as the first who said it', () => {
  const twin = { ...left, id: annotation('twin').id, layer: 'C' as Layer }
  const { variants } = casesOf({ ...item([proposal('p', [left, twin])]), annotations: [left, twin] })[0]!
  expect([...sameAs(variants)]).toEqual([['C', 'B']])
})

test('a double mark of the same place is no part of what a person says', () => {
  const double = mark('double', 'A', 0, 19)
  const shares = [{ annotation: whole.id, author: author(whole.layer), weight: 0.5 }, { annotation: double.id, author: author(double.layer), weight: 0 }, { annotation: left.id, author: author(left.layer), weight: 0.5 }]
  const { variants } = casesOf({ ...item([proposal('p', [whole, double, left], { contributors: shares })]), annotations: [whole, double, left] })[0]!
  expect(variants.map(({ annotations }) => annotations.map(({ id }) => id))).toEqual([[whole.id], [left.id], []])
})

test('somebody whose only mark counts nothing still has said it', () => {
  const { variants } = casesOf(item([proposal('p', [whole, left], { contributors: [{ annotation: whole.id, author: author(whole.layer), weight: 1 }, { annotation: left.id, author: author(left.layer), weight: 0 }] })]))[0]!
  expect(variants.map(({ annotations }) => annotations.length)).toEqual([1, 1, 0])
})

test('an answer of a decision that rests on no mark is looked at with the others of that decision', () => {
  const by = { verdict: 'verdict:one' as VerdictId, decision: 'edited' as const, answer: whole.id }
  const found = caseWith(item([proposal('p', [whole], { decided: by }), { ...proposal('q', [left]), members: [], contributors: [], decided: by }, proposal('r', [right])]), 'p', new Set([whole.id]))!
  expect(found.proposals.map(({ key }) => key)).toEqual(['p', 'q'])
})

test('a text is compared with that of the same thing, and one in place of several with all of them', () => {
  const text = (value: string) => ({ text: { value, confidence: 1, words: [], spans: [] } })
  const split = casesOf(item([proposal('p', [whole, left], { ...text('he might have'), order: 0, splitWith: ['q'] }), proposal('q', [right], { ...text('been made'), order: 1, splitWith: ['p'] })]))[0]!
  const [a, b, c] = split.variants
  expect(textBeside(split, a!, whole)).toBe('he might have been made')
  expect(textBeside(split, b!, right)).toBe('been made')
  expect(textBeside(split, { annotations: [whole, left, right] }, whole)).toBeNull()
  expect(c!.annotations).toEqual([])
})
