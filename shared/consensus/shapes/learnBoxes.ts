import type { Box } from '#shared/model/geometry.ts'
import { commonZero, type Standing } from './commonZero.ts'
import { grown, noHabits, sides, sidesOf, strangerWith, type BoxHabit, type BoxHabits, type Doubt, type Growing, type Sides } from './boxHabit.ts'
import type { DrawnBox } from './estimateBox.ts'
import { grossScale, median, trust } from './robust.ts'

/** Boxes of one thing; `gold` where its true box is known. */
export interface BoxCluster { readonly boxes: readonly DrawnBox[]; readonly gold?: Box | undefined }

/** Pseudo-counts that hold a person's noise near everybody's, and the spread of biases near half a percent of the size. */
const usualMarks = 12
const usualBiases = 4
const usualBias = 0.005
const rounds = 60
/** Of people with a habit of size, so many draw too large: leaving a margin is commoner than cutting in. */
const loosely = 0.8
/** EM ends when no bias and no deviation changes by more than this share of the usual size. */
const settled = 1e-5

/** One side of one person's box. */
interface Drawn { readonly thing: number; readonly person: number; readonly value: number }
interface Things { readonly drawn: readonly Drawn[]; readonly count: number; readonly gold: Float64Array; readonly size: Float64Array }
/** What is learned of one person and side. */
interface Line { share: number; pixels: number; doubt: Doubt; scale: number }

/**
 * How each person draws boxes, learned from all boxes of a project, by EM. Model of a side: drawn = true + share · size + pixels + noise,
 * where size is the thing's width (or height), the first three are of one person and side, and the noise's variance is the
 * person's own multiple of share² · size² + pixels², the same curve for all; some noise is far wider (`trust`). E-step: the
 * true sides with their variances. M-step: each person's bias by regression with a normal prior whose width is learned from all
 * people, the multiples with `usualMarks` pseudo-counts, the curve by multiplicative updates. So somebody with few boxes is held to be as most are.
 *
 * If everybody draws 2 % too large, no data can tell; something must be taken as free of bias. That is `commonZero`: where most people stand together, of shifts and of growth each. Its deviation
 * is kept as `anchor`, and is part of every deviation. With gold boxes those are the zero instead. Things with one box and no gold teach nothing. No such thing at all: `noHabits`.
 */
export function learnBoxes(clusters: readonly BoxCluster[]): BoxHabits {
  const told = clusters.filter(({ boxes, gold }) => gold ? boxes.length > 0 : new Set(boxes.map(({ person }) => person)).size > 1)
  const people = [...new Set(told.flatMap(({ boxes }) => boxes.map(({ person }) => person)))].sort()
  const sizes = told.flatMap(({ boxes, gold }) => [median((gold ? [{ box: gold }] : boxes).map(({ box }) => box.width)), median((gold ? [{ box: gold }] : boxes).map(({ box }) => box.height))])
  const size = median(sizes)
  if (told.length === 0 || size <= 0) return noHabits
  const all = sides.map((side) => thingsOf(told, people, side, sizes))
  return fit(all, people, size, told.some(({ gold }) => gold !== undefined))
}

function thingsOf(clusters: readonly BoxCluster[], people: readonly string[], side: number, sizes: readonly number[]): Things {
  const place = new Map(people.map((person, at) => [person, at]))
  const drawn = clusters.flatMap(({ boxes }, thing) => boxes.map(({ person, box }) => ({ thing, person: place.get(person)!, value: sidesOf(box)[side]! })))
  const gold = Float64Array.from(clusters, (cluster) => (cluster.gold ? sidesOf(cluster.gold)[side]! : Number.NaN))
  return { drawn, count: clusters.length, gold, size: Float64Array.from(clusters, (_, thing) => sizes[thing * 2 + (side % 2)]!) }
}

function fit(all: readonly Things[], people: readonly string[], size: number, golden: boolean): BoxHabits {
  const prior = { share: usualBias, pixels: usualBias * size }
  const lines = all.map(() => people.map((): Line => ({ share: 0, pixels: 0, doubt: [0, 0, 0], scale: 1 })))
  const marks = people.map((_, p) => all[0]!.drawn.filter(({ person }) => person === p).length)
  let noise: Growing = { share: 0.04, pixels: 0.01 * size }
  let bias: Growing = prior
  const truths = all.map((things) => firstTruths(things))
  let zero = 0
  let before: readonly number[] = []
  for (let round = 0; round < rounds; round++) {
    const rest = { noise: [0, 0], ofNoise: [0, 0] }
    all.forEach((things, side) => {
      const truth = truths[side]!
      expect(things, truth, lines[side]!, noise)
      regress(things, truth, lines[side]!, noise, bias)
    })
    if (!golden) zero = holdZero(lines, size)
    all.forEach((things, side) => rescale(things, truths[side]!, lines[side]!, noise, rest))
    noise = { share: noise.share * Math.sqrt(ratio(rest.noise[0]!, rest.ofNoise[0]!)), pixels: noise.pixels * Math.sqrt(ratio(rest.noise[1]!, rest.ofNoise[1]!)) }
    noise = { share: Math.max(noise.share, 1e-6), pixels: Math.max(noise.pixels, 1e-6 * size) }
    bias = widthOf(lines.flat(), prior)
    const now = lines.flat().flatMap(({ share, pixels, scale }) => [share + pixels / size, scale * noise.share, scale * (noise.pixels / size)])
    if (before.length > 0 && now.every((value, at) => Math.abs(value - before[at]!) < settled)) break
    before = now
  }
  const habits = people.map((_, p) => habitOf(lines.map((side) => side[p]!), marks[p]!, noise, size))
  return {
    people: new Map(people.map((person, at) => [person, habits[at]!])), stranger: strangerWith(bias, noise, size), noise, size,
    anchor: golden ? goldAnchor(all[0]!, noise) : peopleAnchor(zero, bias, size),
  }
}

const ratio = (above: number, below: number): number => (below > 0 ? Math.min(4, Math.max(0.25, above / below)) : 1)

interface Truth { readonly value: Float64Array; readonly variance: Float64Array; readonly trust: Float64Array }

function firstTruths({ drawn, count, gold }: Things): Truth {
  const byThing = Array.from({ length: count }, (): number[] => [])
  for (const { thing, value } of drawn) byThing[thing]!.push(value)
  return { value: Float64Array.from(byThing, (values, thing) => (Number.isNaN(gold[thing]!) ? median(values) : gold[thing]!)), variance: new Float64Array(count), trust: new Float64Array(drawn.length).fill(1) }
}

const deviationOf = (line: Line, { share, pixels }: Growing, size: number): number => line.scale * Math.sqrt((share * size) ** 2 + pixels ** 2)

/** E-step: the true sides, their variances, and how much each drawn side is trusted. */
function expect({ drawn, count, gold, size }: Things, truth: Truth, lines: readonly Line[], noise: Growing): void {
  const sum = new Float64Array(count), precision = new Float64Array(count)
  for (let at = 0; at < drawn.length; at++) {
    const { thing, person, value } = drawn[at]!
    const line = lines[person]!
    const variance = deviationOf(line, noise, size[thing]!) ** 2
    const own = value - line.share * size[thing]! - line.pixels
    const u = trust(((own - truth.value[thing]!) ** 2 + truth.variance[thing]!) / variance)
    truth.trust[at] = u
    sum[thing]! += (u / variance) * own
    precision[thing]! += u / variance
  }
  for (let thing = 0; thing < count; thing++) {
    const known = !Number.isNaN(gold[thing]!)
    truth.value[thing] = known ? gold[thing]! : sum[thing]! / precision[thing]!
    truth.variance[thing] = known ? 0 : 1 / precision[thing]!
  }
}

/** Each person's bias: regression of what they drew beyond the truth on the size, with a prior about 0. */
function regress({ drawn, size }: Things, truth: Truth, lines: readonly Line[], noise: Growing, bias: Growing): void {
  const sums = lines.map(() => [bias.share ** -2, 0, bias.pixels ** -2, 0, 0])
  drawn.forEach(({ thing, person, value }, at) => {
    const s = size[thing]!, beyond = value - truth.value[thing]!
    const weight = truth.trust[at]! / deviationOf(lines[person]!, noise, s) ** 2
    const own = sums[person]!
    own[0]! += weight * s * s
    own[1]! += weight * s
    own[2]! += weight
    own[3]! += weight * s * beyond
    own[4]! += weight * beyond
  })
  sums.forEach(([a, b, c, y, z], person) => {
    const det = a! * c! - b! * b!
    const line = lines[person]!
    line.share = (c! * y! - b! * z!) / det
    line.pixels = (a! * z! - b! * y!) / det
    line.doubt = [c! / det, -b! / det, a! / det]
  })
}

/**
 * Takes the zero off everybody's bias. The sides are looked at in pairs, as a shift of both and as growth: who is off to one side and who draws loosely are
 * different people, and a side alone would mix them. Returns how uncertain the zero of a side is at the usual size, as a variance.
 */
function holdZero([left, top, right, bottom]: readonly (readonly Line[])[], size: number): number {
  const axes = [[left!, right!], [top!, bottom!]] as const
  const halves = (sign: 1 | -1) => left!.map((_, p) => axes.map(([low, high]) => ({
    at: (lineAt(high[p]!, size) + sign * lineAt(low[p]!, size)) / 2, variance: (varianceAt(high[p]!, size) + varianceAt(low[p]!, size)) / 4,
  })))
  const shifts = halves(1).map((own): Standing => ({ at: own.map(({ at }) => at), variance: own.map(({ variance }) => variance) }))
  // Who draws loosely does so all around: that is one habit, not two that happen to go together.
  const growths = halves(-1).map(([x, y]): Standing => ({ at: [(x!.at + y!.at) / 2], variance: [(x!.variance + y!.variance) / 4] }))
  const usual = usualBias * size
  const shift = commonZero(shifts, usual), growth = commonZero(growths, usual, loosely)
  for (const [low, high] of axes) {
    for (const part of ['share', 'pixels'] as const) {
      const mean = (weights: readonly number[], sign: 1 | -1) => weights.reduce((sum, weight, p) => sum + weight * (high[p]![part] + sign * low[p]![part]) / 2, 0)
      const along = mean(shift.weights, 1), apart = mean(growth.weights, -1)
      for (const line of low) line[part] -= along - apart
      for (const line of high) line[part] -= along + apart
    }
  }
  return (shift.variance[0]! + shift.variance[1]!) / 2 + growth.variance[0]!
}

const lineAt = ({ share, pixels }: Line, size: number): number => share * size + pixels
const varianceAt = ({ doubt: [share, both, pixels] }: Line, size: number): number => Math.max(0, share * size * size + 2 * both * size + pixels)

/** Each person's multiple of the noise; and what the common curve should have been, for its multiplicative update. */
function rescale({ drawn, size }: Things, truth: Truth, lines: readonly Line[], noise: Growing, rest: { noise: number[]; ofNoise: number[] }): void {
  const sums = lines.map(() => [usualMarks, usualMarks])
  drawn.forEach(({ thing, person, value }, at) => {
    const line = lines[person]!, s = size[thing]!, curve = grown(noise, s) ** 2
    const squared = truth.trust[at]! * ((value - line.share * s - line.pixels - truth.value[thing]!) ** 2 + truth.variance[thing]!)
    sums[person]![0]! += squared / curve
    sums[person]![1]!++
    const scaled = squared / line.scale ** 2 / curve ** 2
    rest.noise[0]! += scaled * s * s
    rest.ofNoise[0]! += (s * s) / curve
    rest.noise[1]! += scaled
    rest.ofNoise[1]! += 1 / curve
  })
  sums.forEach(([squares, count], person) => { lines[person]!.scale = Math.sqrt(Math.max(squares! / count!, grossScale ** -4)) })
}

function widthOf(lines: readonly Line[], prior: Growing): Growing {
  const of = (square: (line: Line) => number, usual: number) => Math.sqrt((usualBiases * usual ** 2 + lines.reduce((sum, line) => sum + square(line), 0)) / (usualBiases + lines.length))
  return { share: of(({ share, doubt }) => share ** 2 + doubt[0], prior.share), pixels: of(({ pixels, doubt }) => pixels ** 2 + doubt[2], prior.pixels) }
}

function habitOf(lines: readonly Line[], marks: number, noise: Growing, size: number): BoxHabit {
  const of = (value: (line: Line) => number) => lines.map(value) as unknown as Sides
  return {
    marks, bias: of(({ share, pixels }) => share + pixels / size), deviation: of((line) => deviationOf(line, noise, size) / size),
    share: of(({ share }) => share), pixels: of(({ pixels }) => pixels), scale: of(({ scale }) => scale),
    doubt: lines.map(({ doubt }) => doubt) as unknown as BoxHabit['doubt'],
  }
}

/** The deviation of the people's zero at the usual size, shared out as the biases are. */
function peopleAnchor(zero: number, bias: Growing, size: number): Growing {
  const part = Math.sqrt(zero) / grown(bias, size)
  return { share: part * bias.share, pixels: part * bias.pixels }
}

function goldAnchor({ gold, drawn }: Things, noise: Growing): Growing {
  const count = drawn.filter(({ thing }) => !Number.isNaN(gold[thing]!)).length
  return { share: noise.share / Math.sqrt(count), pixels: noise.pixels / Math.sqrt(count) }
}
