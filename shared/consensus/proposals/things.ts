import type { Author } from '#shared/model/author.ts'
import { defaultBars } from '#shared/model/project.ts'
import { similarity } from '#shared/agreement/similarity.ts'
import { familyOf, type ConsensusOptions } from './item.ts'
import { cluster, similarityOptions, type Layout, type Placed, type Thing } from './layout.ts'
import type { SplitGroup } from './splits.ts'

/** How a split came out: which way has the weight, and how much of it. */
export interface SplitVote { readonly several: boolean; readonly share: number; readonly ones: readonly Author[]; readonly severals: readonly Author[]; readonly pieces: number }

export interface ResolvedLayout { readonly things: readonly Thing[]; readonly votes: readonly SplitVote[] }

const peopleIn = (marks: readonly Placed[]): Author[] => [...new Set(marks.map(({ person }) => person))].sort()

/**
 * The things of an item once every split is decided by the weight of the people behind each way (several on a tie: two parts can be joined, one whole
 * not be taken apart). The marks of the way that lost go with the thing that they share most with.
 */
export function resolve(layout: Layout, weightOf: (person: Author) => number, options: ConsensusOptions): ResolvedLayout {
  const votes = layout.splits.map((split) => voteOn(split, weightOf))
  const things = layout.splits.flatMap((split, at) => thingsOf(split, votes[at]!.several, at, options))
  return {
    things: [...layout.things, ...things],
    votes: votes.map((vote, at) => ({ ...vote, pieces: things.filter(({ split }) => split === at).length })),
  }
}

function voteOn({ ones, several }: SplitGroup, weightOf: (person: Author) => number): SplitVote {
  const severals = peopleIn(several)
  const wholes = peopleIn(ones).filter((person) => !severals.includes(person))
  const sum = (people: readonly Author[]) => people.reduce((total, person) => total + weightOf(person), 0)
  const [one, many] = [sum(wholes), sum(severals)]
  const winning = many >= one - 1e-9 * one
  return { several: winning, share: Math.max(one, many) / (one + many), ones: wholes, severals, pieces: 0 }
}

function thingsOf(split: SplitGroup, several: boolean, index: number, options: ConsensusOptions): Thing[] {
  const gate = (options.bars ?? defaultBars).gate
  const alike = similarityOptions(options)
  const [winners, losers] = several ? [split.several, split.ones] : [split.ones, split.several]
  const things = cluster(familyOf(winners[0]!.annotation), winners, [], new Map(), gate, alike)
  const joining: Placed[][] = things.map(() => [])
  for (const one of [...losers, ...split.more]) {
    const places = things.map(({ members }) => Math.max(...members.map(({ mark }) => similarity({ ...mark, person: '' }, one.mark, alike)?.place ?? 0)))
    joining[places.indexOf(Math.max(...places))]!.push(one)
  }
  return things.map((thing, at) => ({ ...thing, more: joining[at]!, split: index }))
}
