import { z } from 'zod'
import { Mask, Polygon, TextLine } from '#shared/model/geometry.ts'
import { Manifest } from '#shared/prelabel/manifest.ts'
import { Cutout } from '#shared/prelabel/prompt/cutout.ts'
import { Place } from '#shared/prelabel/prompt/alike/places.ts'
import { Prompt } from '#shared/prelabel/prompt/prompt.ts'
import { Backend, Comparison } from './backend.ts'

/** A picture to look at: where its pixels are, and the size of the item in whose pixels all is said. */
export const PictureItem = z.object({ asset: z.string().min(1), url: z.string().min(1), width: z.int().min(1), height: z.int().min(1) })
export type PictureItem = z.infer<typeof PictureItem>

const floats = z.instanceof(Float32Array)
const method = <Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output) => ({ input, output })
const nothing = z.object({})

/** What the page may ask of the worker. */
export const methods = {
  /** Chooses where models run; everything after it runs there. `wasm`: without looking for a graphics processor. */
  start: method(z.object({ want: z.enum(['auto', 'wasm']), threads: z.int().min(1).max(64), fellBack: z.string().nullable() }), Backend),
  /** The embedding of a picture, from memory, from disk, or calculated. `give`: whether it is wanted here, or only to be there later. */
  embed: method(
    z.object({ manifest: Manifest, item: PictureItem, give: z.boolean() }),
    z.object({ from: z.enum(['memory', 'disk', 'encoder']), ms: z.number(), embedding: floats.nullable(), dims: z.array(z.int()) }),
  ),
  /** Loads a graph of a model before it is needed. */
  load: method(z.object({ manifest: Manifest, file: z.string() }), nothing),
  /** Brings an embedding that another worker calculated. */
  hold: method(z.object({ key: z.string(), embedding: floats, dims: z.array(z.int()) }), nothing),
  /** The object that a prompt means. `number` names the answer, so that `previous` may go on from it; `start`: a shape to begin with. */
  segment: method(
    z.object({ manifest: Manifest, item: PictureItem, prompt: Prompt, number: z.int(), previous: z.int().nullable(), start: Polygon.nullable() }),
    z.object({ cutout: Cutout.nullable(), /** Milliseconds: all of it, and the graph alone. */ ms: z.number(), graphMs: z.number() }),
  ),
  /** Where in a picture there may be more of what some masks (in item pixels) cover; null where these are too small to tell. `search` names the search for `look`. */
  seek: method(
    z.object({ manifest: Manifest, item: PictureItem, search: z.int(), examples: z.array(Mask).min(1) }),
    z.object({ places: z.array(Place).nullable() }),
  ),
  /** What stands at a place of the newest search, if it is like its examples. */
  look: method(
    z.object({ manifest: Manifest, item: PictureItem, search: z.int(), place: Place }),
    z.object({ found: z.object({ cutout: Cutout, score: z.number().min(0).max(1) }).nullable() }),
  ),
  /** What stands in some lines of text, in their order. */
  read: method(
    z.object({ manifest: Manifest, item: PictureItem, lines: z.array(TextLine).min(1) }),
    z.object({ lines: z.array(z.object({ text: z.string(), score: z.number() })), ms: z.number() }),
  ),
  compare: method(nothing, Comparison),
  /** What lies on disk. */
  stored: method(nothing, z.object({ pictures: z.int(), bytes: z.int() })),
  forget: method(nothing, nothing),
} as const
export type Methods = typeof methods
export type MethodName = keyof Methods
export type Given<M extends MethodName> = z.output<Methods[M]['input']>
export type Got<M extends MethodName> = z.output<Methods[M]['output']>

export const Request = z.object({ id: z.int(), method: z.enum(Object.keys(methods) as [MethodName, ...MethodName[]]), input: z.unknown() })
export type Request = z.infer<typeof Request>

/** `lost`: the picture's embedding is not here (any more); `backend`: the graphics processor failed; `failed`: anything else, in words. */
export const FailureCode = z.enum(['lost', 'backend', 'failed'])
export type FailureCode = z.infer<typeof FailureCode>

/** `done` of `total` bytes while a model is fetched; total null where it is not known. */
export const Progress = z.discriminatedUnion('step', [
  z.object({ step: z.literal('fetching'), done: z.number(), total: z.number().nullable() }),
  z.object({ step: z.literal('loading') }),
  z.object({ step: z.literal('calculating') }),
])
export type Progress = z.infer<typeof Progress>

export const Message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('value'), id: z.int(), value: z.unknown() }),
  z.object({ kind: z.literal('failure'), id: z.int(), code: FailureCode, message: z.string() }),
  z.object({ kind: z.literal('progress'), id: z.int(), progress: Progress }),
])
export type Message = z.infer<typeof Message>

/** A failure that came back, or that the page found itself. */
export class InferenceError extends Error {
  readonly code: FailureCode | 'stopped'
  constructor(code: FailureCode | 'stopped', message: string) {
    super(message)
    this.name = 'InferenceError'
    this.code = code
  }
}
