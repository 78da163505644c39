import type { Region } from '#shared/contract/models.ts'
import type { Manifest, RunSettings } from '#shared/prelabel/manifest.ts'
import type { Outcome } from '#shared/prelabel/prediction.ts'
import type { Port } from '#shared/prelabel/tensor.ts'

/** What looks at items: a model with its files, checked already, or a rule by its id. */
export type Looker =
  | { readonly kind: 'model'; /** Tells models apart: same key, same bytes. */ readonly key: string; readonly manifest: Manifest; readonly files: Readonly<Record<string, string>> }
  | { readonly kind: 'rule'; readonly id: string }

/** An item's own file. Pixels are of the upright picture. */
export type ItemFile =
  | { readonly kind: 'image'; readonly path: string; readonly mime: string; readonly width: number; readonly height: number }
  | { readonly kind: 'audio'; readonly path: string; readonly mime: string; readonly duration: number }

export interface PredictTask { readonly kind: 'predict'; readonly by: Looker; readonly item: ItemFile; readonly region: Region | null; readonly settings: RunSettings }
/** Looks into a file that nobody has vouched for. */
export interface InspectTask { readonly kind: 'inspect'; readonly path: string }
/** How long a segmenter that waits for clicks takes for a picture and one click. */
export interface TimeTask { readonly kind: 'time'; readonly by: Extract<Looker, { kind: 'model' }> }
export type Task = PredictTask | InspectTask | TimeTask

export interface Predicted { readonly outcome: Outcome; /** Milliseconds from the decoded item to the predictions. */ readonly ms: number; readonly backend: string }
export interface Inspected { readonly manifest: Manifest | null; readonly notes: readonly string[]; readonly inputs: readonly Port[]; readonly outputs: readonly Port[] }
export interface Answers { readonly predict: Predicted; readonly inspect: Inspected; readonly time: { readonly ms: number; readonly backend: string } }

/** Host to child. Answers come in the order of the questions. */
export interface Question { readonly id: number; readonly task: Task }
/** Child to host. `memory`: it ran out; the process is not to be used again. */
export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: Answers[Task['kind']]; /** Bytes that the process holds. */ readonly held: number }
  | { readonly id: number; readonly ok: false; readonly reason: 'failed' | 'memory'; readonly message: string; readonly held: number }
