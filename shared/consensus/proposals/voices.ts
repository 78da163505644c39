import type { Author } from '#shared/model/author.ts'
import type { TierId } from '#shared/model/id.ts'
import type { Tier } from '#shared/model/tier.ts'
import { assign } from '#shared/agreement/assignment.ts'
import type { GeometryEstimate } from './geometry.ts'
import type { Layout, Placed, Thing } from './layout.ts'
import { certaintyOf, type Learned } from './learn.ts'

/** A voice is a tier as everybody is mapped to it; its name is the tier that most of the weight uses for it. */
export interface Voices {
  readonly nameOf: (voice: TierId) => TierId
  /** The first thing of each voice that people named differently: there it is asked, once and not at every segment. */
  readonly asked: ReadonlyMap<Thing, TierId>
  /** A segment in the tier that its voice is named. */
  named(estimate: GeometryEstimate): GeometryEstimate
}

/** `said`: the most weight first. `voice`: it is about what the whole tier is called, not about one segment. */
export interface SpeakerEstimate {
  readonly voice: boolean
  readonly certainty: number
  readonly said: readonly { readonly name: string; readonly people: readonly Author[]; readonly seconds: number | null }[]
}

/** A tie goes to the name that everybody was mapped to. */
const tie = 1e-6

/** Names every voice by the weight of those who used the name, no name twice. */
export function nameVoices(things: readonly Thing[], { speakers }: Layout, weightOf: (person: Author) => number): Voices {
  const voices = [...new Set(speakers.used.map(({ voice }) => voice))].sort()
  const names = [...new Set(speakers.used.map(({ own }) => own))].sort()
  const scores = voices.map((voice) => names.map((name) =>
    speakers.used.reduce((sum, { author, own, voice: of }) => sum + (own === name && of === voice ? weightOf(author) : 0), voice === name ? tie : 0)))
  const nameAt = assign(scores, names.length)
  const named = new Map(voices.map((voice, at) => [voice, names[nameAt[at]!] ?? voice]))
  const nameOf = (voice: TierId) => named.get(voice) ?? voice
  const asked = new Map<Thing, TierId>()
  for (const voice of new Set(speakers.mappings.map(({ to }) => to))) {
    const first = things.filter((thing) => thing.members.some(({ mark: { geometry } }) => geometry.kind === 'segment' && geometry.tier === voice)).toSorted((a, b) => startOf(a) - startOf(b) || (a.members[0]!.annotation.id < b.members[0]!.annotation.id ? -1 : 1))[0]
    if (first) asked.set(first, voice)
  }
  return {
    nameOf, asked,
    named: (estimate) => (estimate.geometry.kind === 'segment' ? { ...estimate, geometry: { ...estimate.geometry, tier: nameOf(estimate.geometry.tier) } } : estimate),
  }
}

/** Whose a segment is, where its members have it in different tiers, or where it stands for a voice that people named differently. */
export function speakerOf(thing: Thing, { asked, nameOf }: Voices, { layout, learned, weightOf }: { readonly layout: Layout; readonly learned: Learned; readonly weightOf: (person: Author) => number }): SpeakerEstimate | null {
  const tiers = new Set(thing.members.map(voiceOf))
  const voice = asked.get(thing)
  if (thing.family !== 'segment' || (tiers.size < 2 && voice === undefined)) return null
  const about = tiers.size > 1 ? thing.members.map((one) => ({ author: one.person, name: nameOf(voiceOf(one)!) })) : layout.speakers.used.filter((one) => one.voice === voice).map(({ author, own }) => ({ author, name: own }))
  const weight = (people: readonly Author[]) => people.reduce((sum, person) => sum + weightOf(person), 0)
  const said = [...Map.groupBy(about, ({ name }) => name)].map(([name, by]) => ({ name, people: by.map(({ author }) => author).sort() })).sort((a, b) => weight(b.people) - weight(a.people) || (a.name < b.name ? -1 : 1))
  const total = weight(about.map(({ author }) => author))
  return {
    voice: tiers.size < 2, certainty: certaintyOf(learned, weight(said[0]!.people) / total, total),
    said: said.map(({ name, people }) => ({ name: tierName(name, layout.item.tiers), people, seconds: tiers.size > 1 ? null : secondsOf(layout, people, name) })),
  }
}

/** Seconds in common with the voice that the tier was mapped to; null for those who were not mapped. */
function secondsOf({ speakers }: Layout, people: readonly Author[], name: TierId): number | null {
  const found = speakers.mappings.filter(({ author, from }) => from === name && people.includes(author))
  return found.length === 0 ? null : found.reduce((sum, { seconds }) => sum + seconds, 0)
}

const voiceOf = ({ mark: { geometry } }: Placed): TierId | null => (geometry.kind === 'segment' ? geometry.tier : null)
const tierName = (id: TierId, tiers: readonly Tier[] = []) => tiers.find((tier) => tier.id === id)?.name ?? id.replace(/^tier:/u, '')
const startOf = ({ members }: Thing) => Math.min(...members.map(({ mark: { geometry } }) => (geometry.kind === 'segment' ? geometry.start / geometry.rate : Infinity)))
