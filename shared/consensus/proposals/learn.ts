import type { Author } from '#shared/model/author.ts'
import type { PersonProfile } from '#shared/consensus/proposal.ts'
import { existence as existenceBy, learnPresence, type PresenceModel } from '#shared/consensus/shapes/presence.ts'
import { boxProfile, learnHabits, noHabits, type Habits } from './habits.ts'
import type { ConsensusOptions, ItemInput } from './item.ts'
import { keyOf } from './key.ts'
import { accuracyOf, learnLabels, noLabels, type LabelModel, type LabelVote } from './labels.ts'
import { layoutOf, type Layout, type Thing } from './layout.ts'
import { learnWords, type WordSkills, type WrittenThing } from './texts.ts'
import { learnAttributes, noAttributes, type AttributeModels } from './learnAttributes.ts'
import { resolve } from './things.ts'
import { readText } from './unclear.ts'

/** What is known of a project's people: made from all items, used for each. */
export interface Learned {
  readonly labels: LabelModel
  readonly attributes: AttributeModels
  readonly presence: PresenceModel
  readonly words: WordSkills
  readonly habits: Habits
  readonly profiles: readonly PersonProfile[]
}

/** Knows nobody: everybody counts alike. */
export const nothingLearned: Learned = { labels: noLabels, attributes: noAttributes, presence: learnPresence([]), words: { weights: new Map(), agreement: new Map() }, habits: noHabits, profiles: [] }

export const keyOfThing = ({ members, more, final }: Thing): string => {
  const ids = [...members, ...more].map(({ annotation }) => annotation.id as string)
  return keyOf(ids.length > 0 ? ids : [final!.id])
}

/** Label votes of a thing's members; who gave none abstains. */
export const votesOf = ({ members }: Pick<Thing, 'members'>) => members.flatMap(({ person, annotation: { label } }) => (label === null ? [] : [{ person, label }]))

/** Who marked a thing and who of the item's people did not. `certain`: decided by a person. */
export interface Sighting { readonly marked: readonly Author[]; readonly absent: readonly Author[]; readonly certain: boolean | null }

/** Posterior that there is something, 0 … 1. */
export const existenceOf = ({ presence }: Pick<Learned, 'presence'>, { marked, absent, certain }: Sighting): number => (certain === null ? existenceBy(presence, marked, absent) : Number(certain))

/** Who of the item's people marked the thing in any way, and who did not. Where everything that there is is known, what has no answer is not there. */
export function sightingOf({ members, more, final, verdict }: Thing, { people, gold }: Pick<Layout, 'people' | 'gold'>, alsoThere: readonly Author[] = []): Sighting {
  const marked = new Set([...members, ...more].map(({ person }) => person).concat(alsoThere))
  return { marked: [...marked].sort(), absent: people.filter((person) => !marked.has(person)), certain: final ? true : verdict || gold ? false : null }
}

export interface LearnStep { readonly layouts: readonly Layout[]; readonly learned: Learned }

/** Skills and habits of everybody, from all items; answers that a person decided count as known. Items in any order give the same. */
export const learn = (items: readonly ItemInput[], options: ConsensusOptions = {}): Learned => learnFrom(items.map((item) => layoutOf(item, options)), options)

/** The same from items that are laid out already. */
export function learnFrom(given: readonly Layout[], options: ConsensusOptions = {}): Learned {
  const layouts = given.toSorted((a, b) => (a.item.asset < b.item.asset ? -1 : 1))
  const rows = layouts.flatMap((layout) => {
    const { things, votes } = resolve(layout, () => 1, options)
    return things.map((thing): Row => ({
      layout, thing, key: keyOfThing(thing), sighting: sightingOf(thing, layout, thing.split === null ? [] : [...votes[thing.split]!.ones, ...votes[thing.split]!.severals]),
    }))
  }).sort((a, b) => (a.key < b.key ? -1 : 1))
  const votes = rows.flatMap(({ thing, key }) => votesOf(thing).map((vote): LabelVote => ({ ...vote, thing: key })))
  const gold = new Map(rows.flatMap(({ thing: { final, members }, key }) => (final?.label && members.length > 0 ? [[key, final.label as string]] : [])))
  const labels = learnLabels(votes, new Map([...gold].filter(([key]) => votes.some(({ thing }) => thing === key))), options.method ?? 'auto', options.seed)
  const placed = Map.groupBy(rows.filter(({ thing }) => thing.family !== 'item'), ({ layout }) => layout)
  const presence = learnPresence(layouts.map((layout) => {
    const own = placed.get(layout) ?? []
    return { people: layout.people, clusters: own.map(({ sighting: { marked } }) => marked), gold: own.map(({ sighting: { certain } }) => certain) }
  }))
  const people = [...new Set(layouts.flatMap((layout) => layout.people))].sort()
  const words = learnWords(rows.map(writtenOf), options.glossary ?? [])
  const habits = learnHabits(rows.map(({ thing }) => thing))
  const profiles = people.map((author) => profileOf(author, rows, { labels, presence, words, habits }))
  return { labels, attributes: learnAttributes(rows, labels, options), presence, words, habits, profiles }
}

interface Row { readonly layout: Layout; readonly thing: Thing; readonly key: string; readonly sighting: Sighting }

const writtenOf = ({ thing: { members, final }, key }: Row): WrittenThing => ({
  key, gold: final?.text ?? null, answers: members.flatMap(({ person, annotation: { text, spans } }) => (text === null ? [] : [{ person, text: readText(text, spans).text }])),
})

function profileOf(author: Author, rows: readonly Row[], { labels, presence, words, habits }: Omit<Learned, 'profiles' | 'attributes'>): PersonProfile {
  const own = rows.filter(({ sighting }) => sighting.marked.includes(author))
  const seen = presence.people.get(author)
  const placed = rows.some(({ thing: { family }, layout }) => family !== 'item' && layout.people.includes(author))
  return {
    author, marks: own.length, accuracy: labels.accuracy.get(author) ?? null, recall: placed && seen ? seen.recall : null,
    precision: seen && seen.marks > 0 ? seen.precision : null, words: words.agreement.get(author) ?? null, ...boxProfile(habits, author),
  }
}

/** Who names things well need not divide or order them well: in votes about other than labels nobody counts for more than this odds. */
const mostOdds = Math.log(0.85 / 0.15)

/**
 * How much a person's vote weighs where it is not about labels (splits, attributes, order, relations, speakers): the logarithm of the odds that they name
 * things right, at most log(0.85 / 0.15); 1 where the method counts votes alike. Above 0.
 */
export function voteWeight({ labels }: Learned, person: Author): number {
  if (labels.confusion === null) return 1
  const right = Math.max(0.52, accuracyOf(labels, person))
  return right >= 0.85 ? mostOdds : Math.log(right / (1 - right))
}

/** What is held for sure of one side, by weights: its share where votes are counted alike, else the posterior of two that are as likely before. */
export function certaintyOf({ labels }: Learned, share: number, total: number): number {
  return labels.confusion === null ? share : 1 / (1 + Math.exp(-total * (2 * share - 1)))
}

/** How much a person's words weigh; who wrote nothing yet as the mean of the others. */
export function wordWeight({ words: { weights } }: Learned, person: Author): number {
  return weights.get(person) ?? (weights.size === 0 ? 1 : [...weights.values()].reduce((sum, value) => sum + value, 0) / weights.size)
}
