import type { Author } from '#shared/model/author.ts'
import type { AssetId } from '#shared/model/id.ts'

/** One item as far as handing it out goes. */
export interface Candidate {
  readonly asset: AssetId
  /** People whose work on it is done, and who have begun and not submitted. */
  readonly submitted: readonly Author[]
  readonly begun: readonly Author[]
  /** How many people it is to get. */
  readonly wanted: number
}

/** `held`: handed to somebody else a moment ago, who has not begun; it is offered when nothing else is left. */
export interface Offer { readonly asset: AssetId; readonly reason: 'begun' | 'replica' | 'new'; readonly people: number; readonly wanted: number; readonly held: boolean }

const everybody = ({ submitted, begun }: Candidate): Set<Author> => new Set([...submitted, ...begun])

/** How many people the item still lacks; who has begun counts. */
export const lacking = (candidate: Candidate): number => Math.max(0, candidate.wanted - everybody(candidate).size)

/**
 * What a person is to label next: what they have begun; then what others did and needs one more; then what nobody did. Never what they submitted, nor what has its
 * people. `heldBy`: to how many others an item was handed a moment ago; as many fewer are lacking, and what is lacking no more comes last.
 * Within each, the order of `candidates`.
 */
export function nextToLabel(candidates: Iterable<Candidate>, me: Author, heldBy: (asset: AssetId) => number): Offer[] {
  const offers: { readonly offer: Offer; readonly place: number }[] = []
  let at = 0
  for (const candidate of candidates) {
    const { asset, submitted, begun, wanted } = candidate
    const place = at++
    const people = everybody(candidate).size
    if (begun.includes(me) && !submitted.includes(me)) offers.push({ offer: { asset, reason: 'begun', people, wanted, held: false }, place })
    else if (!submitted.includes(me) && people < wanted) offers.push({ offer: { asset, reason: people > 0 ? 'replica' : 'new', people, wanted, held: people + heldBy(asset) >= wanted }, place })
  }
  const sorted = offers.sort(({ offer: a, place }, { offer: b, place: other }) => Number(a.held) - Number(b.held) || urgency[a.reason] - urgency[b.reason] || place - other)
  return sorted.map(({ offer }) => offer)
}

const urgency = { begun: 0, replica: 1, new: 2 }

/** Items that one other person did, that need nobody else, and that nobody has settled: to be looked over. */
export const toReview = (candidates: Iterable<Candidate>, me: Author, isSettled: (asset: AssetId) => boolean): Candidate[] =>
  [...candidates].filter((candidate) => candidate.submitted.length === 1 && candidate.begun.length === 0 && lacking(candidate) === 0 && candidate.submitted[0] !== me && !isSettled(candidate.asset))
