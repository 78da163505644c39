import { expect, test } from 'vitest'
import type { AttributeValues } from '#shared/model/attribute.ts'
import { estimateAttributes } from './attributes.ts'
import { box, itemOf, mark, person } from './fixtures.ts'
import { estimateProject } from './project.ts'

const votes = (...all: AttributeValues[]) => all.map((values, at) => ({ person: person(`p${at}`), weight: 1, values }))

test('each attribute by a vote of its own', () => {
  expect(estimateAttributes(votes({ colour: 'red', size: 3 }, { colour: 'red', size: 10 }, { colour: 'blue', size: 4 }))).toMatchObject([
    { id: 'colour', value: 'red', agreement: 2 / 3, certainty: 2 / 3, how: 'weighted vote', others: [{ person: 'p2', value: 'blue' }] },
    { id: 'size', value: 4, agreement: 1 / 3, certainty: 1 / 3, how: 'weighted median', others: [{ person: 'p0', value: 3 }, { person: 'p1', value: 10 }] },
  ])
})

test('skill weighs; who does not answer abstains; a choice of several is voted choice by choice', () => {
  const [one] = estimateAttributes([{ person: person('good'), weight: 3, values: { worn: true } }, { person: person('bad'), weight: 1, values: { worn: false } }, { person: person('none'), weight: 9, values: {} }])
  expect(one).toMatchObject({ value: true, agreement: 0.75 })
  expect(estimateAttributes(votes({ seen: ['top', 'left'] }, { seen: ['left'] }, { seen: ['left', 'top', 'back'] }))[0]!.value).toEqual(['left', 'top'])
  expect(estimateAttributes(votes({ seen: [] }, { seen: [] }))[0]).toMatchObject({ value: [], agreement: 1 })
})

test('a difference below the bar is a dispute with both values in it', () => {
  const { items } = estimateProject([itemOf([], [mark('1', 'ada', 'cup', box(0, 0), { attributes: { full: true } }), mark('2', 'ben', 'cup', box(0, 0), { attributes: { full: false } })])])
  expect(items[0]!.proposals[0]!.disputes).toEqual([{ kind: 'attribute', value: 0.5, bar: 0.9, sentence: 'full: false is the estimate, ada says true (2 people): 0.50, bar 0.90.' }])
})
