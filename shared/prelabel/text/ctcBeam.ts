import { asText, type CtcScores, type ReadCharacter, type ReadText } from './ctc.ts'

/** A prefix with the probabilities (logarithms) of its paths that end in a blank and of those that end in its last character. */
interface Beam { readonly prefix: Prefix; blank: number; label: number }
/** Prefixes share their beginnings. `seen`: the best probability of the last character so far, and its step. */
interface Prefix { readonly last: number; readonly parent: Prefix | null; readonly next: Map<number, Prefix>; seen: number; step: number }

/** Classes below this at a step are not tried: their paths cannot win. */
const leastProbability = 1e-4

/**
 * Prefix beam search (Graves 2006, section 3.2; Hannun et al. 2014, algorithm 1, without a language model): the most probable
 * text over all of its paths, among the `width` best prefixes a step. A character's confidence is its highest probability while
 * its prefix was in the beam. `scores` are probabilities.
 */
export function decodeBeam(scores: CtcScores, characters: readonly string[], blank: number, width: number): ReadText {
  const root: Prefix = { last: -1, parent: null, next: new Map(), seen: 0, step: 0 }
  let beams: Beam[] = [{ prefix: root, blank: 0, label: -Infinity }]
  let broken = 0
  for (let step = 0; step < scores.steps; step++) {
    const row = scores.data.subarray(step * scores.classes, (step + 1) * scores.classes)
    if (row.some(Number.isNaN)) {
      broken++
      continue
    }
    beams = advance(beams, row, step, blank).sort((a, b) => total(b) - total(a)).slice(0, Math.max(1, width))
  }
  const best = beams[0]?.prefix ?? root
  return asText(charactersOf(best, characters), broken)
}

function advance(beams: readonly Beam[], row: Float32Array, step: number, blank: number): Beam[] {
  const next = new Map<Prefix, Beam>()
  const at = (prefix: Prefix): Beam => {
    const found = next.get(prefix) ?? { prefix, blank: -Infinity, label: -Infinity }
    next.set(prefix, found)
    return found
  }
  for (const beam of beams) {
    const all = total(beam)
    const same = at(beam.prefix)
    same.blank = logAdd(same.blank, all + Math.log(row[blank]!))
    row.forEach((probability, index) => {
      if (index === blank || probability < leastProbability) return
      const log = Math.log(probability)
      const repeated = index === beam.prefix.last
      if (repeated) {
        same.label = logAdd(same.label, beam.label + log)
        note(beam.prefix, probability, step, false)
      }
      // A repeated character is a new one only after a blank.
      const from = repeated ? beam.blank : all
      if (from === -Infinity) return
      const longer = at(childOf(beam.prefix, index, step))
      longer.label = logAdd(longer.label, from + log)
      note(longer.prefix, probability, step, true)
    })
  }
  return [...next.values()].filter((beam) => total(beam) > -Infinity)
}

function childOf(prefix: Prefix, index: number, step: number): Prefix {
  const found = prefix.next.get(index) ?? { last: index, parent: prefix, next: new Map(), seen: 0, step }
  prefix.next.set(index, found)
  return found
}

function note(prefix: Prefix, probability: number, step: number, begins: boolean): void {
  if (probability <= prefix.seen) return
  prefix.seen = probability
  if (begins) prefix.step = step
}

function charactersOf(prefix: Prefix, characters: readonly string[]): ReadCharacter[] {
  const read: ReadCharacter[] = []
  for (let at: Prefix | null = prefix; at && at.last >= 0; at = at.parent) read.push({ text: characters[at.last] ?? '', confidence: Math.min(1, at.seen), step: at.step })
  return read.toReversed()
}

const total = ({ blank, label }: Beam): number => logAdd(blank, label)

function logAdd(a: number, b: number): number {
  if (a === -Infinity) return b
  if (b === -Infinity) return a
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))
}
