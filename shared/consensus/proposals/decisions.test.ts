import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import { disputeVerdictId, type Verdict } from '#shared/model/verdict.ts'
import { asset, box, itemOf, labelId, mark, person } from './fixtures.ts'
import type { ItemInput } from './item.ts'
import { learn } from './learn.ts'
import { estimateProject } from './project.ts'

const marks = [mark('a1', 'ada', 'cup', box(0, 0)), mark('b1', 'ben', 'bowl', box(2, 0))]
const final = (id: string, label: string, x = 0): Annotation => mark(id, 'final', label, box(x, 0), { author: person('eve') })
const run = (item: ItemInput) => estimateProject([item]).items[0]!.proposals

function verdict(key: string, decision: (Verdict['about'] & { kind: 'dispute' })['decision'], members: readonly Annotation[], into: readonly Annotation[], more: { at?: number; by?: string } = {}): Verdict {
  const author = person(more.by ?? 'eve')
  return {
    type: 'verdict', id: disputeVerdictId(key, author), asset: asset('a'), author, at: more.at ?? 1, durationMs: 4000,
    about: { kind: 'dispute', dispute: key, disputes: ['label'], decision, members: members.map(({ id }) => id), taken: [], into: into.map(({ id }) => id), blind: true, note: '', corrections: [] },
  }
}

const key = run(itemOf([], marks))[0]!.key

test('what a person decided stands, with the key of the dispute, and is no dispute any more', () => {
  const found = run(itemOf([], [...marks, final('f1', 'bowl')], { verdicts: [verdict(key, 'take', marks, [final('f1', 'bowl')])] }))
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ key, existence: 1, score: 1, label: { value: 'label:bowl', posterior: 1 }, disputes: [], decided: { decision: 'take', answer: 'annotation:f1' } })
})

test('a mark made later in the same place joins what was decided; one elsewhere is its own', () => {
  const late = [mark('c1', 'cleo', 'cup', box(1, 1)), mark('c2', 'cleo', 'cup', box(500, 0))]
  const found = run(itemOf([], [...marks, ...late, final('f1', 'bowl')], { verdicts: [verdict(key, 'take', marks, [final('f1', 'bowl')])] }))
  expect(found.find(({ decided }) => decided)!.members).toEqual(['annotation:a1', 'annotation:b1', 'annotation:c1'])
  expect(found).toHaveLength(2)
})

test('none of these: there is nothing, also for who marks it later', () => {
  const found = run(itemOf([], [...marks, mark('c1', 'cleo', 'cup', box(1, 1))], { verdicts: [verdict(key, 'none', marks, [])] }))
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ existence: 0, score: 0, disputes: [], decided: { decision: 'none', answer: null } })
})

test('several answers are several proposals', () => {
  const answers = [final('f1', 'bowl'), final('f2', 'cup')]
  const found = run(itemOf([], [...marks, ...answers], { verdicts: [verdict(key, 'several', marks, answers)] }))
  expect(found.map(({ decided }) => decided!.answer).sort()).toEqual(['annotation:f1', 'annotation:f2'])
  expect(found.map((one) => one.key)).toContain(key)
})

test('the guideline is unclear: the dispute stays and says that it was looked at', () => {
  const [found] = run(itemOf([], marks, { verdicts: [verdict(key, 'unclear', marks, [])] }))
  expect(found!.disputes.map(({ kind }) => kind)).toEqual(['label'])
  expect(found!.decided).toMatchObject({ decision: 'unclear', answer: null })
})

test('of two decisions about one dispute the later one counts', () => {
  const verdicts = [verdict(key, 'none', marks, [], { at: 1, by: 'eve' }), verdict(key, 'take', marks, [final('f1', 'cup')], { at: 2, by: 'fay' })]
  expect(run(itemOf([], [...marks, final('f1', 'cup')], { verdicts }))[0]).toMatchObject({ existence: 1, label: { value: 'label:cup' } })
})

test('an answer without a verdict counts as gold where it lies, and skills are learned from it', () => {
  const items = Array.from({ length: 20 }, (_, at): ItemInput => {
    const own = [mark(`a${at}`, 'ada', 'cup', box(0, 0)), mark(`b${at}`, 'ben', 'bowl', box(2, 0)), mark(`f${at}`, 'final', 'bowl', box(1, 0))]
    return itemOf([], own, { asset: asset(`${at}`) })
  })
  const learned = learn(items, { method: 'one-coin' })
  const accuracy = new Map(learned.profiles.map((one) => [one.author, one.accuracy]))
  expect(accuracy.get(person('ben'))!).toBeGreaterThan(0.9)
  expect(accuracy.get(person('ada'))!).toBeLessThan(0.2)
  expect(run(items[0]!)[0]).toMatchObject({ label: { value: labelId('bowl') }, decided: { decision: 'final', verdict: null } })
})
