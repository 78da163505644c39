import { among, type ItemTable, type Thing } from './itemTable.ts'
import { isLabel, labelIfMarked, labelOrMissing, tallyItem, thisLabel, type ItemTally } from './localised.ts'

/** Parts of a ratio that is taken over all items. */
type Ratio = readonly [over: number, under: number]

/** What one item adds to every figure: all that a report needs of it, so that an item that stays as it was is counted once. */
export interface ItemSums {
  readonly things: number
  readonly alone: number
  readonly otherName: number
  /** Every two matched marks. */
  readonly links: number
  readonly alpha: ItemTally
  readonly labelAlpha: ItemTally
  /** 2 · matches over the marks of both, summed over pairs of people; of the same label, and of any. */
  readonly f1: Ratio
  readonly placeF1: Ratio
  /** Sums over pairs of matched marks, and how many; of texts twice the edits over the lengths of both. */
  readonly iou: Ratio
  readonly boundary: Ratio
  readonly wer: Ratio
  readonly cer: Ratio
}

/** One item, all labels. */
export const sumsOf = (table: ItemTable): ItemSums => remembered(wholes, table, () => measured(table, null))

/** One label against the rest. */
export function labelSums(table: ItemTable, label: string): ItemSums {
  if (!labelsOf(table).has(label)) return withoutLabel(sumsOf(table))
  const known = remembered(byLabel, table, () => new Map<string, ItemSums>())
  const there = known.get(label) ?? measured(table, label)
  known.set(label, there)
  return there
}

/** The labels used in an item. */
export const labelsOf = (table: ItemTable): ReadonlySet<string> =>
  remembered(labels, table, () => new Set(table.things.flatMap(({ marks }) => marks.flatMap(({ label }) => (label === null ? [] : [label])))))

export interface PairSums { readonly people: readonly [string, string]; readonly sums: ItemSums }

/** Every two of an item's people, as if they alone had done it. */
export const pairSums = (table: ItemTable): readonly PairSums[] => remembered(pairs, table, () =>
  table.people.flatMap((a, at) => table.people.slice(at + 1).map((b): PairSums => ({ people: [a, b], sums: measured(among(table, new Set([a, b])), null) }))))

// A table never changes: what was counted of it is kept with it.
const wholes = new WeakMap<ItemTable, ItemSums>(), labels = new WeakMap<ItemTable, ReadonlySet<string>>()
const byLabel = new WeakMap<ItemTable, Map<string, ItemSums>>(), pairs = new WeakMap<ItemTable, readonly PairSums[]>()

function remembered<Value>(known: WeakMap<ItemTable, Value>, table: ItemTable, make: () => Value): Value {
  const there = known.get(table)
  if (there !== undefined) return there
  const made = make()
  known.set(table, made)
  return made
}

const none: Ratio = [0, 0]

/** Of an item in which nobody used a label everybody said "other" throughout. */
function withoutLabel({ alpha, labelAlpha }: ItemSums): ItemSums {
  const others = ({ total, things }: ItemTally): ItemTally => ({ within: 0, total, things, values: new Map(total > 0 ? [['other', total]] : []) })
  return { things: 0, alone: 0, otherName: 0, links: 0, alpha: others(alpha), labelAlpha: others(labelAlpha), f1: none, placeF1: none, iou: none, boundary: none, wer: none, cer: none }
}

function measured(table: ItemTable, label: string | null): ItemSums {
  const isThis = isLabel(label ?? '')
  const concerns = (mark: { readonly label: string | null }) => label === null || mark.label === label
  const things = label === null ? table.things : table.things.filter(({ marks }) => marks.some(concerns))
  let marked = 0
  for (const { marks } of things) for (const mark of marks) if (concerns(mark)) marked++
  return {
    things: things.length, alone: things.filter(({ marks }) => marks.length === 1).length,
    otherName: things.filter(({ marks }) => marks.some((mark) => mark.label !== marks[0]!.label)).length,
    alpha: tallyItem(table, label === null ? labelOrMissing : isThis), labelAlpha: tallyItem(table, label === null ? labelIfMarked : (mark) => mark && isThis(mark)),
    ...linksOf(things, concerns, marked * (table.people.length - 1)),
  }
}

/** What matched marks add; `of` are the marks times the other people. */
function linksOf(things: readonly Thing[], concerns: (mark: { readonly label: string | null }) => boolean, of: number) {
  let links = 0, same = 0, matched = 0, place = 0, compared = 0, border = 0, borders = 0
  const words = [0, 0] as [number, number], characters = [0, 0] as [number, number]
  for (const thing of things) {
    for (const link of thing.links) {
      const a = thing.marks[link.first]!, b = thing.marks[link.second]!
      links++
      const sides = Number(concerns(a)) + Number(concerns(b))
      if (sides === 0) continue
      matched += sides
      if (a.label === b.label) same += sides
      place += link.place
      compared++
      if (link.boundary !== null) { border += link.boundary; borders++ }
      add(words, link.words)
      add(characters, link.characters)
    }
  }
  return { links, f1: [same, of], placeF1: [matched, of], iou: [place, compared], boundary: [border, borders], wer: words, cer: characters } satisfies Partial<ItemSums>
}

function add(to: [number, number], difference: { readonly errors: number; readonly lengths: number } | null): void {
  if (!difference) return
  to[0] += 2 * difference.errors
  to[1] += difference.lengths
}

/** What several tables of one item add together, as where a person is seen with each of the others. */
export function pooled(all: readonly ItemSums[]): ItemSums {
  const sum = (of: (sums: ItemSums) => number) => all.reduce((total, sums) => total + of(sums), 0)
  const ratio = (of: (sums: ItemSums) => Ratio): Ratio => [sum((sums) => of(sums)[0]), sum((sums) => of(sums)[1])]
  const tally = (of: (sums: ItemSums) => ItemTally): ItemTally => {
    const values = new Map<string, number>()
    for (const sums of all) for (const [value, times] of of(sums).values) values.set(value, (values.get(value) ?? 0) + times)
    return { within: sum((sums) => of(sums).within), total: sum((sums) => of(sums).total), things: sum((sums) => of(sums).things), values }
  }
  return {
    things: sum(({ things }) => things), alone: sum(({ alone }) => alone), otherName: sum(({ otherName }) => otherName), links: sum(({ links }) => links),
    alpha: tally(({ alpha }) => alpha), labelAlpha: tally(({ labelAlpha }) => labelAlpha), f1: ratio(({ f1 }) => f1), placeF1: ratio(({ placeF1 }) => placeF1),
    iou: ratio(({ iou }) => iou), boundary: ratio(({ boundary }) => boundary), wer: ratio(({ wer }) => wer), cer: ratio(({ cer }) => cer),
  }
}

/** Whether an item tells something of alpha: of a label, whether somebody used it. */
export const tells = (tally: ItemTally, label: string | null): boolean => (label === null ? tally.things > 0 : tally.values.has(thisLabel))
