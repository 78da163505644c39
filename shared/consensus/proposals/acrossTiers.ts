import { similarity, type SimilarityOptions } from '#shared/agreement/similarity.ts'
import { inTierOf } from './geometry.ts'
import type { Placed, Thing } from './layout.ts'

/** Two stretches in different tiers are the same only if they lie so much alike. */
const clearly = 0.5

/**
 * What one person has in one tier and another in another: things without a person in common, of which every two marks lie alike and have the same label, become
 * one thing whose speaker is disputed. The most alike first; things that several tiers hold for the same person stay apart.
 */
export function acrossTiers(things: readonly Thing[], gate: number, alike: SimilarityOptions): Thing[] {
  const sorted = things.map((thing) => ({ thing, start: startOf(thing), end: endOf(thing) })).sort((a, b) => a.start - b.start || (nameOf(a.thing) < nameOf(b.thing) ? -1 : 1))
  const pairs = sorted.flatMap((a, at) => {
    const found: { a: Thing; b: Thing; place: number }[] = []
    for (let next = at + 1; next < sorted.length && sorted[next]!.start <= a.end; next++) {
      const b = sorted[next]!.thing
      const place = placeBetween(a.thing, b, alike)
      if (place >= Math.max(gate, clearly)) found.push({ a: a.thing, b, place })
    }
    return found
  }).sort((p, q) => q.place - p.place || (nameOf(p.a) < nameOf(q.a) ? -1 : 1))
  const joined = new Map<Thing, Thing>()
  const gone = new Set<Thing>()
  for (const { a, b } of pairs) {
    if (gone.has(a) || gone.has(b) || joined.has(a) || joined.has(b)) continue
    joined.set(a, { ...a, members: [...a.members, ...b.members].sort((p, q) => (p.person < q.person ? -1 : 1)), more: [...a.more, ...b.more], final: a.final ?? b.final })
    gone.add(b)
  }
  return things.filter((thing) => !gone.has(thing)).map((thing) => joined.get(thing) ?? thing)
}

/** The least likeness of two members; 0 where the things cannot be one. */
function placeBetween(a: Thing, b: Thing, alike: SimilarityOptions): number {
  if (a.members.length === 0 || b.members.length === 0 || (a.final && b.final) || tierOf(a) === tierOf(b)) return 0
  if (a.members.some(({ person }) => b.members.some((other) => other.person === person))) return 0
  return Math.min(...a.members.flatMap((one) => b.members.map((other) => (one.mark.label === other.mark.label ? between(one, other, alike) : 0))))
}

const between = (one: Placed, other: Placed, alike: SimilarityOptions) => similarity(one.mark, { ...other.mark, geometry: inTierOf(one.mark.geometry, other.mark.geometry) }, alike)?.place ?? 0
const nameOf = ({ members, final }: Thing): string => members[0]?.annotation.id ?? final!.id
const tierOf = ({ members }: Thing) => (members[0]?.mark.geometry.kind === 'segment' ? members[0].mark.geometry.tier : null)
const startOf = ({ members }: Thing) => Math.min(...members.map(({ mark: { geometry } }) => (geometry.kind === 'segment' ? geometry.start / geometry.rate : Infinity)))
const endOf = ({ members }: Thing) => Math.max(...members.map(({ mark: { geometry } }) => (geometry.kind === 'segment' ? geometry.end / geometry.rate : -Infinity)))
