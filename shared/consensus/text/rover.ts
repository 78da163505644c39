import { buildNetwork, type Arc, type Transcript } from '#shared/consensus/text/network.ts'
import { textOf, type Word } from '#shared/consensus/text/words.ts'

export interface RoverOptions {
  /** How much a worker's vote weighs, above 0; absent: 1. */
  readonly weightOf?: ((worker: string) => number) | undefined
  /** Words (in any case) that win a tie: the project's glossary. */
  readonly glossary?: ReadonlySet<string> | undefined
}

/** One column of the network, decided. */
export interface DecidedWord {
  /** As it stands in the result, with its punctuation; empty where the column was decided to hold nothing. */
  readonly text: string
  /** The weight of those who agree on the word (or on nothing), over the weight of all; 0 … 1. Case and punctuation don't count. */
  readonly confidence: number
  /** How sure those who have the word were of it: the mean of their own confidences by weight, 0 … 1; 1 for nothing. */
  readonly certainty: number
  /** Every variant with its share, the chosen one first, null arcs as an empty text. */
  readonly variants: readonly { readonly text: string; readonly share: number; readonly workers: readonly string[] }[]
}

export interface RoverResult {
  readonly text: string
  readonly words: readonly DecidedWord[]
  /** Mean confidence of the columns; 1 for a text without any (everybody wrote nothing). */
  readonly confidence: number
}

/**
 * ROVER: Fiscus, "A post-processing system to yield reduced word error rates", ASRU 1997: a word transition network
 * (network.ts), and a vote in each column. A vote weighs skill × confidence of the word (his equation 1 with α = 1 where there
 * are no confidences; he adds the two, here they multiply, so that a guess of a good worker weighs little). Somebody who has
 * nothing in a column votes for nothing, with the mean confidence of their transcript.
 *
 * A vote for nothing counts three quarters (his null confidence, Conf(@)): to leave out a word is a common slip, and two who
 * write the same word that was not there are rare.
 *
 * Words are voted on without case and punctuation. Then the case is voted on among those who have the word, and the
 * punctuation before and after it among all who have any word there. Ties: a word of the glossary, then any word before
 * nothing, then what stands nearest to all others (the transcript that began the network, and so on), never the order of the input.
 *
 * No transcripts: an empty text. One: that text, confidence 1.
 */
export function rover(transcripts: readonly Transcript[], { weightOf = () => 1, glossary }: RoverOptions = {}): RoverResult {
  const network = buildNetwork(transcripts)
  const weights = network.transcripts.map(({ worker }) => Math.max(1e-9, weightOf(worker)))
  const silence = network.transcripts.map(({ confidence }) => (confidence?.length ? confidence.reduce((sum, value) => sum + value, 0) / confidence.length : 1))
  const chosen: Word[] = []
  const words = network.columns.map((column) => {
    const votes = column.arcs.map((arc, at) => ({ arc, skill: weights[at]!, weight: weights[at]! * Math.max(1e-9, arc?.confidence ?? silence[at]!), worker: network.transcripts[at]!.worker }))
    const decided = decide(votes, glossary)
    if (decided.word !== null) chosen.push(decided.word)
    return decided.shown
  })
  const confidence = words.length === 0 ? 1 : words.reduce((sum, word) => sum + word.confidence, 0) / words.length
  return { text: textOf(chosen.map((word, at) => (at === 0 ? { ...word, before: word.before.trimStart() } : word))), words, confidence }
}

const nothingCounts = 0.75

interface Ballot { readonly arc: Arc | null; readonly skill: number; readonly weight: number; readonly worker: string }

function decide(votes: readonly Ballot[], glossary?: ReadonlySet<string>): { word: Word | null; shown: DecidedWord } {
  const plains = tally(votes, ({ arc }) => arc?.word.plain ?? '')
  const rank = (plain: string) => (plain === '' ? 0 : glossary?.has(plain) ? 2 : 1)
  const support = (plain: string) => plains.get(plain)! * (plain === '' ? nothingCounts : 1)
  const [winner] = [...plains.keys()].sort((a, b) => compareWeights(support(b), support(a)) || rank(b) - rank(a))
  const total = votes.reduce((sum, { weight }) => sum + weight, 0)
  const word = winner === '' || winner === undefined ? null : written(votes, winner)
  const variants = [...plains]
    .sort(([a, x], [b, y]) => Number(b === winner) - Number(a === winner) || y - x)
    .map(([plain, weight]) => {
      const supporters = votes.filter(({ arc }) => (arc?.word.plain ?? '') === plain)
      return { text: plain === winner && word ? word.core : supporters[0]!.arc?.word.core ?? '', share: weight / total, workers: supporters.map(({ worker }) => worker) }
    })
  const certainty = word ? sureness(votes.filter(({ arc }) => arc?.word.plain === winner)) : 1
  return { word, shown: { text: word ? textOf([word]) : '', confidence: plains.get(winner ?? '')! / total, certainty, variants } }
}

const sureness = (votes: readonly Ballot[]) =>
  votes.reduce((sum, { arc, skill }) => sum + skill * arc!.confidence, 0) / votes.reduce((sum, { skill }) => sum + skill, 0)

/** Case from those who have the word, punctuation from all who have any. */
function written(votes: readonly Ballot[], plain: string): Word {
  const any = votes.filter(({ arc }) => arc !== null)
  const same = any.filter(({ arc }) => arc!.word.plain === plain)
  return {
    plain, core: heaviest(same, ({ arc }) => arc!.word.core), before: heaviest(any, ({ arc }) => arc!.word.before), after: heaviest(any, ({ arc }) => arc!.word.after),
    spaced: heaviest(same, ({ arc }) => String(arc!.word.spaced)) === 'true',
  }
}

/** Weights by choice, in the order in which the choices first appear. */
function tally(votes: readonly Ballot[], choice: (vote: Ballot) => string): Map<string, number> {
  const weights = new Map<string, number>()
  for (const vote of votes) weights.set(choice(vote), (weights.get(choice(vote)) ?? 0) + vote.weight)
  return weights
}

/** Sums of the same numbers in another order are equal. */
const compareWeights = (a: number, b: number) => (Math.abs(a - b) <= 1e-9 * Math.max(a, b) ? 0 : a - b)

function heaviest(votes: readonly Ballot[], choice: (vote: Ballot) => string): string {
  return [...tally(votes, choice)].reduce((best, next) => (compareWeights(next[1], best[1]) > 0 ? next : best))[0]
}
