import { z } from 'zod'
import { Box, Keypoints, Mask, Polygon, RotatedBox, TextLine, WholeItem } from '#shared/model/geometry.ts'

/** Seconds from the beginning; a model knows nothing of tiers. */
export const Stretch = z.object({ kind: z.literal('stretch'), start: z.number().min(0), end: z.number().min(0) })
export type Stretch = z.infer<typeof Stretch>

/** One thing that a model says about an item, in the item's own pixels or seconds. */
export const Prediction = z.object({
  /** The model's own name of the class. */
  className: z.string(),
  /** 0 … 1. */
  score: z.number().min(0).max(1),
  geometry: z.discriminatedUnion('kind', [Box, RotatedBox, Polygon, Mask, Keypoints, TextLine, WholeItem, Stretch]),
  text: z.string().nullable(),
  /** How far the best class leads the second, 0 … 1, and the entropy of the classes in nats; null where the head gives no distribution. */
  margin: z.number().nullable(),
  entropy: z.number().nullable(),
})
export type Prediction = z.infer<typeof Prediction>

/** A model's answer for one item. */
export const Outcome = z.object({
  predictions: z.array(Prediction),
  /** What the person should know: predictions cut off, NaN left out, … */
  notes: z.array(z.string()),
  /** The item as a vector of length 1, from models of task `embed` and detectors of many classes. */
  embedding: z.array(z.number()).nullable(),
})
export type Outcome = z.infer<typeof Outcome>

/** What a decoder makes of a graph's outputs. */
export type Decoded = Pick<Outcome, 'predictions' | 'embedding'>
