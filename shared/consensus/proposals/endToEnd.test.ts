import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import { disputeVerdictId, type Verdict } from '#shared/model/verdict.ts'
import { correctionsOf } from './corrections.ts'
import { estimateItem } from './estimateItem.ts'
import { asset, box, itemOf, labelId, mark, person, segment, whole } from './fixtures.ts'
import type { ItemInput } from './item.ts'
import { learn } from './learn.ts'
import { estimateProject } from './project.ts'
import { rankDisputes, remainingWork } from './rank.ts'

/** A page, a photo and a recording, done by three; cleo labels badly in the photos. */
const photos = Array.from({ length: 12 }, (_, at): ItemInput => {
  const label = at % 2 === 0 ? 'cup' : 'bowl', other = at % 2 === 0 ? 'bowl' : 'cup'
  const marks = [0, 1].flatMap((thing) => [
    mark(`p${at}a${thing}`, 'ada', label, box(thing * 300, 0)), mark(`p${at}b${thing}`, 'ben', label, box(thing * 300 + 2, 1)), mark(`p${at}c${thing}`, 'cleo', (at + thing) % 3 === 0 ? label : other, box(thing * 300 - 1, 2)),
  ])
  return { ...itemOf(['ada', 'ben', 'cleo'], marks), asset: asset(`photo${at}`) }
})
const recording: ItemInput = {
  ...itemOf(['ada', 'ben'], [
    mark('r1', 'ada', null, segment(0, 4), { text: 'Good morning.' }), mark('r2', 'ben', null, segment(0.05, 4.1), { text: 'good morning' }),
    mark('r3', 'ada', null, segment(5, 9), { text: 'The ship is late.' }), mark('r4', 'ben', null, segment(5, 9.8), { text: 'The sheep is late.' }), mark('r5', 'ada', 'cup', whole), mark('r6', 'ben', 'cup', whole),
  ]),
  asset: asset('recording'),
}
const items = [...photos, recording]

test('a small project: what was learned estimates one item as the whole run does', () => {
  const whole = estimateProject(items, { method: 'dawid-skene' })
  const learned = learn(items, { method: 'dawid-skene' })
  expect(items.map((item) => estimateItem(item, learned, { method: 'dawid-skene' }))).toEqual(whole.items)
  expect(whole.items.map(({ proposals }) => proposals.length)).toEqual([...photos.map(() => 2), 3])
  const accuracy = (name: string) => whole.profiles.find(({ author }) => author === person(name))!.accuracy!
  expect(accuracy('ada')).toBeGreaterThan(accuracy('cleo') + 0.3)
  expect(whole.items[0]!.proposals.map(({ label }) => label.value)).toEqual([labelId('cup'), labelId('cup')])
  const sound = whole.items.at(-1)!.proposals.filter(({ geometry }) => geometry.kind === 'segment')
  expect(sound.map(({ disputes }) => disputes.map(({ kind }) => kind))).toEqual([[], ['wording', 'boundary']])
  expect(sound[0]!.text!.value).toBe('Good morning.')
})

test('a dispute is decided: corrected, gone from the queue, kept by the next run, learned from', () => {
  const before = estimateProject(items, { method: 'majority' })
  const [first] = rankDisputes(before.items, { profiles: before.profiles })
  const at = items.findIndex((item) => item.asset === first!.asset)
  const proposal = before.items[at]!.proposals.find(({ key }) => key === first!.key)!
  const members = items[at]!.annotations.filter(({ id }) => proposal.members.includes(id))
  const answer: Annotation = { ...members[0]!, id: 'annotation:final' as Annotation['id'], layer: 'final' as Annotation['layer'], author: person('eve') }
  const corrections = correctionsOf(members, [answer], proposal.absent)
  expect(corrections.length).toBeGreaterThan(0)
  const verdict: Verdict = {
    type: 'verdict', id: disputeVerdictId(proposal.key, person('eve')), asset: first!.asset, author: person('eve'), at: 1, durationMs: 5000,
    about: { kind: 'dispute', dispute: proposal.key, disputes: [...first!.kinds], decision: 'take', members: proposal.members, taken: [members[0]!.id], into: [answer.id], blind: true, note: '', corrections },
  }
  const after = estimateProject(items.map((item, index) => (index === at ? { ...item, annotations: [...item.annotations, answer], verdicts: [verdict] } : item)), { method: 'majority' })
  const left = rankDisputes(after.items)
  expect(left).toHaveLength(rankDisputes(before.items).length - 1)
  expect(after.items[at]!.proposals.find(({ key }) => key === proposal.key)).toMatchObject({ decided: { verdict: verdict.id, answer: answer.id }, geometry: answer.geometry, disputes: [] })
  expect(remainingWork(left, [verdict])).toEqual({ open: left.length, decided: 1, milliseconds: left.length * 5000, measured: 1 })
})
