import type { Author } from '#shared/model/author.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { ConsensusBars } from '#shared/model/project.ts'
import type { Dispute, Proposal } from '#shared/consensus/proposal.ts'
import type { AttributeEstimate } from './attributes.ts'
import type { GeometryEstimate } from './geometry.ts'
import type { Thing } from './layout.ts'
import type { SplitVote } from './things.ts'
import type { SpeakerEstimate } from './voices.ts'

/** What a thing's estimates say, as far as disputes look at it. */
export interface Estimates {
  readonly thing: Thing
  readonly existence: number
  /** Whether it is known that there is something; null: it is not. */
  readonly certain: boolean | null
  readonly marked: readonly Author[]
  readonly absent: readonly Author[]
  readonly label: Proposal['label']
  readonly geometry: GeometryEstimate
  readonly attributes: readonly AttributeEstimate[]
  readonly text: Proposal['text']
  readonly split: (SplitVote & { readonly certainty: number }) | null
  /** Whose it is, where people have it in different tiers. */
  readonly speaker: SpeakerEstimate | null
}

/** How things are called in sentences. */
export interface Names { readonly person: (author: Author) => string; readonly label: (label: LabelId | null) => string; readonly attribute: (id: string) => string }

const figure = (value: number) => value.toFixed(2)
const list = (names: readonly string[]) => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`)

/**
 * In what a thing is not settled. Nobody disputes alone: a dispute needs two people who differ and a figure that misses the project's bar. A thing that is
 * surely not there (existence at most 1 − bar) is settled as that.
 */
export function disputesOf(found: Estimates, bars: ConsensusBars, names: Names): Dispute[] {
  if (found.existence <= 1 - bars.existence && (found.absent.length > 0 || found.certain === false)) return []
  const checks = [existence, split, label, geometry, attribute, wording, boundary, speaker]
  return checks.flatMap((check) => check(found, bars, names) ?? [])
}

type Check = (found: Estimates, bars: ConsensusBars, names: Names) => Dispute | readonly Dispute[] | null

const existence: Check = ({ existence: value, marked, absent }, bars, names) => (absent.length === 0 || value >= bars.existence ? null : {
  kind: 'existence', value, bar: bars.existence,
  sentence: `${marked.length} of ${marked.length + absent.length} marked this (${list(marked.map(names.person))}), ${list(absent.map(names.person))} did not: posterior ${figure(value)}, bar ${figure(bars.existence)}.`,
})

const split: Check = ({ split: found }, bars, names) => (found === null || found.certainty >= bars.existence ? null : {
  kind: 'split', value: found.certainty, bar: bars.existence,
  sentence: `${list(found.ones.map(names.person))} marked one thing where ${list(found.severals.map(names.person))} marked several: posterior of ${found.several ? 'several' : 'one'} ${figure(found.certainty)}, bar ${figure(bars.existence)}.`,
})

const label: Check = ({ label: { value, posterior }, thing }, bars, names) => {
  const votes = thing.members.flatMap(({ person, annotation }) => (annotation.label === null ? [] : [{ person, label: annotation.label }]))
  const others = votes.filter((vote) => vote.label !== value)
  if (new Set(votes.map((vote) => vote.label)).size < 2 || posterior >= bars.label) return null
  const said = [...Map.groupBy(others, (vote) => vote.label)].map(([other, by]) => `${list(by.map(({ person }) => names.person(person)))} ${by.length > 1 ? 'say' : 'says'} ${names.label(other)}`)
  return { kind: 'label', value: posterior, bar: bars.label, sentence: `${votes.length - others.length} of ${votes.length} say ${names.label(value)}, ${said.join(', ')}: posterior ${figure(posterior)}, bar ${figure(bars.label)}.` }
}

const geometry: Check = ({ thing: { family, members }, geometry: { fit } }, bars) => (members.length < 2 || family === 'item' || family === 'segment' || fit >= bars.geometry ? null : {
  kind: 'geometry', value: fit, bar: bars.geometry,
  sentence: `The ${members.length} outlines fit the estimate by ${figure(fit)} on average (1 is the same), bar ${figure(bars.geometry)}.`,
})

const attribute: Check = ({ attributes, thing }, bars, names) => attributes.filter(({ certainty, others }) => others.length > 0 && certainty < bars.label).map((one): Dispute => ({
  kind: 'attribute', value: one.certainty, bar: bars.label,
  sentence: `${names.attribute(one.id)}: ${plain(one.value)} is the estimate, ${one.others.map(({ person, value }) => `${names.person(person)} says ${plain(value)}`).join(', ')} (${thing.members.length} people): ${figure(one.certainty)}, bar ${figure(bars.label)}.`,
}))

const plain = (value: unknown) => (Array.isArray(value) ? value.join(' + ') : String(value))

const wording: Check = ({ text, thing }, bars, names) => {
  const writers = thing.members.filter(({ annotation }) => annotation.text !== null)
  if (text === null || writers.length < 2) return null
  const unsure = text.words.filter(({ confidence }) => confidence < bars.wording)
  if (unsure.length === 0) return null
  const worst = unsure.reduce((least, word) => (word.confidence < least.confidence ? word : least))
  const said = worst.variants.map(({ text: written, people }) => `${written === '' ? 'nothing' : `“${written}”`} (${list(people.map(names.person))})`)
  return { kind: 'wording', value: worst.confidence, bar: bars.wording, sentence: `${unsure.length} of ${text.words.length} words ${unsure.length > 1 ? 'are' : 'is'} not sure; the least: ${said.join(', ')}: ${figure(worst.confidence)}, bar ${figure(bars.wording)}.` }
}

const boundary: Check = ({ thing: { members }, geometry: { geometry: estimate } }, bars, names) => {
  if (estimate.kind !== 'segment' || members.length < 2) return null
  const apart = members.flatMap(({ person, mark: { geometry: own } }) => (own.kind !== 'segment' ? [] : [
    { person, end: 'starts', by: own.start / own.rate - estimate.start / estimate.rate }, { person, end: 'ends', by: own.end / own.rate - estimate.end / estimate.rate },
  ]))
  const worst = apart.reduce((most, one) => (Math.abs(one.by) > Math.abs(most.by) ? one : most))
  const value = Math.abs(worst.by)
  return value <= bars.boundary + 1e-9 ? null : {
    kind: 'boundary', value, bar: bars.boundary, sentence: `${names.person(worst.person)} ${worst.end} ${figure(value)} s ${worst.by > 0 ? 'later' : 'earlier'} than the estimate, bar ${figure(bars.boundary)} s.`,
  }
}

const speaker: Check = ({ speaker: found }, bars, names) => {
  if (found === null || found.certainty >= bars.label) return null
  const verbs = found.voice ? [' call this voice', ' calls this voice'] : [' put this in', ' puts this in']
  const said = found.said.map(({ name, people, seconds }, at) => `${list(people.map(names.person))}${at > 0 ? '' : people.length > 1 ? verbs[0] : verbs[1]} “${name}”${seconds === null ? '' : ` (${seconds.toFixed(1)} s in common)`}`)
  return { kind: 'speaker', value: found.certainty, bar: bars.label, sentence: `${said.join(', ')}: posterior ${figure(found.certainty)}, bar ${figure(bars.label)}.` }
}
