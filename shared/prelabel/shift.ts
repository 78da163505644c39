import { translate } from '#shared/geometry/transform.ts'
import type { Prediction } from './prediction.ts'

/** Predictions about a part of a picture that begins at (dx, dy), as ones about the whole. The class of the part is said of the part alone, so it keeps no geometry to move. */
export const shifted = (predictions: readonly Prediction[], dx: number, dy: number): Prediction[] =>
  predictions.map((prediction) => {
    const { geometry } = prediction
    return geometry.kind === 'stretch' || geometry.kind === 'item' ? prediction : { ...prediction, geometry: translate(geometry, dx, dy) }
  })

/** Predictions about a part of a sound that begins at `seconds`, as ones about the whole. */
export const later = (predictions: readonly Prediction[], seconds: number): Prediction[] =>
  predictions.map((prediction) => {
    const { geometry } = prediction
    return geometry.kind === 'stretch' ? { ...prediction, geometry: { ...geometry, start: geometry.start + seconds, end: geometry.end + seconds } } : prediction
  })

/** Seconds that two stretches at a seam may be apart to be one. */
const seam = 0.1

/** Joins what was cut in two where one decoded window ends at `seconds` and the next begins: same class, both at the seam. The score is the lesser. */
export function joinedAt(before: readonly Prediction[], after: readonly Prediction[], seconds: number): Prediction[] {
  const rest = [...after]
  const joined = before.map((first) => {
    if (first.geometry.kind !== 'stretch' || first.geometry.end < seconds - seam) return first
    const at = rest.findIndex(({ className, geometry }) => className === first.className && geometry.kind === 'stretch' && geometry.start <= seconds + seam)
    const second = at < 0 ? undefined : rest.splice(at, 1)[0]
    if (second?.geometry.kind !== 'stretch') return first
    const text = first.text === null && second.text === null ? null : [first.text, second.text].filter((part) => part).join(' ')
    return { ...first, score: Math.min(first.score, second.score), text, geometry: { ...first.geometry, end: second.geometry.end } }
  })
  return [...joined, ...rest]
}
