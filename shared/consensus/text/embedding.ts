/** A sparse vector of length 1 (or of none, for an empty text): dimensions ascending, and their values. */
export interface Embedding { readonly at: Int32Array; readonly value: Float64Array }

/**
 * Texts as vectors: how often each run of 1, 2 and 3 characters occurs (case folded, with a space at both ends), times
 * log((1 + n) / (1 + texts with it)) + 1, scaled to length 1 (TF-IDF as scikit-learn smooths it). No language, no model file, the same on every
 * machine; it sees spelling and not meaning, which for transcripts of the same thing is what counts.
 */
export function embed(texts: readonly string[]): Embedding[] {
  const dimension = new Map<string, number>()
  const documents: number[] = []
  const counted = texts.map((text) => {
    const counts = new Map<number, number>()
    for (const gram of grams(text)) {
      const known = dimension.get(gram)
      const at = known ?? dimension.size
      if (known === undefined) dimension.set(gram, at)
      counts.set(at, (counts.get(at) ?? 0) + 1)
    }
    for (const at of counts.keys()) documents[at] = (documents[at] ?? 0) + 1
    return counts
  })
  return counted.map((counts) => {
    const sorted = [...counts].sort((a, b) => a[0] - b[0])
    const value = Float64Array.from(sorted, ([at, count]) => count * (Math.log((1 + texts.length) / (1 + documents[at]!)) + 1))
    const norm = Math.sqrt(value.reduce((sum, x) => sum + x * x, 0))
    return { at: Int32Array.from(sorted, ([at]) => at), value: norm > 0 ? value.map((x) => x / norm) : value }
  })
}

function* grams(text: string): Generator<string> {
  const folded = text.normalize('NFC').toLowerCase().trim().replaceAll(/\s+/gu, ' ')
  if (folded === '') return
  const characters = [' ', ...folded, ' ']
  for (let length = 1; length <= 3; length++) {
    for (let from = 0; from + length <= characters.length; from++) yield characters.slice(from, from + length).join('')
  }
}

/** Σ weightᵢ · vectorᵢ / Σ weightᵢ; the plain mean where the weights add up to nothing. */
export function weightedMean(vectors: readonly Embedding[], weights: readonly number[]): Embedding {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const sums = new Map<number, number>()
  vectors.forEach(({ at, value }, v) => {
    const share = total > 0 ? weights[v]! / total : 1 / vectors.length
    at.forEach((dimension, n) => sums.set(dimension, (sums.get(dimension) ?? 0) + share * value[n]!))
  })
  const sorted = [...sums].sort((a, b) => a[0] - b[0])
  return { at: Int32Array.from(sorted, ([at]) => at), value: Float64Array.from(sorted, ([, value]) => value) }
}

export function dot(a: Embedding, b: Embedding): number {
  let [sum, i, j] = [0, 0, 0]
  while (i < a.at.length && j < b.at.length) {
    if (a.at[i] === b.at[j]) sum += a.value[i++]! * b.value[j++]!
    else if (a.at[i]! < b.at[j]!) i++
    else j++
  }
  return sum
}

export const squaredLength = (a: Embedding) => dot(a, a)
export const squaredDistance = (a: Embedding, b: Embedding) => Math.max(0, squaredLength(a) + squaredLength(b) - 2 * dot(a, b))

/** 0 … 1; two empty texts are alike, an empty one is unlike any other. */
export function cosine(a: Embedding, b: Embedding): number {
  const [x, y] = [squaredLength(a), squaredLength(b)]
  if (x === 0 || y === 0) return x === y ? 1 : 0
  return Math.min(1, Math.max(0, dot(a, b) / Math.sqrt(x * y)))
}
