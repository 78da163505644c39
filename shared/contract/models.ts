import { z } from 'zod'
import { Manifest } from '#shared/prelabel/manifest.ts'
import { Outcome } from '#shared/prelabel/prediction.ts'

/** An input or output of a graph, for a person: `images float32 [1, 3, 640, 640]`; a free dimension goes by its name or `?`. */
export const PortRow = z.object({ name: z.string(), type: z.string(), dims: z.array(z.union([z.number(), z.string(), z.null()])) })
export type PortRow = z.infer<typeof PortRow>

/** What a file looks like, before anything of it is kept. */
export const Inspection = z.object({
  /** The guess, to be put right by the person; null where the graph says too little to make one. */
  manifest: Manifest.nullable(),
  /** What was guessed from what, and what is doubtful, in sentences. */
  notes: z.array(z.string()),
  inputs: z.array(PortRow), outputs: z.array(PortRow),
})
export type Inspection = z.infer<typeof Inspection>

/** Part of an item: pixels of the upright picture, or seconds. */
export const Region = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('box'), x: z.number(), y: z.number(), width: z.number().min(0), height: z.number().min(0) }),
  z.object({ kind: z.literal('stretch'), start: z.number().min(0), end: z.number().min(0) }),
])
export type Region = z.infer<typeof Region>

/** A model's answer for one item, and what it took. */
export const Answered = z.object({
  outcome: Outcome,
  /** Milliseconds from the decoded item to the predictions. */
  ms: z.number(), backend: z.string(),
})
export type Answered = z.infer<typeof Answered>

/** Where a page fetches a file of a model, beside its own files; the answer never changes, because the hash is part of the address. */
export const modelAddress = (model: string, file: { readonly name: string; readonly hash: string }) =>
  `/models/${encodeURIComponent(model)}/${encodeURIComponent(file.name)}/${file.hash}`
