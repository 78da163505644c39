import { expect, test } from 'vitest'
import { clusterMarks, compareMarks } from '#shared/agreement/clusters.ts'
import { existence, learnPresence, type PresenceItem } from './presence.ts'
import { careful, simulate, spammer } from './simulate.ts'
import type { Annotator } from './simulatedPeople.ts'

function project(people: readonly Annotator[], replicas: number, seed: number): { items: PresenceItem[]; real: boolean[][] } {
  const { scenes, of } = simulate(people, { scenes: 120, perScene: 5, replicas, kind: 'box', seed })
  const all = scenes.map(({ people, marks }) => {
    const clusters = clusterMarks(compareMarks(marks), 0.3)
    return { item: { people, clusters: clusters.map((cluster) => cluster.marks.map(({ person }) => person)) }, real: clusters.map((cluster) => cluster.marks.some(({ id }) => of.has(id))) }
  })
  return { items: all.map(({ item }) => item), real: all.map(({ real }) => real) }
}

test('recall is found, that of things which nobody marked included; who invents and who misses are told apart', () => {
  const people: Annotator[] = [careful('a'), careful('b'), { ...careful('misses'), recall: 0.6 }, { ...careful('invents'), spurious: 2 }]
  const { items } = project(people, 4, 5)
  const { people: found, things } = learnPresence(items)
  expect(found.get('a')!.recall).toBeCloseTo(0.95, 1)
  expect(Math.abs(found.get('misses')!.recall - 0.6)).toBeLessThan(0.06)
  expect(found.get('invents')!.precision).toBeLessThan(0.85)
  expect(found.get('a')!.precision).toBeGreaterThan(0.93)
  expect(Math.abs(things - 5)).toBeLessThan(0.35)
})

test('a spammer’s mark alone is nothing; a careful person’s silence says more than a careless one’s', () => {
  const people = [careful('a'), careful('b'), { ...careful('misses'), recall: 0.5 }, spammer('spam')]
  const model = learnPresence(project(people, 4, 7).items)
  expect(existence(model, ['spam'], ['a', 'b', 'misses'])).toBeLessThan(0.05)
  expect(existence(model, ['a', 'b'], ['misses', 'spam'])).toBeGreaterThan(0.95)
  expect(existence(model, ['a'], ['misses'])).toBeGreaterThan(existence(model, ['a'], ['b']))
  expect(model.people.get('spam')!.precision).toBeLessThan(0.5)
})

test('who marks nothing has a low recall and changes nothing', () => {
  const { items } = project([careful('a'), careful('b')], 2, 3)
  const model = learnPresence(items.map(({ people, clusters }) => ({ people: [...people, 'idle'], clusters })))
  expect(model.people.get('idle')!.recall).toBeLessThan(0.05)
  expect(Math.abs(existence(model, ['a'], ['b', 'idle']) - existence(model, ['a'], ['b']))).toBeLessThan(0.05)
})

test.each([[3, 11], [3, 12], [2, 13], [5, 14]])('%i people an item, seed %i: more often right than the vote, and as often as it says within 8 points', (replicas, seed) => {
  const people = [careful('a'), { ...careful('b'), recall: 0.85, spurious: 0.3 }, { ...careful('c'), recall: 0.7 }, { ...careful('d'), spurious: 1.2 }, spammer('e')]
  const { items, real } = project(people, replicas, seed)
  const model = learnPresence(items)
  const rows = items.flatMap(({ people, clusters }, at) => clusters.map((marked, own) => ({
    truth: real[at]![own]!, chance: existence(model, marked, people.filter((person) => !marked.includes(person))), vote: marked.length * 2 > people.length,
  })))
  const right = rows.filter(({ truth, chance }) => truth === chance >= 0.5).length, vote = rows.filter(({ truth, vote }) => truth === vote).length
  expect(right).toBeGreaterThan(vote)
  const mean = rows.reduce((sum, { chance }) => sum + chance, 0) / rows.length, share = rows.filter(({ truth }) => truth).length / rows.length
  expect(Math.abs(mean - share)).toBeLessThan(0.08)
})

test('one annotator, nobody, an empty project, a stranger: finite', () => {
  const alone = learnPresence([{ people: ['a'], clusters: [['a'], ['a']] }])
  expect(existence(alone, ['a'], [])).toBeGreaterThan(0.8)
  expect(existence(learnPresence([]), ['a'], ['b'])).toSatisfy(Number.isFinite)
  expect(existence(alone, [], ['a'])).toBe(0)
  expect(existence(alone, ['who'], ['a'])).toSatisfy((value: number) => value >= 0 && value <= 1)
  for (const value of Object.values(learnPresence([{ people: ['a', 'b'], clusters: [] }]).people.get('a')!)) expect(value).toSatisfy(Number.isFinite)
})

test('any order of people and items gives the same', () => {
  const { items } = project([careful('a'), careful('b'), spammer('c')], 3, 9)
  const a = learnPresence(items), b = learnPresence(items.toReversed().map(({ people, clusters }) => ({ people: people.toReversed(), clusters: clusters.toReversed() })))
  for (const [person, { recall }] of a.people) expect(b.people.get(person)!.recall).toBeCloseTo(recall, 6)
})
