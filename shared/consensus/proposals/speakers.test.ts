import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Tier } from '#shared/model/tier.ts'
import { itemOf, mark, segment, tierId } from './fixtures.ts'
import { estimateProject } from './project.ts'

const tier = (name: string): Tier => ({ type: 'tier', id: tierId(name), name: name.toUpperCase(), order: 0, parent: null, constraint: 'none', points: false, overlap: false })
const item = (marks: readonly Annotation[], names: readonly string[] = ['one', 'two', 'left', 'right']) =>
  estimateProject([itemOf([], marks, { tiers: names.map(tier) })]).items[0]!

/** Two voices in turn, three times, in the tiers named. */
const turns = (by: string, first: string, second: string, shift = 0) => [0, 1, 2].flatMap((turn) => [
  mark(`${by}${turn}a`, by, null, segment(turn * 10 + shift, turn * 10 + 4 + shift, first), { text: 'yes' }),
  mark(`${by}${turn}b`, by, null, segment(turn * 10 + 5 + shift, turn * 10 + 9 + shift, second), { text: 'no' }),
])

test('who called the tiers otherwise is mapped by what lies in them, and it is asked once a voice', () => {
  const { proposals, speakers } = item([...turns('ada', 'one', 'two'), ...turns('ben', 'left', 'right', 0.05), ...turns('cleo', 'one', 'two', 0.02)])
  expect(proposals).toHaveLength(6)
  expect(speakers).toEqual([{ author: 'ben', from: 'tier:left', to: 'tier:one', seconds: expect.closeTo(11.91, 6) as number }, { author: 'ben', from: 'tier:right', to: 'tier:two', seconds: expect.closeTo(11.91, 6) as number }])
  const asked = proposals.filter(({ disputes }) => disputes.some(({ kind }) => kind === 'speaker'))
  expect(asked).toHaveLength(2)
  expect(asked[0]!.disputes).toEqual([{ kind: 'speaker', value: expect.closeTo(2 / 3, 9) as number, bar: 0.9, sentence: expect.stringMatching(/^ada and cleo call this voice “ONE”, ben “LEFT” \(11\.9 s in common\)/u) as string }])
})

test('two who changed the voices over are brought together too', () => {
  const { proposals, speakers } = item([...turns('ada', 'one', 'two'), ...turns('ben', 'two', 'one')])
  expect(proposals).toHaveLength(6)
  expect(speakers).toHaveLength(2)
})

test('the name that most used wins, whoever the others were mapped to', () => {
  const { proposals } = item([...turns('ada', 'one', 'two'), ...turns('ben', 'left', 'right', 0.01), ...turns('cleo', 'left', 'right', 0.02)])
  expect(new Set(proposals.map(({ geometry }) => (geometry.kind === 'segment' ? geometry.tier : null)))).toEqual(new Set(['tier:left', 'tier:right']))
})

test('one segment in another tier than the others have it: one thing, whose speaker is disputed', () => {
  const off = turns('ben', 'one', 'two').map((one) => (one.id === 'annotation:ben1a' ? { ...one, geometry: segment(10, 14, 'two') } : one))
  const { proposals, speakers } = item([...turns('ada', 'one', 'two'), ...off])
  expect(speakers).toEqual([])
  expect(proposals).toHaveLength(6)
  expect(proposals.filter(({ disputes }) => disputes.length > 0).map(({ members, disputes }) => [members, disputes.map(({ kind }) => kind)])).toEqual([[['annotation:ada1a', 'annotation:ben1a'], ['speaker']]])
})

test('tiers that lie over each other stay apart', () => {
  const both = (by: string) => [mark(`${by}w`, by, null, segment(0, 5, 'one')), mark(`${by}n`, by, null, segment(0, 5, 'two'))]
  const { proposals, speakers } = item([...both('ada'), ...both('ben')])
  expect([proposals.length, speakers]).toEqual([2, []])
})

test('boundaries: a habit of being late is taken off, what is left is disputed beyond the bar', () => {
  const late = Array.from({ length: 12 }, (_, at) => [
    mark(`a${at}`, 'ada', null, segment(at * 10, at * 10 + 5)), mark(`b${at}`, 'ben', null, segment(at * 10 + 0.01, at * 10 + 5.01)), mark(`c${at}`, 'cleo', null, segment(at * 10 + 0.3, at * 10 + (at === 3 ? 7 : 5.3))),
  ]).flat()
  const { proposals } = item(late)
  const starts = proposals.map(({ geometry }) => (geometry.kind === 'segment' ? (geometry.start / geometry.rate) % 10 : NaN))
  for (const start of starts) expect(start).toBeLessThan(0.06)
  expect(proposals.find(({ members }) => members.includes('annotation:c3' as never))!.disputes).toMatchObject([{ kind: 'boundary', bar: 0.2, sentence: expect.stringMatching(/^cleo ends 1\.\d\d s later than the estimate/u) as string }])
})
