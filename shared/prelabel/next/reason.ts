import type { LabelId } from '#shared/model/id.ts'
import { rarest, type Chosen } from './order.ts'
import type { Candidate } from './signals.ts'
import { byMargin } from './uncertainty.ts'

export interface ReasonContext {
  readonly nameOf: (label: LabelId) => string | null
  readonly counts: ReadonlyMap<LabelId | null, number>
}

/** Below this a strategy has seen nothing of what it looks for, and deals the best of what is left. */
const hardly = 0.1

/** Why an item comes now, for a person: the part of a sentence after "…; ". */
export function reasonFor({ strategy, value }: Chosen, candidate: Candidate, { nameOf, counts }: ReasonContext): string {
  switch (strategy) {
    case 'uncertain': return unsure(candidate, value)
    case 'disagreed': return value < hardly ? 'models agree on what is left' : 'models differ on it'
    case 'diverse': return candidate.vector === null ? 'nothing tells what it is like' : value < hardly ? 'like what is labelled, as is all that is left' : 'unlike what is labelled so far'
    case 'rare': {
      const guess = rarest(candidate, counts)
      const name = guess && guess.label !== null ? nameOf(guess.label) : null
      return guess === null ? 'no model expects a label in it' : name === null ? 'probably something rare without a label' : `probably a rare label: ${name}`
    }
    case 'random': return 'by chance'
  }
}

function unsure({ guesses }: Candidate, value: number): string {
  if (guesses.length === 0) return 'no model says anything about it'
  if (value < hardly) return 'the model is sure, as of all that is left'
  const worst = guesses.reduce((most, next) => (byMargin(next) > byMargin(most) ? next : most))
  return worst.margin === null ? `the model is unsure: a score of ${worst.score.toFixed(2)}` : 'the model is unsure: two classes are close'
}
