import type { Author } from '#shared/model/author.ts'
import type { LabelId } from '#shared/model/id.ts'
import { dawidSkene } from '#shared/consensus/classes/dawidSkene.ts'
import type { ClassEstimate, EstimateOptions } from '#shared/consensus/classes/estimate.ts'
import { goldAccuracy, heldOutFit, recommend } from '#shared/consensus/classes/heldOut.ts'
import { classMethods, type ClassEstimator } from '#shared/consensus/classes/methods.ts'
import { goldOf, voteTable, withVotes, type Vote, type VoteTable } from '#shared/consensus/classes/votes.ts'
import type { LabelMethod } from './item.ts'
import { clamp01 } from './weigh.ts'

export type PlainMethod = Exclude<LabelMethod, 'auto'>

/** What is known of how people name things: enough to judge one thing without the others. */
export interface LabelModel {
  readonly method: PlainMethod
  /** Why this method, in a sentence. */
  readonly reason: string
  readonly classes: readonly string[]
  /** By class, adding up to 1; null: all as frequent. */
  readonly prevalence: Float64Array | null
  /** By person K × K, [true][given]; null where the method counts votes. */
  readonly confusion: ReadonlyMap<Author, Float64Array> | null
  /** Share of right labels by person, and of somebody of whom nothing is known. */
  readonly accuracy: ReadonlyMap<Author, number>
  readonly usual: number
  readonly votes: number
}

/** A vote of nobody knows whom is right so often, until something is learned. */
const usualAccuracy = 0.85
export const noLabels: LabelModel = { method: 'majority', reason: 'There are no labels to learn from.', classes: [], prevalence: null, confusion: null, accuracy: new Map(), usual: usualAccuracy, votes: 0 }

export interface LabelVote { readonly thing: string; readonly person: Author; readonly label: string }

/** Every cell of a confusion matrix starts with so much, so that what was never seen is not held to be impossible. */
const smoothing = 0.1
const estimators: Record<PlainMethod, ClassEstimator> = {
  'majority': classMethods.majority, 'one-coin': classMethods['one-coin'], 'glad': classMethods.glad, 'mace': classMethods.mace,
  'dawid-skene': (table, options) => dawidSkene(table, { ...options, smoothing }),
}
const candidates: readonly PlainMethod[] = ['one-coin', 'dawid-skene']
/** Fewer things than this that two people named decide nothing about the method. */
export const enoughThings = 20

/** Of many tables: EM stops a little sooner, from fewer starts, and methods are compared on so many things at most, which decide it as well. */
const brief = { starts: 2, maxIterations: 200, tolerance: 1e-6 }
const mostCompared = 500

/** Learns from all things that were named. `gold`: labels that a person decided, by thing. `oneOfMany`: whether there are many such tables, so that each must be quick. */
export function learnLabels(votes: readonly LabelVote[], gold: ReadonlyMap<string, string>, method: LabelMethod, seed = 0, oneOfMany = false): LabelModel {
  if (votes.length === 0) return noLabels
  const table = voteTable(votes.map(({ thing, person, label }): Vote => ({ task: thing, worker: person, label })), { classes: gold.values() })
  const options: EstimateOptions & { readonly gold: Int32Array; readonly seed: number } = { gold: goldOf(table, gold), seed, ...(oneOfMany ? brief : {}) }
  const compared = oneOfMany ? someOf(table) : table
  const { chosen, reason } = method === 'auto' ? choose(compared, options) : { chosen: method, reason: 'It was asked for.' }
  const fit = estimators[chosen](table, options)
  return modelOf(table, fit, chosen, reason)
}

/** The votes on some of the things that several people judged. Tasks stand in the order of their keys, which chance made. */
function someOf(table: VoteTable): VoteTable {
  const shared = table.tasks.flatMap((_, at) => (table.first[at + 1]! - table.first[at]! > 1 ? [at] : []))
  const last = shared[mostCompared]
  return last === undefined ? table : withVotes(table, (row) => table.task[row]! < last)
}

function choose(table: VoteTable, options: EstimateOptions & { readonly gold: Int32Array; readonly seed: number }): { chosen: PlainMethod; reason: string } {
  const shared = table.tasks.filter((_, at) => table.first[at + 1]! - table.first[at]! > 1).length
  if (table.classes.length < 2) return { chosen: 'majority', reason: 'Only one label was ever used.' }
  if (shared < enoughThings) return { chosen: 'majority', reason: `Only ${shared} things were named by two people or more; below ${enoughThings} the vote decides.` }
  const fits = candidates.flatMap((method) => {
    const fit = heldOutFit(table, estimators[method], { seed: options.seed })
    return fit ? [{ method, fit }] : []
  })
  const best = fits.reduce<(typeof fits)[number] | null>((found, next) => (found === null || next.fit.difference > found.fit.difference ? next : found), null)
  const advice = best && recommend(best.fit, goldAccuracy(table, estimators[best.method], options))
  if (!best || !advice) return { chosen: 'majority', reason: 'Nothing could be held out to compare methods.' }
  return { chosen: advice.better === 'method' ? best.method : 'majority', reason: `${best.method}: ${advice.reason}` }
}

function modelOf(table: VoteTable, fit: ClassEstimate, method: PlainMethod, reason: string): LabelModel {
  const k = table.classes.length
  const right = new Float64Array(table.workers.length), counts = new Float64Array(table.workers.length)
  table.worker.forEach((worker, row) => {
    const task = table.task[row]!
    // Who named a thing alone agrees with themselves; that shows nothing.
    if (table.first[task + 1]! - table.first[task]! < 2) return
    counts[worker]! += 1
    right[worker]! += fit.posterior[task * k + table.label[row]!]!
  })
  const all = counts.reduce((sum, count) => sum + count, 0)
  const usual = all > 0 ? (right.reduce((sum, value) => sum + value, 0) + usualAccuracy * priorVotes) / (all + priorVotes) : usualAccuracy
  const people = table.workers as readonly Author[]
  return {
    method, reason, classes: table.classes, prevalence: fit.prevalence, usual, votes: table.task.length,
    confusion: fit.confusion && new Map(people.map((person, at) => [person, fit.confusion!.slice(at * k * k, (at + 1) * k * k)])),
    accuracy: new Map(people.flatMap((person, at) => (counts[at]! > 0 ? [[person, clamp01((right[at]! + usual * priorVotes) / (counts[at]! + priorVotes))]] : []))),
  }
}

/** A person's accuracy is held near everybody's as if by so many votes. */
const priorVotes = 2

export interface LabelPosterior<Name extends string = LabelId> { readonly label: Name; readonly posterior: number }

/** Of each vote's chance this share is even over all labels: what one person says is never taken as impossible. */
const slack = 0.01
/** Labels below this posterior that nobody gave are not listed. */
const shown = 0.001

/**
 * The posterior of each label by Bayes' rule from the learned confusions, or the share of the votes where the method counts votes; the most
 * probable first, ties by the label's id. Nothing without votes.
 */
export function labelPosterior<Name extends string>(model: LabelModel, votes: readonly { readonly person: Author; readonly label: Name }[]): LabelPosterior<Name>[] {
  if (votes.length === 0) return []
  const given = new Set<string>(votes.map(({ label }) => label))
  const names = [...new Set([...(model.confusion ? model.classes : []), ...given])].sort() as Name[]
  const chances = model.confusion ? exponentials(names.map((label) => logScore(model, label, votes, names.length))) : names.map((label) => votes.filter((vote) => vote.label === label).length)
  const total = chances.reduce((sum, chance) => sum + chance, 0)
  return names.map((label, at) => ({ label, posterior: clamp01(chances[at]! / total) }))
    .filter(({ label, posterior }) => given.has(label) || posterior >= shown)
    .sort((a, b) => (Math.abs(a.posterior - b.posterior) > 1e-12 ? b.posterior - a.posterior : a.label < b.label ? -1 : 1))
}

function exponentials(scores: readonly number[]): number[] {
  const most = Math.max(...scores)
  return scores.map((score) => Math.exp(score - most))
}

function logScore(model: LabelModel, label: string, votes: readonly { readonly person: Author; readonly label: string }[], count: number): number {
  const k = model.classes.length
  const at = model.classes.indexOf(label)
  const prior = at < 0 ? 1 / (model.votes + count) : model.prevalence?.[at] ?? 1 / k
  return votes.reduce((sum, vote) => {
    const to = model.classes.indexOf(vote.label)
    const own = model.confusion!.get(vote.person)
    const plain = vote.label === label ? accuracyOf(model, vote.person) : (1 - accuracyOf(model, vote.person)) / Math.max(1, count - 1)
    const chance = own && at >= 0 && to >= 0 ? own[at * k + to]! : plain
    return sum + Math.log((1 - slack) * chance + slack / count)
  }, Math.log(Math.max(1e-6, prior)))
}

export const accuracyOf = (model: LabelModel, person: Author): number => model.accuracy.get(person) ?? model.usual
