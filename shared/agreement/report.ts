import type { BootstrapOptions } from './bootstrap.ts'
import { figureOf, type Figure } from './figure.ts'
import { among, type ItemTable, type ThingLink } from './itemTable.ts'
import { isLabel, labelIfMarked, labelOrMissing, localisedAlpha, ratioOfSums, tallyItem, thisLabel, type ValueOf } from './localised.ts'

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

/** Ways to measure items, each seen through one table or more; `label` narrows them to the marks of one label. */
function measuresOf(views: Views, label: string | null, options: BootstrapOptions) {
  const concerns = (mark: { label: string | null }) => label === null || mark.label === label
  const ratio = (of: (table: ItemTable) => readonly [number, number], reason: string) => {
    const parts = views.map((tables) => {
      let over = 0, under = 0
      for (const table of tables) {
        const [a, b] = of(table)
        over += a
        under += b
      }
      return [over, under] as const
    })
    const n = parts.reduce((sum, [, under]) => sum + under, 0)
    return figureOf(ratioOfSums(parts), { n, items: parts.filter(([, under]) => under > 0).length }, reason, options)
  }
  return {
    alpha: (valueOf: ValueOf, reason: string) => {
      const tallies = views.map((tables) => tallyItem(tables, valueOf))
      const tells = label === null ? tallies.filter(({ things }) => things > 0) : tallies.filter(({ values }) => values.has(thisLabel))
      return figureOf(localisedAlpha(tallies), { n: tallies.reduce((sum, { things }) => sum + things, 0), items: tells.length }, reason, options)
    },
    /** The mean of a measure over the pairs of matched marks; null leaves a pair out, a second number weighs it. */
    links: (measure: (link: ThingLink) => readonly [number, number] | null, reason: string) => ratio(({ things }) => {
      let over = 0, under = 0
      for (const { marks, links } of things) {
        for (const link of links) {
          const found = concerns(marks[link.first]!) || concerns(marks[link.second]!) ? measure(link) : null
          if (found) { over += found[0]; under += found[1] }
        }
      }
      return [over, under]
    }, reason),
    /** 2 · matches / (marks of both), summed over pairs of people; `counts` says which matches count. */
    f1: (counts: (a: string | null, b: string | null) => boolean) => ratio(({ people, things }) => {
      let matched = 0, all = 0
      for (const { marks, links } of things) {
        for (const mark of marks) if (concerns(mark)) all++
        for (const { first, second } of links) {
          const a = marks[first]!, b = marks[second]!
          if (counts(a.label, b.label)) matched += Number(concerns(a)) + Number(concerns(b))
        }
      }
      return [matched, all * (people.length - 1)]
    }, nothing),
  }
}

const nothing = 'Nobody marked anything in an item that two people did.'
const sameOnly = 'There is no variation: chance cannot be told from agreement.'

/** All figures; with a label, that label against the rest. */
function figuresOf(views: Views, label: string | null, options: BootstrapOptions): AgreementFigures {
  const measures = measuresOf(views, label, options)
  const things = views.flat().flatMap((table) => table.things).filter(({ marks }) => label === null || marks.some((mark) => mark.label === label))
  const unmatched = 'No two marks were matched.'
  const why = things.length === 0 ? nothing : sameOnly
  const isThis = isLabel(label ?? '')
  return {
    items: views.length, things: things.length, alone: things.filter(({ marks }) => marks.length === 1).length,
    otherName: things.filter(({ marks }) => marks.some((mark) => mark.label !== marks[0]!.label)).length,
    alpha: measures.alpha(label === null ? labelOrMissing : isThis, why),
    labelAlpha: measures.alpha(label === null ? labelIfMarked : (mark) => mark && isThis(mark), things.some(({ links }) => links.length > 0) ? why : unmatched),
    f1: measures.f1((a, b) => a === b),
    placeF1: measures.f1(() => true),
    iou: measures.links(({ place }) => [place, 1], unmatched),
    boundary: measures.links(({ boundary }) => (boundary === null ? null : [boundary, 1]), 'No two borders or lines were matched.'),
    wer: measures.links(({ words }) => words && [2 * words.errors, words.lengths], 'No two texts with words were matched.'),
    cer: measures.links(({ characters }) => characters && [2 * characters.errors, characters.lengths], 'No two texts were matched.'),
  }
}

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
