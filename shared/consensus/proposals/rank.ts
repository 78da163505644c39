import type { Author } from '#shared/model/author.ts'
import type { AssetId, LabelId } from '#shared/model/id.ts'
import type { DisputeKind, Verdict } from '#shared/model/verdict.ts'
import type { Dispute, ItemProposals, PersonProfile, Proposal } from '#shared/consensus/proposal.ts'
import { clamp01 } from './weigh.ts'

/** How much each part weighs, 0 … 1: the exponents of the product; 0 leaves a part out. */
export interface RankExponents { readonly disagreement: number; readonly doubt: number; readonly skill: number; readonly label: number }

/** One dispute of the queue; a split is one, whatever the number of its parts. */
export interface RankedDispute {
  readonly asset: AssetId
  readonly key: string
  readonly kinds: readonly DisputeKind[]
  /** 0 … 1, the greater the sooner. */
  readonly gain: number
  /** What the gain is made of, each 0 … 1. */
  readonly parts: RankExponents
}

export interface RankOptions {
  readonly weights?: RankExponents | undefined
  readonly profiles?: readonly PersonProfile[] | undefined
  /** How much a label matters, 0 … 1; those that are not named 1. */
  readonly labels?: ReadonlyMap<LabelId, number> | undefined
}

const even: RankExponents = { disagreement: 1, doubt: 1, skill: 1, label: 1 }
/** A person of whom nothing is known. */
const usualSkill = 0.85

/**
 * The open disputes, most worth deciding first: gain = disagreement^a · doubt^b · skill^c · label^d, the weights as exponents, so that none counts
 * with 0 and all alike with 1. Disagreement: how far the figure misses its bar; doubt: the entropy of what is not sure; skill: the mean accuracy of those
 * involved (good people who differ show that the case is hard, not that one is careless); label: how much it matters, by the posterior of each that it may be. What a person
 * has decided (the guideline is unclear: too) is not in it. Ties by asset and key.
 */
export function rankDisputes(items: readonly ItemProposals[], { weights = even, profiles = [], labels = new Map() }: RankOptions = {}): RankedDispute[] {
  const skills = new Map(profiles.map(({ author, accuracy, words, precision }) => [author, accuracy ?? words ?? precision ?? usualSkill]))
  const ranked = items.flatMap(({ asset, proposals }) => {
    const asked = new Set<string>()
    return proposals.flatMap((proposal): RankedDispute[] => {
      if (proposal.disputes.length === 0 || proposal.decided || asked.has(proposal.key)) return []
      // The parts of a split are asked together with the first of them.
      for (const key of proposal.disputes.some(({ kind }) => kind === 'split') ? proposal.splitWith : []) asked.add(key)
      const parts = {
        disagreement: Math.max(...proposal.disputes.map(missing)), doubt: doubtOf(proposal),
        skill: skillOf(proposal, skills), label: matterOf(proposal, labels),
      }
      return [{ asset, key: proposal.key, kinds: [...new Set(proposal.disputes.map(({ kind }) => kind))], parts, gain: product(parts, weights) }]
    })
  })
  return ranked.sort((a, b) => b.gain - a.gain || (a.asset < b.asset ? -1 : a.asset > b.asset ? 1 : a.key < b.key ? -1 : 1))
}

/** What is one of two labels matters as both do, each as far as it is probable. */
function matterOf({ label: { all } }: Proposal, labels: ReadonlyMap<LabelId, number>): number {
  const total = all.reduce((sum, { posterior }) => sum + posterior, 0)
  return total > 0 ? clamp01(all.reduce((sum, { label, posterior }) => sum + posterior * (label === null ? 1 : labels.get(label) ?? 1), 0) / total) : 1
}

const product = (parts: RankExponents, weights: RankExponents) =>
  clamp01((['disagreement', 'doubt', 'skill', 'label'] as const).reduce((gain, part) => gain * clamp01(parts[part]) ** weights[part], 1))

/** How far a figure misses its bar, as a share of it; half where there is no figure. At least a little: it is disputed. */
function missing({ kind, value, bar }: Dispute): number {
  if (value === null || bar === null) return 0.5
  const share = kind === 'boundary' ? (value - bar) / Math.max(value, 1e-9) : (bar - value) / Math.max(bar, 1e-9)
  return Math.max(0.05, clamp01(share))
}

function doubtOf({ existence, label, disputes, fit, text }: Proposal): number {
  const doubts = disputes.map(({ kind, value }) => {
    switch (kind) {
      case 'existence': return entropy([existence, 1 - existence])
      case 'label': return entropy(label.all.map(({ posterior }) => posterior))
      case 'geometry': return 1 - fit
      case 'wording': return Math.max(0, ...(text?.words ?? []).map(({ variants }) => entropy(variants.map(({ share }) => share))))
      case 'split': case 'attribute': return value === null ? 1 : entropy([value, 1 - value])
      case 'boundary': case 'speaker': return 0.5
    }
  })
  return clamp01(Math.max(0.05, ...doubts))
}

/** Shannon's entropy over its greatest value, 0 … 1. */
function entropy(chances: readonly number[]): number {
  if (chances.length < 2) return 0
  return -chances.reduce((sum, chance) => sum + (chance > 0 ? chance * Math.log(chance) : 0), 0) / Math.log(chances.length)
}

function skillOf({ contributors, absent, disputes }: Proposal, skills: ReadonlyMap<Author, number>): number {
  const people = new Set([...contributors.map(({ author }) => author), ...(disputes.some(({ kind }) => kind === 'existence') ? absent : [])])
  return people.size === 0 ? usualSkill : [...people].reduce((sum, person) => sum + (skills.get(person) ?? usualSkill), 0) / people.size
}

export interface RemainingWork {
  readonly open: number
  readonly decided: number
  /** Null while nobody's time was measured. `measured`: decisions that it is taken from. */
  readonly milliseconds: number | null
  readonly measured: number
}

/** Who leaves an item open over lunch does not make it a long one. */
const longest = 10 * 60_000
/** The mean of one kind is held near that of all as if by so many decisions. */
const usualDecisions = 3

/** The time that is expected for the open disputes, from how long past ones of the same kinds took (the longest of a dispute's kinds). */
export function remainingWork(open: readonly Pick<RankedDispute, 'kinds'>[], verdicts: readonly Verdict[]): RemainingWork {
  const decided = verdicts.flatMap(({ about, durationMs }) => (about.kind === 'dispute' ? [{ kinds: about.disputes, durationMs }] : []))
  const timed = decided.flatMap(({ kinds, durationMs }) => (durationMs === null ? [] : [{ kinds, duration: Math.min(longest, durationMs) }]))
  if (timed.length === 0) return { open: open.length, decided: decided.length, milliseconds: null, measured: 0 }
  const mean = timed.reduce((sum, { duration }) => sum + duration, 0) / timed.length
  const meanOf = (kind: DisputeKind) => {
    const own = timed.filter(({ kinds }) => kinds.includes(kind))
    return (own.reduce((sum, { duration }) => sum + duration, 0) + mean * usualDecisions) / (own.length + usualDecisions)
  }
  const kinds = new Map([...new Set(open.flatMap((one) => one.kinds))].map((kind) => [kind, meanOf(kind)]))
  const milliseconds = open.reduce((sum, one) => sum + Math.max(...one.kinds.map((kind) => kinds.get(kind)!), 0), 0)
  return { open: open.length, decided: decided.length, milliseconds: Math.round(milliseconds), measured: timed.length }
}
