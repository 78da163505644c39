import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import { knownAnswer } from '#shared/model/provenance.ts'
import { randomFrom } from '#shared/agreement/random.ts'
import { normalFrom } from '#shared/consensus/random.ts'
import { asset, box, itemOf, mark } from './fixtures.ts'
import { estimateProject } from './project.ts'

const known = (id: string, label: string, geometry: Annotation['geometry'], item: string): Annotation =>
  mark(id, 'final', label, geometry, { asset: asset(item), provenance: knownAnswer({ by: 'import', format: 'coco', source: 'known.json', sourceId: null, extra: {} }) })

/** Two people do sixty items of two cups each; ben finds two of three, calls four in ten a bowl, draws 5 % to the right, and invents half a thing an item. */
function project(gold: number) {
  const random = randomFrom(11)
  const noise = () => normalFrom(random)
  const inputs = Array.from({ length: 60 }, (_, at) => {
    const item = `i${at}`
    const marks = [0, 300].flatMap((x, nth) => [
      mark(`${at}-${nth}-ada`, 'ada', 'cup', box(x + noise(), noise()), { asset: asset(item) }),
      ...(random() < 2 / 3 ? [mark(`${at}-${nth}-ben`, 'ben', random() < 0.4 ? 'bowl' : 'cup', box(x + 5 + noise(), noise()), { asset: asset(item) })] : []),
    ])
    const invented = random() < 0.5 ? [mark(`${at}-x-ben`, 'ben', 'cup', box(600, 0), { asset: asset(item) })] : []
    return itemOf(['ada', 'ben'], [...marks, ...invented, ...(at < gold ? [known(`${at}-g0`, 'cup', box(0, 0), item), known(`${at}-g1`, 'cup', box(300, 0), item)] : [])], { asset: asset(item) })
  })
  return estimateProject(inputs, { method: 'dawid-skene' })
}

test('of two people known answers tell who finds, who invents, who names right and who draws off', () => {
  const { profiles: [ada, ben] } = project(40)
  expect(ada!.recall).toBeGreaterThan(0.95)
  expect(Math.abs(ben!.recall! - 2 / 3)).toBeLessThan(0.06)
  expect(ada!.precision).toBeGreaterThan(0.97)
  // 1⅓ of what is there, half a thing that is not: 0.73.
  expect(Math.abs(ben!.precision! - 0.73)).toBeLessThan(0.08)
  expect(ada!.accuracy).toBeGreaterThan(0.95)
  expect(Math.abs(ben!.accuracy! - 0.6)).toBeLessThan(0.12)
  expect(ben!.bias![0]).toBeGreaterThan(0.035)
  expect(Math.abs(ada!.bias![0])).toBeLessThan(0.01)
})

test('and the items without them come out right: places, names, what is not there', () => {
  const rest = project(40).items.slice(40).flatMap(({ proposals }) => proposals)
  const there = rest.filter(({ geometry }) => geometry.kind === 'box' && geometry.x < 500), not = rest.filter(({ geometry }) => geometry.kind === 'box' && geometry.x > 500)
  expect(there.filter(({ label }) => label.value === 'label:cup').length / there.length).toBe(1)
  expect(there.every(({ existence }) => existence > 0.9)).toBe(true)
  expect(not.every(({ existence }) => existence < 0.3)).toBe(true)
  const off = there.reduce((sum, { geometry }) => sum + (geometry.kind === 'box' ? geometry.x % 300 > 150 ? geometry.x % 300 - 300 : geometry.x % 300 : 0), 0) / there.length
  expect(Math.abs(off)).toBeLessThan(0.8)
})

test('on an item whose answers are known what has none is not there, whoever marked it; what was only settled says nothing of the rest', () => {
  const marks = ['ada', 'ben', 'cleo'].flatMap((person) => [mark(`cup-${person}`, person, 'cup', box(0, 0)), mark(`more-${person}`, person, person === 'ada' ? 'jug' : 'cup', box(400, 0))])
  const more = (final: Annotation) => estimateProject([itemOf([], [...marks, final])]).items[0]!.proposals.find(({ geometry }) => geometry.kind === 'box' && geometry.x > 200)!
  expect(more(known('g', 'cup', box(0, 0), 'a'))).toMatchObject({ existence: 0, disputes: [] })
  expect(more(mark('f', 'final', 'cup', box(0, 0))).existence).toBeGreaterThan(0.9)
})

test('known answers where nobody has done anything yet, or all abstained, or everybody missed everything: an answer each and no NaN', () => {
  const gold = known('g', 'cup', box(0, 0), 'a')
  const abstained = ['ada', 'ben'].map((person) => mark(`n-${person}`, person, null, box(0, 0)))
  for (const item of [itemOf([], [gold]), itemOf(['ada', 'ben'], [gold]), itemOf([], [...abstained, gold]), itemOf(['ada'], [gold, mark('x', 'ada', 'cup', box(500, 0))])]) {
    for (const method of ['auto', 'majority', 'one-coin', 'dawid-skene', 'glad', 'mace'] as const) {
      const { items, profiles } = estimateProject([item], { method })
      expect(JSON.stringify([items, profiles], (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? 'not a number' : value))).not.toContain('not a number')
      expect(items[0]!.proposals.find(({ geometry }) => geometry.kind === 'box' && geometry.x === 0)).toMatchObject({ existence: 1, label: { value: 'label:cup' }, decided: { decision: 'final' } })
    }
  }
})
