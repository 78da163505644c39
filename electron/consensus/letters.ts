import type { ItemPerson } from '#shared/contract/consensus.ts'
import type { Contributor, ItemProposals } from '#shared/consensus/proposal.ts'
import { keyOf } from '#shared/consensus/proposals/key.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { AssetId } from '#shared/model/id.ts'
import { placeOf } from '#shared/model/overlap.ts'
import type { Provenance } from '#shared/model/provenance.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { DisputeVerdict } from '#shared/model/verdict.ts'

/** How people are called where a person looks: by letters, until names are asked for. */
export interface Calling {
  readonly who: ItemPerson[]
  of(author: Author): Author
  /** Those of `who` that are meant. */
  among(people: readonly Author[]): ItemPerson[]
  /** Who settles disputes is said by name, unless they did the item too. */
  settler(author: Author): Author
  /** An id; one that holds the name of somebody who did the item (what they adopted of a draft) becomes another one, the same each time. */
  id<Id extends string>(id: Id): Id
  /** Whether people are called by their names. */
  readonly names: boolean
}

/** A, B, C … in an order that the item mixes, so that a letter says nothing from one item to the next and is the same each time one is looked at. `gone`: whose marks are not there any more. */
export function callingOf(asset: AssetId, people: readonly Author[], names: boolean, gone: readonly Author[] = []): Calling {
  const mixed = people.toSorted((a, b) => placeOf(`${asset}/${a}` as AssetId) - placeOf(`${asset}/${b}` as AssetId) || (a < b ? -1 : 1))
  const letters = new Map(mixed.map((author, at) => [author, letterOf(at)]))
  const person = (author: Author): ItemPerson => ({ letter: letters.get(author)!, author: names ? author : null })
  const telling = names ? () => false : tellingOf([...mixed, ...gone])
  return {
    names, who: mixed.map(person), among: (chosen) => mixed.filter((author) => chosen.includes(author)).map(person),
    of: (author) => (names ? author : (letters.get(author) ?? '?') as Author), settler: (author) => (names ? author : (letters.get(author) ?? author) as Author),
    id: (id) => (telling(id) ? coveredId(id) : id),
  }
}

/** Whether an id holds one of the names, as it is or as an adopted draft's id writes it, between other signs than letters and numbers. */
function tellingOf(people: readonly Author[]): (id: string) => boolean {
  const names = [...new Set(people.flatMap((author) => [author as string, encodeURIComponent(author)]))].map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`))
  if (names.length === 0) return () => false
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${names.join('|')})(?![\\p{L}\\p{N}])`, 'u')
  return (id) => pattern.test(id)
}

const coveredId = <Id extends string>(id: Id): Id => `${id.slice(0, id.indexOf(':'))}:covered/${keyOf([id])}` as Id

/** Whether `asked` is this id, or what it is called while names are covered. */
export const isCalled = (asked: string, id: string) => asked === id || asked === coveredId(id)

/** A … Z, then AA, AB … */
const letterOf = (at: number): string => (at < 26 ? '' : letterOf(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26))

/** Estimates are made once and shown by letters or by names: sentences hold names between two signs that no name can hold. */
const open = '\uE000', close = '\uE001'
export const inSentence = (author: Author) => `${open}${author}${close}`
export const spelled = (sentence: string, { of }: Calling) => sentence.replaceAll(/\uE000([^\uE001]*)\uE001/gu, (_, author: string) => of(author as Author))

/** What was found of an item, with people called as they are to be. */
export function calledProposals(found: ItemProposals, calling: Calling): ItemProposals {
  const { of, id } = calling
  return {
    ...found, people: found.people.map(of).sort(),
    proposals: found.proposals.map((proposal) => ({
      ...proposal, members: proposal.members.map(id), absent: proposal.absent.map(of).sort(), contributors: proposal.contributors.map((one) => calledContributor(one, calling)),
      disputes: proposal.disputes.map((dispute) => ({ ...dispute, sentence: spelled(dispute.sentence, calling) })),
      text: proposal.text && { ...proposal.text, words: proposal.text.words.map((word) => ({ ...word, variants: word.variants.map((variant) => ({ ...variant, people: variant.people.map(of).sort() })) })) },
      decided: proposal.decided && { ...proposal.decided, verdict: proposal.decided.verdict && id(proposal.decided.verdict), answer: proposal.decided.answer && id(proposal.decided.answer) },
    })),
    relations: found.relations.map((relation) => ({ ...relation, people: relation.people.map(of).sort(), sentence: relation.sentence && spelled(relation.sentence, calling) })),
    speakers: found.speakers.map((mapping) => ({ ...mapping, author: of(mapping.author) })),
  }
}

const calledContributor = (one: Contributor, { of, id }: Calling): Contributor => ({ ...one, annotation: id(one.annotation), author: of(one.author) })

/** Where a mark comes from (whose file, which model's draft) says whose it is. */
const covered: Provenance = { by: 'human', origin: null }

/** A person's own mark, called so: layer, author, id. Where it comes from, and who brought it in, is not said while names are covered. */
export function calledMark(mark: Annotation, { of, id, names }: Calling): Annotation {
  const person = of(mark.layer as string as Author)
  return { ...mark, id: id(mark.id), layer: person as string as Layer, author: names ? mark.author : person, provenance: names ? mark.provenance : covered }
}

/** A person's own relation, called so. */
export function calledRelation(relation: Relation, { of, id, names }: Calling): Relation {
  const person = of(relation.layer as string as Author)
  return { ...relation, id: id(relation.id), from: id(relation.from), to: id(relation.to), layer: person as string as Layer, author: names ? relation.author : person }
}

/** What stands in a layer that is nobody's, called so: who wrote it there, and out of whose marks. Which file or model a mark came from is not said while names are covered. */
export function calledAnswer(answer: Annotation, calling: Calling): Annotation {
  const called = { ...answer, id: calling.id(answer.id), author: calling.settler(answer.author) }
  return calling.names ? called : { ...called, provenance: calledProvenance(answer.provenance, calling) }
}

function calledProvenance(provenance: Provenance, calling: Calling): Provenance {
  const origin = provenance.by === 'human' ? provenance.origin : provenance
  if (origin?.by !== 'consensus') return covered
  const told = { ...origin, contributors: origin.contributors.map((one) => calledContributor(one, calling)) }
  return provenance.by === 'human' ? { by: 'human', origin: told } : told
}

/** Who decided is said, unless they did the item too; whom it put right is called so. */
export function calledVerdict(verdict: DisputeVerdict, { of, id, settler }: Calling): DisputeVerdict {
  const { about } = verdict
  return {
    ...verdict, id: id(verdict.id), author: settler(verdict.author), about: {
      ...about, members: about.members.map(id), taken: about.taken.map(id), into: about.into.map(id),
      corrections: about.corrections.map((one) => ({ ...one, author: of(one.author), annotation: one.annotation && id(one.annotation) })),
    },
  }
}
