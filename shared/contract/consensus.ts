import { z } from 'zod'

/** How the queue of disputes is ordered: how much each part weighs, 0 … 1. */
export const RankWeights = z.object({ disagreement: z.number().min(0).max(1), doubt: z.number().min(0).max(1), skill: z.number().min(0).max(1), label: z.number().min(0).max(1) })
export type RankWeights = z.infer<typeof RankWeights>
export const evenWeights: RankWeights = { disagreement: 1, doubt: 1, skill: 1, label: 1 }

export const ConsensusMethod = z.enum(['auto', 'majority', 'dawid-skene', 'one-coin', 'glad', 'mace'])
export type ConsensusMethod = z.infer<typeof ConsensusMethod>
