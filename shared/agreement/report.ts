import type { BootstrapOptions } from './bootstrap.ts'
import { figureOf, type Figure } from './figure.ts'
import type { ItemTable } from './itemTable.ts'
import { localisedAlpha, ratioOfSums } from './localised.ts'
import { labelsOf, labelSums, pairSums, pooled, sumsOf, tells, type ItemSums } from './sums.ts'

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

const nothing = 'Nobody marked anything in an item that two people did.'
const sameOnly = 'There is no variation: chance cannot be told from agreement.'
const unmatched = 'No two marks were matched.'

/** All figures of some items; with a label, that label against the rest. */
function figuresOf(items: readonly ItemSums[], label: string | null, options: BootstrapOptions): AgreementFigures {
  const total = (of: (sums: ItemSums) => number) => items.reduce((sum, one) => sum + of(one), 0)
  const alpha = (name: 'alpha' | 'labelAlpha', reason: string) => {
    const tallies = items.map((sums) => sums[name])
    return figureOf(localisedAlpha(tallies), { n: total((sums) => sums[name].things), items: tallies.filter((tally) => tells(tally, label)).length }, reason, options)
  }
  const ratio = (name: 'f1' | 'placeF1' | 'iou' | 'boundary' | 'wer' | 'cer', reason: string) => {
    const parts = items.map((sums) => sums[name])
    return figureOf(ratioOfSums(parts), { n: total((sums) => sums[name][1]), items: parts.filter(([, under]) => under > 0).length }, reason, options)
  }
  const things = total((sums) => sums.things), links = total((sums) => sums.links)
  const why = things === 0 ? nothing : sameOnly
  return {
    items: items.length, things, alone: total(({ alone }) => alone), otherName: total(({ otherName }) => otherName),
    alpha: alpha('alpha', why), labelAlpha: alpha('labelAlpha', links > 0 ? why : unmatched), f1: ratio('f1', nothing), placeF1: ratio('placeF1', nothing),
    iou: ratio('iou', unmatched), boundary: ratio('boundary', 'No two borders or lines were matched.'),
    wer: ratio('wer', 'No two texts with words were matched.'), cer: ratio('cer', 'No two texts with characters were matched.'),
  }
}

const shared = (tables: readonly ItemTable[]) => tables.filter(({ people }) => people.length > 1)
const inDetail = (options: BootstrapOptions): BootstrapOptions => ({ replicates: 200, ...options })

/** All items together. */
export const agreementOf = (tables: readonly ItemTable[], options: BootstrapOptions = {}): AgreementFigures => figuresOf(shared(tables).map(sumsOf), null, options)

const sortedNames = (names: Iterable<string>) => [...new Set(names)].sort()

/** One label against the rest, for every label used. */
export function agreementByLabel(tables: readonly ItemTable[], options: BootstrapOptions = {}): Map<string, AgreementFigures> {
  const items = shared(tables)
  const labels = sortedNames(items.flatMap((table) => [...labelsOf(table)]))
  return new Map(labels.map((label) => [label, figuresOf(items.map((table) => labelSums(table, label)), label, inDetail(options))]))
}

export interface PairFigures { readonly first: string; readonly second: string; readonly figures: AgreementFigures }

/** Every two people over the items both did. */
export function agreementByPair(tables: readonly ItemTable[], options: BootstrapOptions = {}): PairFigures[] {
  const pairs = Map.groupBy(tables.flatMap((table) => pairSums(table)), ({ people }) => JSON.stringify(people))
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, of]) => {
    const [first, second] = of[0]!.people
    return { first, second, figures: figuresOf(of.map(({ sums }) => sums), null, inDetail(options)) }
  })
}

/** Each person with everybody else who did the same items: the pairs that they are in, pooled. */
export function agreementByPerson(tables: readonly ItemTable[], options: BootstrapOptions = {}): Map<string, AgreementFigures> {
  const items = new Map<string, ItemSums[]>()
  for (const table of shared(tables)) {
    for (const person of table.people) {
      const of = items.get(person) ?? []
      items.set(person, of)
      of.push(pooled(pairSums(table).flatMap(({ people, sums }) => (people.includes(person) ? [sums] : []))))
    }
  }
  return new Map(sortedNames(items.keys()).map((person) => [person, figuresOf(items.get(person)!, null, inDetail(options))]))
}

/** The items of each slice; an item may be in several. */
export function agreementBySlice(tables: readonly ItemTable[], slicesOf: (item: string) => Iterable<string>, options: BootstrapOptions = {}): Map<string, AgreementFigures> {
  const slices = new Map<string, ItemTable[]>()
  for (const table of tables) for (const slice of slicesOf(table.item)) slices.set(slice, [...(slices.get(slice) ?? []), table])
  return new Map(sortedNames(slices.keys()).map((slice) => [slice, agreementOf(slices.get(slice)!, inDetail(options))]))
}
