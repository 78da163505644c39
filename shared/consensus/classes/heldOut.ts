import { winners, type ClassEstimate, type EstimateOptions } from '#shared/consensus/classes/estimate.ts'
import { sigmoid } from '#shared/consensus/classes/glad.ts'
import { majorityVote } from '#shared/consensus/classes/majority.ts'
import type { ClassEstimator } from '#shared/consensus/classes/methods.ts'
import { oneCoin } from '#shared/consensus/classes/oneCoin.ts'
import { withVotes, type VoteTable } from '#shared/consensus/classes/votes.ts'
import { randomFrom } from '#shared/agreement/random.ts'

/** Mean natural logarithm of the probability that a fit to the other votes gave to each left-out vote; higher is better. */
export interface HeldOutFit {
  readonly folds: number
  /** How many votes were left out and predicted: all, once each. */
  readonly votes: number
  readonly model: number
  readonly vote: number
  /** model − vote, and its standard error over the tasks (votes on one task are not independent). */
  readonly difference: number
  readonly standardError: number
}

/** Of a left-out vote's probability this share is even over all classes, for both sides: one vote that a fit held to be impossible must not decide alone. */
const slack = 0.01

/**
 * Whether skills that differ explain votes that the fit has not seen, better than the vote does. Every vote is in one of
 * `folds` parts by chance (seeded); each part is predicted from a fit to the others. The vote as a model: everybody is right
 * with the same probability, which is estimated, and errs evenly; its most likely class is the vote's.
 *
 * Null where the method has no confusion matrix to predict with (wawa, zero-based-skill, kos), where there are fewer votes
 * than folds, or fewer than two classes.
 */
export function heldOutFit(table: VoteTable, estimate: ClassEstimator, options: EstimateOptions & { readonly folds?: number } = {}): HeldOutFit | null {
  const { folds = 5, seed = 0 } = options
  const votes = table.task.length
  if (folds < 2 || votes < folds || table.classes.length < 2) return null
  const random = randomFrom(seed)
  const fold = Int32Array.from(table.task, () => Math.floor(random() * folds))
  // A fit that has nearly settled predicts as well as one that has settled, and more starts change little.
  const brief = { ...options, starts: 1, maxIterations: 50, tolerance: 1e-6 }
  const gains = new Float64Array(table.tasks.length)
  let [model, vote] = [0, 0]
  for (let out = 0; out < folds; out++) {
    const training = withVotes(table, (row) => fold[row] !== out)
    const fit = estimate(training, brief)
    if (fit.confusion === null) return null
    const shared = oneCoin(everyone(training), brief)
    for (let row = 0; row < votes; row++) {
      if (fold[row] !== out) continue
      const one = logChance(table, fit, row, table.worker[row]!)
      const other = logChance(table, shared, row, 0)
      model += one
      vote += other
      gains[table.task[row]!]! += one - other
    }
  }
  const difference = (model - vote) / votes
  return { folds, votes, model: model / votes, vote: vote / votes, difference, standardError: standardErrorOf(table, gains, difference) }
}

/** The same votes, all given by one worker. */
export const everyone = (table: VoteTable): VoteTable => ({ ...table, workers: ['everyone'], worker: new Int32Array(table.worker.length) })

function logChance(table: VoteTable, fit: ClassEstimate, row: number, worker: number): number {
  const k = table.classes.length
  const [task, label] = [table.task[row]!, table.label[row]!]
  // GLAD's workers are right by the difficulty of the task, not by one matrix.
  const right = fit.taskDifficulty ? sigmoid(fit.skill[worker]! / fit.taskDifficulty[task]!) : null
  let chance = 0
  for (let j = 0; j < k; j++) {
    const given = right === null ? fit.confusion![(worker * k + j) * k + label]! : j === label ? right : (1 - right) / (k - 1)
    chance += fit.posterior[task * k + j]! * given
  }
  return Math.log((1 - slack) * chance + slack / k)
}

/** Of a mean over votes that come in clusters, the tasks. */
function standardErrorOf(table: VoteTable, gains: Float64Array, mean: number): number {
  let squares = 0
  gains.forEach((gain, i) => { squares += (gain - mean * (table.first[i + 1]! - table.first[i]!)) ** 2 })
  return Math.sqrt(squares) / table.task.length
}

export interface Recommendation {
  /** `vote`: the plain vote is the better choice on this table. */
  readonly better: 'method' | 'vote'
  readonly by: 'gold' | 'held-out'
  /** Whether the difference is beyond chance: more than two standard errors. Where it is not, the choice hardly matters. */
  readonly clear: boolean
  readonly reason: string
}

/** Right answers on the tasks whose class is certain, of the method and of the vote, neither of which saw those classes. */
export interface GoldAccuracy { readonly tasks: number; readonly model: number; readonly vote: number }

/** Accuracy of method and vote on the certain tasks, estimated without them. Null without any. */
export function goldAccuracy(table: VoteTable, estimate: ClassEstimator, { gold, ...options }: EstimateOptions): GoldAccuracy | null {
  const certain = gold === undefined ? [] : [...gold.keys()].filter((i) => gold[i]! >= 0 && table.first[i] !== table.first[i + 1])
  if (certain.length === 0) return null
  const share = (fit: ClassEstimate) => {
    const found = winners(table, fit.posterior)
    return certain.filter((i) => found[i] === gold![i]).length / certain.length
  }
  return { tasks: certain.length, model: share(estimate(table, options)), vote: share(majorityVote(table, options)) }
}

/** Fewer certain tasks than this decide nothing. */
const enoughGold = 30

/**
 * Certain tasks decide where there are 30 or more and the two differ on them; else the held-out fit: the vote is the
 * better choice when it explains left-out votes at least as well. Null when neither can be had.
 * On 160 simulated tables (Dawid–Skene; 5 to 200 workers, 2 and 4 classes, five kinds of workers) the held-out fit named the more accurate of
 * the two, or they tied, on 80 %; following it was right on 88.1 % of tasks, the vote alone on 87.6 %, Dawid–Skene alone on 85.1 %.
 */
export function recommend(fit: HeldOutFit | null, gold: GoldAccuracy | null): Recommendation | null {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  if (gold !== null && gold.tasks >= enoughGold && gold.model !== gold.vote) {
    const better = gold.model > gold.vote ? 'method' : 'vote'
    const reason = `On ${gold.tasks} tasks with a known label the method is right on ${percent(gold.model)}, the vote on ${percent(gold.vote)}.`
    const { model, vote, tasks } = gold
    const clear = Math.abs(model - vote) > 2 * Math.sqrt((model * (1 - model) + vote * (1 - vote)) / tasks)
    return { better, by: 'gold', clear, reason: better === 'vote' ? `${reason} The vote is the better choice here.` : reason }
  }
  if (fit === null) return null
  const better = fit.difference > 0 ? 'method' : 'vote'
  const clear = Math.abs(fit.difference) > 2 * fit.standardError
  const figures = `${fit.model.toFixed(4)} against ${fit.vote.toFixed(4)} a vote (log-likelihood, ${fit.votes} left-out votes, difference ${fit.difference.toFixed(4)} ± ${fit.standardError.toFixed(4)})`
  return {
    better, by: 'held-out', clear,
    reason: (better === 'vote'
      ? `The vote explains left-out votes at least as well: method ${figures}. The vote is the better choice here`
      : `The method explains left-out votes better than the vote: ${figures}`) + (clear ? '.' : ', by less than two standard errors.'),
  }
}
