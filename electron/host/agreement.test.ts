import { expect, test } from 'vitest'
import type { AgreementPart } from '#shared/contract/agreement.ts'
import type { Layer } from '#shared/model/author.ts'
import { adding } from '#shared/model/diff.ts'
import { annotation, assetId, author, box, image, label, labelId, submission } from '#shared/testing/records.ts'
import { request, testProject } from './fixture.ts'

const a = assetId('a')
const by = (person: string, of: string, x: number) => annotation(`${person}${x}`, { layer: person as Layer, author: author(person), label: labelId(of), geometry: box(x, 10, 20, 20) })
const work = [label('cat'), label('dog'), image('a', { metadata: { light: 'night' } }), by('ada', 'cat', 10), by('bo', 'cat', 10), by('ada', 'cat', 90), by('bo', 'dog', 90), by('chi', 'dog', 200)]
const all: AgreementPart[] = ['label', 'annotator', 'pair', 'slice', 'sweep', 'confusion', 'trend', 'worst']

test('every part that is asked for, and no other', async () => {
  await using there = testProject([...work, submission(a, author('ada'), { at: 5 }), submission(a, author('bo'), { at: 9 })])
  const host = await there.as('lea')
  const report = await host.ask('agreement.report', { by: all, people: [author('ada'), author('bo')] })
  expect(report).toMatchObject({
    iou: 0.5, all: { items: 1, things: 2, otherName: 1 }, labels: [{ label: 'label:cat' }, { label: 'label:dog' }], annotators: [{ person: 'ada' }, { person: 'bo' }],
    pairs: [{ first: 'ada', second: 'bo' }], slices: [{ slice: 'light=night' }], trend: [{ items: 1 }],
    confusion: [{ first: 'label:cat', second: 'label:cat', count: 1 }, { first: 'label:cat', second: 'label:dog', count: 1 }], worst: [{ asset: a, name: 'a.jpg', f1: 0.5 }],
  })
  expect(report.sweep).toHaveLength(18)
  expect(await host.ask('agreement.report', { labels: [labelId('dog')] })).toMatchObject({ all: { things: 2 }, labels: null, worst: null })
})

test('what changed is measured anew, and the rest is not asked for again', async () => {
  await using there = testProject(work)
  const host = await there.as('bo')
  const before = await host.ask('agreement.report', {})
  expect(await host.ask('agreement.report', {})).toEqual(before)
  await host.ask('changes.apply', request(adding(by('bo', 'dog', 200))))
  const after = await host.ask('agreement.report', {})
  expect(after.revision).toBe(before.revision + 1)
  expect(before.all.alone - after.all.alone).toBe(1)
})

test('in a blind project only submitted work counts, from the moment it is submitted', async () => {
  await using there = testProject([...work, submission(a, author('ada')), submission(a, author('bo'))], { visibility: 'blind' })
  const host = await there.as('chi')
  expect((await host.ask('agreement.report', { by: ['annotator'] })).annotators!.map(({ person }) => person)).toEqual(['ada', 'bo'])
  await host.ask('changes.apply', request(adding(submission(a, author('chi')))))
  expect((await host.ask('agreement.report', { by: ['annotator'] })).annotators!.map(({ person }) => person)).toEqual(['ada', 'bo', 'chi'])
})

test('nobody, or one person alone: figures without a value say why', async () => {
  await using there = testProject([label('cat'), image('a'), by('ada', 'cat', 10)])
  const { all: figures } = await (await there.as('ada')).ask('agreement.report', {})
  expect(figures).toMatchObject({ items: 0, alpha: { value: null, reason: 'Nobody marked anything in an item that two people did.' } })
})
