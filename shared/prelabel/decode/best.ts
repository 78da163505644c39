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
  const { data, at, count, step, classes: classCount, classStep, activation } = table
  const scores = new Float32Array(count).fill(-Infinity), classes = new Int32Array(count)
  const look = (candidate: number, classIndex: number): void => {
    const value = data[at + candidate * step + classIndex * classStep]!
    // Of numbers, only NaN and infinities are not 0 less themselves.
    if (value - value !== 0) scores[candidate] = NaN
    else if (value > scores[candidate]!) { scores[candidate] = value; classes[candidate] = classIndex }
  }
  // Whichever is contiguous in memory is the inner loop.
  if (step <= classStep) for (let c = 0; c < classCount; c++) for (let i = 0; i < count; i++) look(i, c)
  else for (let i = 0; i < count; i++) for (let c = 0; c < classCount; c++) look(i, c)
  if (activation === 'sigmoid') for (let i = 0; i < count; i++) scores[i] = sigmoid(scores[i]!)
  return { scores, classes }
}

/** The scores of one candidate, activated. */
export function scoresAt({ data, at, step, classes, classStep, activation }: ScoreTable, index: number): Float64Array {
  const from = at + index * step
  return Float64Array.from({ length: classes }, (_, c) => (activation === 'sigmoid' ? sigmoid(data[from + c * classStep]!) : data[from + c * classStep]!))
}
