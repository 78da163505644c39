import { dawidSkene } from '#shared/consensus/classes/dawidSkene.ts'
import type { ClassEstimate, EstimateOptions } from '#shared/consensus/classes/estimate.ts'
import { glad } from '#shared/consensus/classes/glad.ts'
import { kos } from '#shared/consensus/classes/kos.ts'
import { mace } from '#shared/consensus/classes/mace.ts'
import { majorityVote } from '#shared/consensus/classes/majority.ts'
import { mmsr } from '#shared/consensus/classes/mmsr.ts'
import { oneCoin } from '#shared/consensus/classes/oneCoin.ts'
import type { VoteTable } from '#shared/consensus/classes/votes.ts'
import { wawa, zeroBasedSkill } from '#shared/consensus/classes/weighted.ts'

export type ClassEstimator = (table: VoteTable, options?: EstimateOptions) => ClassEstimate

/** Every estimator of classes by the name under which it is asked for. `mace` trains as its paper recommends, by variational Bayes. */
export const classMethods = {
  'majority': majorityVote,
  'dawid-skene': dawidSkene,
  'one-coin': oneCoin,
  'glad': glad,
  'mace': mace,
  'mace-em': (table, options = {}) => mace(table, { ...options, training: 'em' }),
  'wawa': wawa,
  'zero-based-skill': zeroBasedSkill,
  'kos': kos,
  'mmsr': mmsr,
} as const satisfies Record<string, ClassEstimator>

export type ClassMethod = keyof typeof classMethods
export const classMethodNames = Object.keys(classMethods) as ClassMethod[]
