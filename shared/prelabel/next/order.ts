import { basis, hash32 } from '#shared/model/hash.ts'
import type { AssetId, LabelId } from '#shared/model/id.ts'
import { sharesOf, type ItemOrder, type Strategy } from '#shared/model/itemOrder.ts'
import { farthestFirst } from './diversity.ts'
import type { Candidate, Guess } from './signals.ts'
import { disagreementOf, uncertaintyOf, type Measure } from './uncertainty.ts'

/** A mix without any share is random here. */
export interface OrderOptions extends ItemOrder {
  readonly measure?: Measure
  /** Vectors of what is labelled already. */
  readonly labelled?: readonly Float32Array[]
  /** Instead of `labelled`, where it is known already: each candidate's distance to the nearest of what is labelled, 0 … 2; null where nothing is. */
  readonly nearest?: (asset: AssetId) => number | null
  /** How often each label was given already. */
  readonly counts?: ReadonlyMap<LabelId | null, number>
  /** As many as are asked for; all without it. */
  readonly limit?: number
}

export interface Chosen { readonly asset: AssetId; readonly strategy: Strategy; /** What the strategy saw in it, 0 … 1 (diverse: 0 … 2); greater is more. */ readonly value: number }

/**
 * What to label next: each strategy orders the candidates, and the orders are dealt out in turn by their shares (the strategy that lags
 * farthest behind its share deals next), an item once. The same input, in any order, and seed give the same queue.
 */
export function orderOf(given: readonly Candidate[], options: OrderOptions): Chosen[] {
  const candidates = given.map((candidate) => ({ candidate, tie: tie(options.seed, candidate.asset) }))
    .sort((a, b) => a.tie - b.tie || (a.candidate.asset < b.candidate.asset ? -1 : 1)).map(({ candidate }) => candidate)
  const limit = Math.min(options.limit ?? candidates.length, candidates.length)
  const shares = sharesOf(options.mix)
  const decks = (shares.length > 0 ? shares : [{ strategy: 'random' as const, share: 1 }]).map((deck) => ({ ...deck, cards: deckOf(deck.strategy, candidates, options, limit), at: 0, dealt: 0 }))
  const chosen: Chosen[] = []
  const seen = new Set<AssetId>()
  while (chosen.length < limit) {
    for (const deck of decks) while (deck.at < deck.cards.length && seen.has(deck.cards[deck.at]!.asset)) deck.at++
    const open = decks.filter(({ at, cards }) => at < cards.length)
    if (open.length === 0) break
    const behind = (deck: (typeof decks)[number]) => deck.share * (chosen.length + 1) - deck.dealt
    const deck = open.reduce((most, next) => (behind(next) > behind(most) + 1e-12 ? next : most))
    const card = deck.cards[deck.at]!
    deck.dealt++
    seen.add(card.asset)
    chosen.push(card)
  }
  return chosen
}

function deckOf(strategy: Strategy, candidates: readonly Candidate[], { measure, labelled = [], nearest, counts = new Map(), seed }: OrderOptions, limit: number): Chosen[] {
  const by = (value: (candidate: Candidate) => number): Chosen[] =>
    candidates.map((candidate) => ({ asset: candidate.asset, strategy, value: value(candidate) })).sort((a, b) => b.value - a.value)
  switch (strategy) {
    case 'uncertain': return by((candidate) => uncertaintyOf(candidate, measure))
    case 'disagreed': {
      const models = [...new Set(candidates.flatMap(({ guesses }) => guesses.map(({ model }) => model)))].sort()
      return by((candidate) => disagreementOf(candidate, models))
    }
    case 'diverse': return farthestFirst(candidates.map(({ vector }) => vector), labelled, Math.min(candidates.length, limit), nearest ? (index) => nearest(candidates[index]!.asset) : null)
      .map(({ index, distance }) => ({ asset: candidates[index]!.asset, strategy, value: distance }))
    case 'rare': return by((candidate) => rarityOf(candidate, counts))
    case 'random': return candidates.map(({ asset }) => ({ asset, strategy, value: tie(seed, asset) }))
  }
}

const rarityIn = ({ label, score }: Guess, counts: ReadonlyMap<LabelId | null, number>) => score / (1 + (counts.get(label) ?? 0))

/** The guess whose label is the rarest, by its score; null without a guess. */
export function rarest({ guesses }: Candidate, counts: ReadonlyMap<LabelId | null, number>): Guess | null {
  return guesses.reduce<Guess | null>((most, guess) => (most === null || rarityIn(guess, counts) > rarityIn(most, counts) ? guess : most), null)
}

/** How rare the rarest label is that the item probably has, 0 … 1: 1 / (1 + how often it was given), times the guess's score; 0 without a guess. */
export function rarityOf(candidate: Candidate, counts: ReadonlyMap<LabelId | null, number>): number {
  const guess = rarest(candidate, counts)
  return guess ? rarityIn(guess, counts) : 0
}

/** A number from 0 to 1 that only the seed and the item decide. */
const tie = (seed: number, asset: string): number => hash32(asset, basis ^ seed) / 2 ** 32
