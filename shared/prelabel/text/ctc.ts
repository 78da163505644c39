/** Scores of one line: `steps` rows of `classes` numbers. */
export interface CtcScores { readonly steps: number; readonly classes: number; readonly data: Float32Array }

/** A character as read; its confidence is 0 … 1, `step` is where it begins. */
export interface ReadCharacter { readonly text: string; readonly confidence: number; readonly step: number }
export interface ReadText {
  readonly text: string
  readonly characters: readonly ReadCharacter[]
  /** Mean confidence of the characters; 0 where there is none. */
  readonly score: number
  /** Steps that held NaN and count as blank. */
  readonly broken: number
}

/** Probabilities out of logits, a row at a time; rows that hold NaN stay NaN. */
export function softmaxRows({ steps, classes, data }: CtcScores): CtcScores {
  const out = new Float32Array(data.length)
  for (let step = 0; step < steps; step++) {
    const row = data.subarray(step * classes, (step + 1) * classes)
    const most = row.reduce((a, b) => Math.max(a, b), -Infinity)
    let sum = 0
    for (const value of row) sum += Math.exp(value - most)
    row.forEach((value, index) => { out[step * classes + index] = Math.exp(value - most) / sum })
  }
  return { steps, classes, data: out }
}

/**
 * Best-path decoding (Graves et al. 2006, section 3.2): the best class a step, repeats joined, blanks left out.
 * A character's confidence is the probability at the step where it begins, as PaddleOCR counts it.
 */
export function decodeGreedy(scores: CtcScores, characters: readonly string[], blank: number): ReadText {
  const read: ReadCharacter[] = []
  let previous = blank, broken = 0
  for (let step = 0; step < scores.steps; step++) {
    const best = bestOf(scores, step)
    if (best === null) broken++
    const index = best ?? blank
    if (index !== blank && index !== previous) {
      read.push({ text: characters[index] ?? '', confidence: clamp(scores.data[step * scores.classes + index]!), step })
    }
    previous = index
  }
  return asText(read, broken)
}

export const asText = (characters: readonly ReadCharacter[], broken: number): ReadText => ({
  text: characters.map(({ text }) => text).join(''), characters, broken,
  score: characters.length === 0 ? 0 : characters.reduce((sum, { confidence }) => sum + confidence, 0) / characters.length,
})

/** The best class of a step; null where any score is NaN or there is no class. */
function bestOf({ classes, data }: CtcScores, step: number): number | null {
  let best: number | null = null, most = -Infinity
  for (let index = 0; index < classes; index++) {
    const value = data[step * classes + index]!
    if (Number.isNaN(value)) return null
    if (value > most) [best, most] = [index, value]
  }
  return best
}

const clamp = (value: number): number => Math.max(0, Math.min(1, value))
