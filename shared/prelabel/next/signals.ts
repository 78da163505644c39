import type { AssetId, LabelId } from '#shared/model/id.ts'
import type { Geometry } from '#shared/model/geometry.ts'

/** What a model says of an item, as far as it tells what to label next. */
export interface Guess {
  readonly model: string
  readonly label: LabelId | null
  readonly geometry: Geometry
  /** 0 … 1. */
  readonly score: number
  /** How far the best class leads the second, 0 … 1; null where the model gives no distribution. */
  readonly margin: number | null
  /** Entropy of the classes in nats, and of how many classes; null likewise. */
  readonly entropy: number | null
}

/** An item that waits to be labelled. */
export interface Candidate {
  readonly asset: AssetId
  readonly guesses: readonly Guess[]
  /** What the item looks or sounds like, length 1; null where no model said. All of one length. */
  readonly vector: Float32Array | null
}
