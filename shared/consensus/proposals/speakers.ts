import type { Annotation } from '#shared/model/annotation.ts'
import type { Author } from '#shared/model/author.ts'
import type { TierId } from '#shared/model/id.ts'
import { assign } from '#shared/agreement/assignment.ts'
import type { SpeakerMapping } from '#shared/consensus/proposal.ts'
import { personOf } from './item.ts'

/** What each person's tiers are called by the others. */
export interface SpeakerMap {
  readonly mappings: readonly SpeakerMapping[]
  /** Who used which tier, by the names that they are mapped to. */
  readonly used: readonly { readonly author: Author; readonly own: TierId; readonly voice: TierId }[]
  /** The tier that a person's tier is taken for; itself where nothing was mapped. */
  tierOf(person: Author, tier: TierId): TierId
}

interface Stretch { readonly start: number; readonly end: number }
type Tiers = ReadonlyMap<TierId, readonly Stretch[]>

/** A tier of the same name is taken for itself unless another overlaps so many times more. */
const sameName = 1.5

/**
 * Who named speakers (tiers) differently is mapped by overlap: between two people the tiers are assigned one to one so that the
 * time in which segments overlap is greatest in all. Everybody is mapped to the one person who overlaps most with the others.
 */
export function mapSpeakers(marks: readonly Annotation[]): SpeakerMap {
  const people = [...Map.groupBy(marks.filter(({ geometry }) => geometry.kind === 'segment'), personOf)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([person, own]) => ({ person, tiers: tiersOf(own) }))
  const used = new Set(people.flatMap(({ tiers }) => [...tiers.keys()]))
  if (people.length < 2 || used.size < 2) return { mappings: [], used: [], tierOf: (_, tier) => tier }
  const sums = people.map(({ tiers }) => people.reduce((sum, other) => sum + (other.tiers === tiers ? 0 : assignment(tiers, other.tiers).reduce((total, { seconds }) => total + seconds, 0)), 0))
  const centre = people[sums.reduce((best, sum, at) => (sum > sums[best]! + 1e-9 ? at : best), 0)]!
  const mappings = people.flatMap(({ person, tiers }) => (tiers === centre.tiers ? [] : assignment(tiers, centre.tiers).filter(({ from, to }) => from !== to).map((found) => ({ author: person, ...found }))))
  const tierOf = (person: Author, tier: TierId) => mappings.find(({ author, from }) => author === person && from === tier)?.to ?? tier
  return { mappings, tierOf, used: people.flatMap(({ person, tiers }) => [...tiers.keys()].map((own) => ({ author: person, own, voice: tierOf(person, own) }))) }
}

function tiersOf(marks: readonly Annotation[]): Tiers {
  const tiers = new Map<TierId, Stretch[]>()
  for (const { geometry } of marks) {
    if (geometry.kind !== 'segment') continue
    const own = tiers.get(geometry.tier) ?? []
    tiers.set(geometry.tier, own)
    own.push({ start: geometry.start / geometry.rate, end: geometry.end / geometry.rate })
  }
  for (const own of tiers.values()) own.sort((a, b) => a.start - b.start || a.end - b.end)
  return new Map([...tiers].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function assignment(from: Tiers, to: Tiers): { from: TierId; to: TierId; seconds: number }[] {
  const rows = [...from.keys()], columns = [...to.keys()]
  const seconds = rows.map((row) => columns.map((column) => overlap(from.get(row)!, to.get(column)!)))
  const scores = seconds.map((own, at) => own.map((value, column) => value * (rows[at] === columns[column] ? sameName : 1)))
  return [...assign(scores, columns.length)].flatMap((column, row) => (column < 0 ? [] : [{ from: rows[row]!, to: columns[column]!, seconds: seconds[row]![column]! }]))
}

/** Seconds in which a stretch of both runs; both sorted by start. */
function overlap(a: readonly Stretch[], b: readonly Stretch[]): number {
  let sum = 0, from = 0
  for (const one of a) {
    while (from < b.length && b[from]!.end <= one.start) from++
    for (let at = from; at < b.length && b[at]!.start < one.end; at++) sum += Math.max(0, Math.min(one.end, b[at]!.end) - Math.max(one.start, b[at]!.start))
  }
  return sum
}
