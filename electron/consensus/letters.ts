import type { ItemPerson } from '#shared/contract/consensus.ts'
import type { ItemProposals } from '#shared/consensus/proposal.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { AssetId } from '#shared/model/id.ts'
import { placeOf } from '#shared/model/overlap.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { DisputeVerdict } from '#shared/model/verdict.ts'

/** How people are called where a person looks: by letters, until names are asked for. */
export interface Calling {
  readonly who: ItemPerson[]
  of(author: Author): Author
  /** Those of `who` that are meant. */
  among(people: readonly Author[]): ItemPerson[]
}

/** A, B, C … in an order that the item mixes, so that a letter says nothing from one item to the next and is the same each time one is looked at. */
export function callingOf(asset: AssetId, people: readonly Author[], names: boolean): Calling {
  const mixed = people.toSorted((a, b) => placeOf(`${asset}/${a}` as AssetId) - placeOf(`${asset}/${b}` as AssetId) || (a < b ? -1 : 1))
  const letters = new Map(mixed.map((author, at) => [author, letterOf(at)]))
  const person = (author: Author): ItemPerson => ({ letter: letters.get(author)!, author: names ? author : null })
  return {
    who: mixed.map(person), among: (chosen) => mixed.filter((author) => chosen.includes(author)).map(person),
    of: (author) => (names ? author : (letters.get(author) ?? '?') as Author),
  }
}

/** A … Z, then AA, AB … */
const letterOf = (at: number): string => (at < 26 ? '' : letterOf(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26))

/** Estimates are made once and shown by letters or by names: sentences hold names between two signs that no name can hold. */
const open = '\uE000', close = '\uE001'
export const inSentence = (author: Author) => `${open}${author}${close}`
export const spelled = (sentence: string, { of }: Calling) => sentence.replaceAll(/\uE000([^\uE001]*)\uE001/gu, (_, author: string) => of(author as Author))

/** What was found of an item, with people called as they are to be. */
export function calledProposals(found: ItemProposals, calling: Calling): ItemProposals {
  const { of } = calling
  return {
    ...found, people: found.people.map(of).sort(),
    proposals: found.proposals.map((proposal) => ({
      ...proposal, absent: proposal.absent.map(of).sort(), contributors: proposal.contributors.map((one) => ({ ...one, author: of(one.author) })),
      disputes: proposal.disputes.map((dispute) => ({ ...dispute, sentence: spelled(dispute.sentence, calling) })),
      text: proposal.text && { ...proposal.text, words: proposal.text.words.map((word) => ({ ...word, variants: word.variants.map((variant) => ({ ...variant, people: variant.people.map(of).sort() })) })) },
    })),
    relations: found.relations.map((relation) => ({ ...relation, people: relation.people.map(of).sort(), sentence: relation.sentence && spelled(relation.sentence, calling) })),
    speakers: found.speakers.map((mapping) => ({ ...mapping, author: of(mapping.author) })),
  }
}

/** A person's own record, called so: layer and author. */
export const calledRecord = <Own extends Annotation | Relation>(record: Own, { of }: Calling): Own => ({
  ...record, layer: of(record.layer as string as Author) as string as Layer, author: of(record.author),
})

/** Who decided is said; whom it put right is called so. */
export const calledVerdict = (verdict: DisputeVerdict, { of }: Calling): DisputeVerdict => ({
  ...verdict, about: { ...verdict.about, corrections: verdict.about.corrections.map((one) => ({ ...one, author: of(one.author) })) },
})
