import type { ItemProposals, PersonProfile } from '#shared/consensus/proposal.ts'
import { estimateLayout } from './estimateItem.ts'
import type { ConsensusOptions, ItemInput } from './item.ts'
import { layoutOf } from './layout.ts'
import { learnFrom, type Learned } from './learn.ts'

export interface ProjectEstimate { readonly items: readonly ItemProposals[]; readonly profiles: readonly PersonProfile[]; readonly learned: Learned }

/** The whole of a consensus: learns from all items, then estimates each, in the order given. */
export function estimateProject(items: readonly ItemInput[], options: ConsensusOptions = {}): ProjectEstimate {
  const layouts = items.map((item) => layoutOf(item, options))
  const learned = learnFrom(layouts, options)
  return { items: layouts.map((layout) => estimateLayout(layout, learned, options)), profiles: learned.profiles, learned }
}
