import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rotatePoint } from '#shared/geometry/angle.ts'
import { rotatedBoxIou } from '#shared/geometry/convex.ts'
import type { Box, RotatedBox } from '#shared/model/geometry.ts'
import { randomFrom } from '#shared/agreement/random.ts'
import { normalFrom } from '#shared/consensus/random.ts'
import { noHabits, sidesOf } from './boxHabit.ts'
import { estimateBox, type DrawnBox } from './estimateBox.ts'
import { alignRotated, estimateRotatedBox } from './estimateRotatedBox.ts'
import { learnBoxes } from './learnBoxes.ts'
import { ninety } from './robust.ts'
import { boxTrial, crewOf, fixedCrews, meanOf } from './trial.ts'

const box = (x: number, y: number, width: number, height: number): Box => ({ kind: 'box', x, y, width, height })
const by = (...boxes: Box[]): DrawnBox[] => boxes.map((own, at) => ({ person: `p${at}`, box: own }))
const near = (own: Box) => sidesOf(own).map((value) => expect.closeTo(value, 6))

test('one far off does not drag the rest', () => {
  const found = estimateBox(by(box(100, 100, 100, 100), box(101, 99, 100, 100), box(99, 101, 100, 100), box(160, 100, 100, 100)))
  for (const [at, value] of sidesOf(found.box).entries()) expect(Math.abs(value - [100, 100, 200, 200][at]!)).toBeLessThan(1.5)
  expect(found.weights[3]).toBeLessThan(0.15)
})

test('two who disagree by far: the middle, and deviations that hold both', () => {
  const found = estimateBox(by(box(0, 0, 100, 100), box(40, 0, 100, 100)))
  expect(found.box.x).toBeCloseTo(20, 6)
  expect(found.deviations[0] * ninety).toBeGreaterThan(20)
})

test('all alike are that box, whoever is known for what', () => {
  const habits = learnBoxes(crewOf('mixed', 3, 8).clusters)
  expect(estimateBox(by(box(3, 4, 50, 60), box(3, 4, 50, 60), box(3, 4, 50, 60)), habits).box).toEqual(box(3, 4, 50, 60))
})

test('boxes without size, one box, weights of 0, two boxes of one person', () => {
  expect(estimateBox(by(box(5, 5, 0, 0), box(5, 5, 0, 0)))).toMatchObject({ box: box(5, 5, 0, 0), weights: [0.5, 0.5] })
  expect(estimateBox(by(box(0, 0, 0, 0), box(2, 2, 0, 0))).box).toEqual(box(1, 1, 0, 0))
  expect(estimateBox(by(box(1, 2, 3, 4)))).toMatchObject({ box: box(1, 2, 3, 4), weights: [1] })
  expect(estimateBox([{ person: 'a', box: box(0, 0, 10, 10), weight: 0 }, { person: 'b', box: box(2, 0, 10, 10), weight: 0 }]).box.x).toBeCloseTo(1, 9)
  const twice = estimateBox([{ person: 'a', box: box(0, 0, 100, 100) }, { person: 'a', box: box(0, 0, 100, 100) }, { person: 'b', box: box(3, 0, 100, 100) }])
  expect(twice.box.x).toBeCloseTo(1.5, 3)
  expect(twice.weights).toEqual([0.25, 0.25, 0.5].map((share) => expect.closeTo(share, 3)))
  expect(() => estimateBox([])).toThrow('at least one box')
})

test('no project, one annotator, nothing done twice: nothing is known', () => {
  expect(learnBoxes([])).toBe(noHabits)
  expect(learnBoxes([{ boxes: by(box(0, 0, 10, 10)) }])).toBe(noHabits)
  expect(learnBoxes([{ boxes: by(box(0, 0, 0, 0), box(0, 0, 0, 0)) }])).toBe(noHabits)
})

test('who draws 6 % too large is found out, and who is 4 pixels to the left; both are corrected', () => {
  const { clusters, people } = crewOf('loose and left', 5, 11)
  const { people: found } = learnBoxes(clusters)
  for (const [at, share] of found.get('p0')!.share.entries()) expect(Math.abs(share - (at < 2 ? -0.06 : 0.06))).toBeLessThan(0.01)
  expect(found.get('p1')!.pixels).toEqual(people[1]!.biasPixels.map((pixels) => expect.closeTo(pixels, 0)))
  expect(found.get('p2')!.bias.every((bias) => Math.abs(bias) < 0.01)).toBe(true)
})

test('gold boxes are the zero: a project in which everybody draws 6 % too large is put right', () => {
  const { clusters } = crewOf('all loose', 3, 5)
  const without = learnBoxes(clusters), withGold = learnBoxes(clusters.map(({ boxes, truth }, at) => ({ boxes, gold: at < 40 ? truth : undefined })))
  expect(without.people.get('p0')!.share[2]).toBeCloseTo(0, 2)
  expect(withGold.people.get('p0')!.share[2]).toBeCloseTo(0.06, 2)
})

test('who did one item is held to be as most are', () => {
  const { clusters } = crewOf('loose and left', 5, 11)
  const one = { boxes: [...clusters[0]!.boxes, { person: 'new', box: { ...clusters[0]!.truth, x: clusters[0]!.truth.x + 0.2 * clusters[0]!.truth.width } }] }
  const { people, stranger } = learnBoxes([one, ...clusters.slice(1)])
  expect(Math.abs(people.get('new')!.bias[0])).toBeLessThan(0.1)
  expect(people.get('new')!.scale[0]).toBeLessThan(2.5)
  expect(stranger.bias).toEqual([0, 0, 0, 0])
})

const boxes = fc.array(fc.record({ x: fc.integer({ min: 0, max: 60 }), y: fc.integer({ min: 0, max: 60 }), width: fc.integer({ min: 0, max: 80 }), height: fc.integer({ min: 0, max: 80 }) }), { minLength: 1, maxLength: 6 })
  .map((all) => by(...all.map(({ x, y, width, height }) => box(x, y, width, height))))

test('whatever the boxes: finite, weights add up to 1, any order the same, moved and scaled along', () => {
  fc.assert(fc.property(boxes, fc.integer({ min: -300, max: 300 }), fc.integer({ min: 1, max: 9 }), (all, move, scale) => {
    const found = estimateBox(all)
    for (const value of [...sidesOf(found.box), ...found.deviations, ...found.weights]) expect(Number.isFinite(value)).toBe(true)
    expect(found.box.width >= 0 && found.box.height >= 0).toBe(true)
    expect(found.weights.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
    expect(sidesOf(estimateBox(all.toReversed()).box)).toEqual(near(found.box))
    const moved = all.map((one) => ({ ...one, box: box(one.box.x * scale + move, one.box.y * scale - move, one.box.width * scale, one.box.height * scale) }))
    const there = sidesOf(estimateBox(moved).box)
    if (all.every((one) => one.box.width > 0 && one.box.height > 0)) expect(there).toEqual(sidesOf(found.box).map((value, at) => expect.closeTo(value * scale + (at % 2 === 0 ? move : -move), 3)))
  }), { numRuns: 150 })
})

test('learning does not depend on the order of clusters and boxes', () => {
  const { clusters } = crewOf('mixed', 4, 3)
  const a = learnBoxes(clusters), b = learnBoxes(clusters.map(({ boxes }) => ({ boxes: boxes.toReversed() })).toReversed())
  for (const [person, habit] of a.people) expect(b.people.get(person)!.bias).toEqual(habit.bias.map((bias) => expect.closeTo(bias, 6)))
})

const turned = (cx: number, cy: number, width: number, height: number, angle: number): RotatedBox => ({ kind: 'rotated-box', cx, cy, width, height, angle })
const turnedBy = (...all: RotatedBox[]) => all.map((own, at) => ({ person: `p${at}`, box: own }))

test('rotated boxes: half a turn, and a quarter with sides changed, are the same box; 179° and −179° are 2° apart', () => {
  const found = estimateRotatedBox(turnedBy(turned(50, 50, 80, 20, 30), turned(50, 50, 80, 20, -150), turned(50, 50, 20, 80, 120)))
  expect(rotatedBoxIou(found.box, turned(50, 50, 80, 20, 30))).toBeCloseTo(1, 6)
  const across = estimateRotatedBox(turnedBy(turned(0, 0, 60, 20, 179), turned(0, 0, 60, 20, -179), turned(0, 0, 60, 20, 180)))
  expect(Math.abs(across.box.angle)).toBeCloseTo(180, 6)
  expect(across.box.width).toBeCloseTo(60, 6)
})

test('rotated boxes: most decide which way is up, one far off drags nothing, a square and a point are something', () => {
  const found = estimateRotatedBox(turnedBy(turned(0, 0, 60, 20, 91), turned(0, 0, 60, 20, 89), turned(0, 0, 60, 20, 90), turned(0, 0, 60, 20, 60)))
  expect(Math.abs(found.box.angle - 90)).toBeLessThan(2)
  for (const all of [turnedBy(turned(0, 0, 10, 10, 0), turned(0, 0, 10, 10, 45)), turnedBy(turned(1, 1, 0, 0, 10))]) {
    const { box: own, weights } = estimateRotatedBox(all)
    for (const value of [own.cx, own.cy, own.width, own.height, own.angle, ...weights]) expect(Number.isFinite(value)).toBe(true)
  }
  const same = turnedBy(turned(4, 5, 30, 10, 77), turned(4, 5, 30, 10, 77))
  expect(estimateRotatedBox(same).box).toEqual(same[0]!.box)
})

test('rotated boxes turn along with what they are of', () => {
  const all = [turned(10, 0, 60, 20, 4), turned(11, 1, 58, 22, 7), turned(9, -1, 63, 19, 2)]
  const spin = (own: RotatedBox, by: number) => ({ ...own, cx: own.cx * Math.cos((by * Math.PI) / 180) - own.cy * Math.sin((by * Math.PI) / 180), cy: own.cx * Math.sin((by * Math.PI) / 180) + own.cy * Math.cos((by * Math.PI) / 180), angle: own.angle + by })
  const still = estimateRotatedBox(turnedBy(...all)).box
  for (const by of [30, 77, 145]) expect(rotatedBoxIou(estimateRotatedBox(turnedBy(...all.map((own) => spin(own, by)))).box, spin(still, by))).toBeGreaterThan(0.999)
})

test.each(fixedCrews)('simulation, $crew people of whom $replicas do each item: nearer to the truth than nearest, mean and single; nine in ten', ({ crew, replicas }) => {
  const trials = [301, 302, 303, 304, 305, 306].map((seed) => boxTrial(crew, replicas, seed))
  const mean = (key: keyof (typeof trials)[number]) => meanOf(trials.map((trial) => trial[key]))
  expect(mean('estimate')).toBeGreaterThan(mean('nearest'))
  expect(mean('estimate')).toBeGreaterThan(mean('mean') - (crew === 2 ? 0.0005 : 0))
  if (crew > 2) expect(mean('estimate')).toBeGreaterThan(mean('single'))
  expect(mean('covered')).toBeGreaterThan(0.85)
  expect(mean('covered')).toBeLessThan(0.95)
})

test.each([2, 3, 5, 10])('rotated boxes of %i people: nine in ten sides within 1.645 deviations, nearer to the truth than anybody', (count) => {
  const random = randomFrom(70 + count)
  const noise = (size: number) => size * normalFrom(random)
  const things = Array.from({ length: 150 }, () => {
    const truth = turned(300 + 400 * random(), 300 + 400 * random(), 60 + 200 * random(), 30 + 100 * random(), 360 * random() - 180)
    const boxes = Array.from({ length: count }, (_, at) => {
      const [left, right, top, bottom] = [noise(0.03) * truth.width, noise(0.03) * truth.width, noise(0.03) * truth.height, noise(0.03) * truth.height]
      const centre = rotatePoint({ x: (left + right) / 2, y: (top + bottom) / 2 }, { x: 0, y: 0 }, truth.angle)
      const own = { ...truth, cx: truth.cx + centre.x, cy: truth.cy + centre.y, width: Math.max(1, truth.width + right - left), height: Math.max(1, truth.height + bottom - top), angle: truth.angle + noise(0.8) }
      return { person: `p${at}`, box: at % 3 === 2 ? { ...own, angle: own.angle + 180 } : own }
    })
    return { truth, boxes }
  })
  const habits = learnBoxes(things.map(({ boxes }) => ({ boxes: alignRotated(boxes.map(({ box }) => box)).map((own, at) => ({ person: `p${at}`, box: own })) })))
  let within = 0, sides = 0
  const ious: number[][] = [[], []]
  for (const { truth, boxes } of things) {
    const { box: own, deviations } = estimateRotatedBox(boxes, habits)
    // How far the true sides' middles lie from the estimate's, in its frame: half a turn changes nothing.
    const shift = rotatePoint({ x: truth.cx - own.cx, y: truth.cy - own.cy }, { x: 0, y: 0 }, -own.angle)
    const off = [shift.x - (truth.width - own.width) / 2, shift.y - (truth.height - own.height) / 2, shift.x + (truth.width - own.width) / 2, shift.y + (truth.height - own.height) / 2]
    off.forEach((away, side) => { within += Number(Math.abs(away) <= ninety * deviations[side]!) })
    sides += 4
    ious[0]!.push(rotatedBoxIou(own, truth))
    ious[1]!.push(...boxes.map(({ box }) => rotatedBoxIou(box, truth)))
  }
  expect(within / sides).toBeGreaterThan(0.85)
  expect(within / sides).toBeLessThan(0.95)
  expect(meanOf(ious[0]!)).toBeGreaterThan(meanOf(ious[1]!) + 0.01)
})
