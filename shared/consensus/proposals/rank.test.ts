import { expect, test } from 'vitest'
import type { Verdict } from '#shared/model/verdict.ts'
import { asset, box, itemOf, labelId, mark } from './fixtures.ts'
import { estimateProject } from './project.ts'
import { rankDisputes, remainingWork } from './rank.ts'

const { items, profiles } = estimateProject([
  itemOf(['ada', 'ben', 'cleo'], [mark('1', 'ada', 'cup', box(0, 0)), mark('2', 'ben', 'bowl', box(0, 0)), mark('3', 'cleo', 'jug', box(0, 0))], { asset: asset('three') }),
  itemOf(['ada', 'ben', 'cleo'], [mark('4', 'ada', 'cup', box(0, 0)), mark('5', 'ben', 'cup', box(0, 0)), mark('6', 'cleo', 'jug', box(0, 0))], { asset: asset('two') }),
  itemOf(['ada', 'ben'], [mark('7', 'ada', 'car', box(0, 0, 200)), mark('8', 'ben', 'car', box(0, 0)), mark('9', 'ben', 'car', box(100, 0))], { asset: asset('split') }),
])

test('the wider apart and the less sure comes first; a split is asked once', () => {
  const ranked = rankDisputes(items, { profiles })
  expect(ranked.filter(({ asset: of }) => of === 'asset:split')).toHaveLength(1)
  expect(ranked.map((one) => one.asset).indexOf(asset('three'))).toBeLessThan(ranked.map((one) => one.asset).indexOf(asset('two')))
  for (const { gain, parts } of ranked) expect(gain).toBeCloseTo(parts.disagreement * parts.doubt * parts.skill * parts.label, 12)
})

test('weights are exponents: 0 leaves a part out', () => {
  const labels = new Map([[labelId('cup'), 0.1]])
  const last = (label: number) => rankDisputes(items, { labels, weights: { disagreement: 1, doubt: 1, skill: 0, label } }).at(-1)!.asset
  expect(last(1)).toBe('asset:two')
  expect(rankDisputes(items, { labels, weights: { disagreement: 0, doubt: 0, skill: 0, label: 0 } }).map(({ gain }) => gain)).toEqual([1, 1, 1])
})

test('a label matters as much as the project says; what may be one of several as each is probable', () => {
  const partOf = (of: string, labels: [string, number][]) => rankDisputes(items, { labels: new Map(labels.map(([name, value]) => [labelId(name), value])) }).find((one) => one.asset === of)!.parts.label
  expect(partOf('asset:split', [['car', 0.3]])).toBeCloseTo(0.3, 12)
  expect(partOf('asset:split', [['cup', 0.3]])).toBe(1)
  // Two say cup and one jug: the vote's posteriors are 2/3 and 1/3.
  expect(partOf('asset:two', [['cup', 0.4]])).toBeCloseTo((2 / 3) * 0.4 + 1 / 3, 9)
  expect(partOf('asset:two', [['cup', 0], ['jug', 0]])).toBe(0)
})

const decided = (durationMs: number | null, kind: 'label' | 'existence') => ({ durationMs, about: { kind: 'dispute', disputes: [kind] } }) as unknown as Verdict

test('what is left is expected from how long such disputes took', () => {
  const open = [{ kinds: ['label' as const] }, { kinds: ['existence' as const] }]
  expect(remainingWork(open, [])).toEqual({ open: 2, decided: 0, milliseconds: null, measured: 0 })
  expect(remainingWork(open, [decided(null, 'label')])).toEqual({ open: 2, decided: 1, milliseconds: null, measured: 0 })
  // Mean of all 9 s; label (3 · 9 + 6 + 6) / 5, existence (3 · 9 + 12 + 12) / 5.
  expect(remainingWork(open, [decided(6000, 'label'), decided(6000, 'label'), decided(12_000, 'existence'), decided(12_000, 'existence')])).toEqual({ open: 2, decided: 4, milliseconds: 7800 + 10_200, measured: 4 })
  expect(remainingWork([], [decided(5000, 'label')]).milliseconds).toBe(0)
  expect(remainingWork([{ kinds: ['label'] }], [decided(36_000_000, 'label')]).milliseconds).toBe(600_000)
})
