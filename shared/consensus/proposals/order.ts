import type { Author } from '#shared/model/author.ts'

/** Where one person has a thing in their order. */
export interface Placing { readonly person: Author; readonly order: number }

/** Above this many things the pairs are not compared one by one. */
const pairwise = 400

/**
 * The order in which people have things, by weight: each person's own order as ranks between 0 and 1, averaged (Borda's count for lists of which each
 * person has a part), then neighbours change places as long as most of the weight has them the other way round (local Kemenisation, Dwork et al. 2001,
 * "Rank aggregation methods for the Web", section 3.2). Ties by the key. Gives each thing's place from 0.
 */
export function consensusOrder(things: readonly { readonly key: string; readonly placings: readonly Placing[] }[], weightOf: (person: Author) => number): number[] {
  const ranks = ranksOf(things.map(({ placings }) => placings))
  const mean = ranks.map((own) => {
    const total = [...own.keys()].reduce((sum, person) => sum + weightOf(person), 0)
    return total > 0 ? [...own].reduce((sum, [person, rank]) => sum + rank * weightOf(person), 0) / total : 0.5
  })
  const order = things.map((_, at) => at).sort((a, b) => mean[a]! - mean[b]! || (things[a]!.key < things[b]!.key ? -1 : 1))
  if (things.length <= pairwise) settleNeighbours(order, ranks, weightOf)
  const places = things.map(() => 0)
  order.forEach((thing, at) => { places[thing] = at })
  return places
}

function ranksOf(placings: readonly (readonly Placing[])[]): Map<Author, number>[] {
  const own = new Map<Author, { at: number; order: number }[]>()
  placings.forEach((all, at) => {
    for (const { person, order } of all) own.set(person, [...(own.get(person) ?? []), { at, order }])
  })
  const ranks = placings.map(() => new Map<Author, number>())
  for (const [person, list] of own) {
    list.sort((a, b) => a.order - b.order)
    list.forEach((one, rank) => {
      // Things that the person has at the same place share a rank.
      const first = list.findIndex(({ order }) => order === one.order), last = list.findLastIndex(({ order }) => order === one.order)
      ranks[one.at]!.set(person, list.length > 1 ? (first === rank && last === rank ? rank : (first + last) / 2) / (list.length - 1) : 0.5)
    })
  }
  return ranks
}

function settleNeighbours(order: number[], ranks: readonly ReadonlyMap<Author, number>[], weightOf: (person: Author) => number): void {
  const prefers = (before: number, after: number) => [...ranks[before]!].reduce((sum, [person, rank]) => {
    const other = ranks[after]!.get(person)
    return other === undefined ? sum : sum + weightOf(person) * Math.sign(other - rank)
  }, 0)
  for (let at = 1; at < order.length; at++) {
    for (let back = at; back > 0 && prefers(order[back]!, order[back - 1]!) > 1e-9; back--) [order[back], order[back - 1]] = [order[back - 1]!, order[back]!]
  }
}
