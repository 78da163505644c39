import { sigmoid } from './distribution.ts'

/** Scores of `classes` classes for `count` candidates: the first at `at`, the next class `classStep` on, the next candidate `step` on. */
export interface ScoreTable {
  readonly data: Float32Array; readonly at: number
  readonly count: number; readonly step: number
  readonly classes: number; readonly classStep: number
  readonly activation: 'none' | 'sigmoid'
}

/** The best class of every candidate and its score: NaN where any of its scores is not finite. */
export function bestClasses(table: ScoreTable): { scores: Float32Array, classes: Int32Array } {
  const scores = new Float32Array(table.count).fill(-Infinity), classes = new Int32Array(table.count)
  // Whichever is contiguous in memory is the inner loop.
  if (table.step <= table.classStep) classByClass(table, scores, classes)
  else oneByOne(table, scores, classes)
  if (table.activation === 'sigmoid') for (let i = 0; i < scores.length; i++) scores[i] = sigmoid(scores[i]!)
  return { scores, classes }
}

// Of numbers, only NaN and infinities less themselves are not 0. NaN stays, as nothing is greater.
function classByClass({ data, at, count, step, classes: classCount, classStep }: ScoreTable, scores: Float32Array, classes: Int32Array): void {
  for (let c = 0; c < classCount; c++) {
    for (let i = 0, from = at + c * classStep; i < count; i++, from += step) {
      const value = data[from]!
      if (value > scores[i]!) { scores[i] = value; classes[i] = c }
      if (value - value !== 0) scores[i] = NaN
    }
  }
}

function oneByOne({ data, at, count, step, classes: classCount, classStep }: ScoreTable, scores: Float32Array, classes: Int32Array): void {
  for (let i = 0; i < count; i++) {
    let best = -Infinity, which = 0, isSound = true
    for (let c = 0, from = at + i * step; c < classCount; c++, from += classStep) {
      const value = data[from]!
      if (value > best) { best = value; which = c }
      if (value - value !== 0) isSound = false
    }
    scores[i] = isSound ? best : NaN
    classes[i] = which
  }
}

/** The scores of one candidate, activated. */
export function scoresAt({ data, at, step, classes, classStep, activation }: ScoreTable, index: number): Float64Array {
  const from = at + index * step
  return Float64Array.from({ length: classes }, (_, c) => (activation === 'sigmoid' ? sigmoid(data[from + c * classStep]!) : data[from + c * classStep]!))
}
