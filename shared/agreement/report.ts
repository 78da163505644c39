import { bootstrapInterval, type BootstrapOptions, type Estimator, type Interval } from './bootstrap.ts'
import { among, tableOf, type ItemComparison, type ItemTable, type ThingLink } from './itemTable.ts'
import { isLabel, labelIfMarked, labelOrMissing, localisedAlpha, ratioOfSums, type ValueOf } from './localised.ts'

/** A number with its interval, or the reason why there is none. `n` is what it was taken over. */
export type Figure = { readonly n: number; readonly interval: Interval | null } & (
  | { readonly value: number; readonly reason: null } | { readonly value: null; readonly reason: string })

export interface AgreementFigures {
  /** Items that at least two people did: the units of resampling. */
  readonly items: number
  /** What anybody marked in them; of that, what one person alone marked, and what was marked under different labels. */
  readonly things: number
  readonly alone: number
  readonly otherName: number
  /** Localise-then-alpha, "missing" a value of its own; and over the labels of matched things only. */
  readonly alpha: Figure
  readonly labelAlpha: Figure
  /** F1 between people, 0 to 1, over pairs of marks: matched with the same label, and matched at all. */
  readonly f1: Figure
  readonly placeF1: Figure
  /** Means over matched pairs of marks, 0 to 1: IoU (or what stands for it), boundary F. */
  readonly iou: Figure
  readonly boundary: Figure
  /** Edits over the mean length of both texts, from 0; between people neither is the reference. */
  readonly wer: Figure
  readonly cer: Figure
}

type Views = readonly (readonly ItemTable[])[]

function figure(estimator: Estimator, n: number, reason: string, options: BootstrapOptions | null): Figure {
  const value = estimator.estimate(estimator.times)
  return value === null ? { value, reason, n, interval: null } : { value, reason: null, n, interval: options && bootstrapInterval(estimator, value, options) }
}

/** The figures over items, each seen through one table or more; `label` narrows them to one label against the rest. */
function figuresOf(views: Views, label: string | null, options: BootstrapOptions | null): AgreementFigures {
  const things = views.flat().flatMap((table) => table.things).filter(({ marks }) => label === null || marks.some((mark) => mark.label === label))
  const concerns = (mark: { label: string | null }) => label === null || mark.label === label
  const sums = (tally: (table: ItemTable) => readonly [number, number]) =>
    views.map((tables) => tables.map(tally).reduce<readonly [number, number]>(([a, b], [c, d]) => [a + c, b + d], [0, 0]))
  const ratio = (parts: (readonly [number, number])[], reason: string, n = parts.reduce((sum, [, under]) => sum + under, 0)) => figure(ratioOfSums(parts), n, reason, options)
  const links = (measure: (link: ThingLink) => readonly [number, number] | null) => (table: ItemTable) => {
    let over = 0, under = 0
    for (const thing of table.things) {
      for (const link of thing.links) {
        if (!concerns(thing.marks[link.first]!) && !concerns(thing.marks[link.second]!)) continue
        const found = measure(link)
        if (found) { over += found[0]; under += found[1] }
      }
    }
    return [over, under] as const
  }
  const f1 = (counts: (a: string | null, b: string | null) => boolean) => (table: ItemTable) => {
    let ends = 0, marks = 0
    for (const thing of table.things) {
      marks += thing.marks.filter(concerns).length
      for (const { first, second } of thing.links) {
        const [a, b] = [thing.marks[first]!, thing.marks[second]!]
        if (counts(a.label, b.label)) ends += Number(concerns(a)) + Number(concerns(b))
      }
    }
    return [ends, marks * (table.people.length - 1)] as const
  }
  const alpha = (valueOf: ValueOf, reason: string) => figure(localisedAlpha(views, valueOf), things.length, reason, options)
  const none = 'Nobody marked anything in an item that two people did.', unmatched = 'No two marks were matched.', same = 'There is no variation: chance cannot be told from agreement.'
  const why = things.length === 0 ? none : same
  const matched = things.reduce((sum, thing) => sum + thing.links.length, 0)
  return {
    items: views.length, things: things.length, alone: things.filter(({ marks }) => marks.length === 1).length,
    otherName: things.filter(({ marks }) => marks.some((mark) => mark.label !== marks[0]!.label)).length,
    alpha: alpha(label === null ? labelOrMissing : isLabel(label), why),
    labelAlpha: alpha(label === null ? labelIfMarked : (mark) => (mark ? isLabel(label)(mark) : undefined), matched === 0 ? unmatched : why),
    f1: ratio(sums(f1((a, b) => a === b)), none, things.length),
    placeF1: ratio(sums(f1(() => true)), none, things.length),
    iou: ratio(sums(links(({ place }) => [place, 1])), unmatched),
    boundary: ratio(sums(links(({ boundary }) => (boundary === null ? null : [boundary, 1]))), 'No two borders or lines were matched.'),
    wer: ratio(sums(links(({ words }) => words && [2 * words.errors, words.lengths])), 'No two texts with words were matched.'),
    cer: ratio(sums(links(({ characters }) => characters && [2 * characters.errors, characters.lengths])), 'No two texts were matched.'),
  }
}

export interface SweepPoint { readonly threshold: number; readonly alpha: number | null; readonly f1: number | null; readonly iou: number | null; readonly things: number }

const shared = (tables: readonly ItemTable[]) => tables.filter(({ people }) => people.length > 1)
const inDetail = (options: BootstrapOptions): BootstrapOptions => ({ replicates: 200, ...options })

/** All items together. */
export const agreementOf = (tables: readonly ItemTable[], options: BootstrapOptions = {}): AgreementFigures => figuresOf(shared(tables).map((table) => [table]), null, options)

const sortedNames = (names: Iterable<string>) => [...new Set(names)].sort()

/** One label against the rest, for every label used. */
export function agreementByLabel(tables: readonly ItemTable[], options: BootstrapOptions = {}): Map<string, AgreementFigures> {
  const views = shared(tables).map((table) => [table])
  const labels = sortedNames(views.flat().flatMap(({ things }) => things.flatMap(({ marks }) => marks.flatMap(({ label }) => (label === null ? [] : [label])))))
  return new Map(labels.map((label) => [label, figuresOf(views, label, inDetail(options))]))
}

export interface PairFigures { readonly first: string; readonly second: string; readonly figures: AgreementFigures }

/** Every two people over the items both did. */
export function agreementByPair(tables: readonly ItemTable[], options: BootstrapOptions = {}): PairFigures[] {
  const pairs = new Map<string, { first: string; second: string; tables: ItemTable[] }>()
  for (const table of tables) {
    for (const view of pairViews(table)) {
      const [first, second] = view.people as [string, string]
      const key = JSON.stringify(view.people)
      const pair = pairs.get(key) ?? { first, second, tables: [] }
      pairs.set(key, pair)
      pair.tables.push(view)
    }
  }
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { first, second, tables: of }]) => ({ first, second, figures: figuresOf(of.map((table) => [table]), null, inDetail(options)) }))
}

function pairViews(table: ItemTable): ItemTable[] {
  const { people } = table
  return people.flatMap((a, at) => people.slice(at + 1).map((b) => among(table, new Set([a, b]))))
}

/** Each person with everybody else who did the same items: the pairs that they are in, pooled. */
export function agreementByPerson(tables: readonly ItemTable[], options: BootstrapOptions = {}): Map<string, AgreementFigures> {
  const views = new Map<string, ItemTable[][]>()
  for (const table of shared(tables)) {
    const pairs = pairViews(table)
    for (const person of table.people) {
      const of = views.get(person) ?? []
      views.set(person, of)
      of.push(pairs.filter(({ people }) => people.includes(person)))
    }
  }
  return new Map(sortedNames(views.keys()).map((person) => [person, figuresOf(views.get(person)!, null, inDetail(options))]))
}

/** The items of each slice; an item may be in several. */
export function agreementBySlice(tables: readonly ItemTable[], slicesOf: (item: string) => Iterable<string>, options: BootstrapOptions = {}): Map<string, AgreementFigures> {
  const slices = new Map<string, ItemTable[]>()
  for (const table of tables) for (const slice of slicesOf(table.item)) slices.set(slice, [...(slices.get(slice) ?? []), table])
  return new Map(sortedNames(slices.keys()).map((slice) => [slice, agreementOf(slices.get(slice)!, inDetail(options))]))
}

/** 0.1, 0.15, … 0.95. */
export const sweepThresholds: readonly number[] = Array.from({ length: 18 }, (_, at) => (10 + 5 * at) / 100)

/** The figures at each threshold, without intervals: one threshold hides how much they depend on it. */
export function sweep(comparisons: readonly ItemComparison[], thresholds: readonly number[] = sweepThresholds): SweepPoint[] {
  return thresholds.map((threshold) => {
    const tables = comparisons.filter(({ people }) => people.length > 1).map((comparison) => tableOf(comparison, threshold, { boundaryTolerance: null, texts: false }))
    const { alpha, f1, iou, things } = figuresOf(tables.map((table) => [table]), null, null)
    return { threshold, alpha: alpha.value, f1: f1.value, iou: iou.value, things }
  })
}
