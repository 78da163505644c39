import type { ItemTable } from './itemTable.ts'
import { agreementOf, type AgreementFigures } from './report.ts'

/** How often two people gave one thing these two labels; `first` ≤ `second`, null (no label) before all. */
export interface LabelMeeting { readonly first: string | null; readonly second: string | null; readonly count: number }

const before = (a: string | null, b: string | null) => a !== b && (a === null || (b !== null && a < b))

/** The labels of matched marks, every two people once: what people take for what. Agreement (the same label twice) is among it. */
export function labelConfusion(tables: readonly ItemTable[]): LabelMeeting[] {
  const counts = new Map<string, { first: string | null; second: string | null; count: number }>()
  for (const { things } of tables) {
    for (const { marks, links } of things) {
      for (const link of links) {
        const a = marks[link.first]!.label, b = marks[link.second]!.label
        const [first, second] = before(b, a) ? [b, a] : [a, b]
        const key = JSON.stringify([first, second])
        const meeting = counts.get(key) ?? { first, second, count: 0 }
        meeting.count++
        counts.set(key, meeting)
      }
    }
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (before(a.first, b.first) ? -1 : before(b.first, a.first) ? 1 : before(a.second, b.second) ? -1 : 1))
}

/** Items whose time lies in `from` (included) … `to` (not included), milliseconds. */
export interface TrendStretch { readonly from: number; readonly to: number; readonly figures: AgreementFigures }

const hour = 3_600_000, day = 24 * hour
const lengths = [hour, 6 * hour, day, 7 * day, 28 * day, 91 * day, 364 * day]
const mostStretches = 24

/**
 * Agreement over time, in stretches of an hour, six hours, a day, a week, 4, 13 or 52 weeks, the shortest of which at most 24 cover all.
 * Items without a time, or that one person alone did, are left out; so are stretches without items.
 */
export function agreementTrend(tables: readonly ItemTable[], timeOf: (item: string) => number | null): TrendStretch[] {
  const timed = tables.flatMap((table) => {
    const at = table.people.length > 1 ? timeOf(table.item) : null
    return at === null ? [] : [{ table, at }]
  })
  if (timed.length === 0) return []
  const first = Math.min(...timed.map(({ at }) => at)), last = Math.max(...timed.map(({ at }) => at))
  const stretchOf = (length: number) => (at: number) => Math.floor(at / length)
  const length = lengths.find((candidate) => stretchOf(candidate)(last) - stretchOf(candidate)(first) < mostStretches) ?? lengths.at(-1)!
  const groups = Map.groupBy(timed, ({ at }) => stretchOf(length)(at))
  return [...groups].sort(([a], [b]) => a - b).map(([at, members]) => ({
    from: at * length, to: (at + 1) * length, figures: agreementOf(members.map(({ table }) => table), { replicates: 200 }),
  }))
}

export interface ItemFigures {
  readonly item: string
  readonly people: readonly string[]
  readonly things: number
  readonly alone: number
  readonly otherName: number
  /** F1 between people (same label) and mean IoU of what was matched; null where there is nothing to measure. */
  readonly f1: number | null
  readonly iou: number | null
}

/** Items that two people did, the least agreed first: by F1, then by IoU, then by how much there is to look at. */
export function worstItems(tables: readonly ItemTable[], most: number): ItemFigures[] {
  const figures = tables.filter(({ people, things }) => people.length > 1 && things.length > 0).map(figuresOf)
  return figures.sort((a, b) => (a.f1 ?? 2) - (b.f1 ?? 2) || (a.iou ?? 2) - (b.iou ?? 2) || b.things - a.things || (a.item < b.item ? -1 : 1)).slice(0, most)
}

function figuresOf({ item, people, things }: ItemTable): ItemFigures {
  let marked = 0, matched = 0, links = 0, place = 0
  for (const thing of things) {
    marked += thing.marks.length
    for (const link of thing.links) {
      if (thing.marks[link.first]!.label === thing.marks[link.second]!.label) matched += 2
      links++
      place += link.place
    }
  }
  return {
    item, people, things: things.length, alone: things.filter(({ marks }) => marks.length === 1).length,
    otherName: things.filter(({ marks }) => marks.some(({ label }) => label !== marks[0]!.label)).length,
    f1: marked > 0 ? matched / (marked * (people.length - 1)) : null, iou: links > 0 ? place / links : null,
  }
}
