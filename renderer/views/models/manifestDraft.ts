import { messageOf } from '#shared/contract/errors.ts'
import { Manifest, type Head, type ImageInput } from '#shared/prelabel/manifest.ts'
import { taskOfHead } from '#shared/prelabel/taskOfHead.ts'

export type HeadKind = Head['kind']
export const headKinds = ['yolo', 'yolo-objectness', 'yolox', 'end-to-end', 'yolo-seg', 'nanodet', 'ssd', 'detr', 'semantic', 'mask', 'classes', 'embedding', 'db', 'ctc', 'vad'] as const satisfies readonly HeadKind[]

/** What an output of this kind needs, as such models usually have it. */
const usual: { readonly [Kind in (typeof headKinds)[number]]: Extract<Head, { kind: Kind }> } = {
  'yolo': { kind: 'yolo', transposed: false, activation: 'none' }, 'yolo-objectness': { kind: 'yolo-objectness', activation: 'none' }, 'yolox': { kind: 'yolox', strides: [8, 16, 32] },
  'end-to-end': { kind: 'end-to-end', boxes: 'xyxy' }, 'yolo-seg': { kind: 'yolo-seg', transposed: false, prototypes: null },
  'nanodet': { kind: 'nanodet', strides: [8, 16, 32], bins: 8, offset: 0.5, activation: 'none', outputs: [] },
  'ssd': { kind: 'ssd', boxes: null, scores: null, classes: null, count: null, order: 'xyxy', unit: 'share', background: true },
  'detr': { kind: 'detr', logits: null, boxes: null, activation: 'softmax' }, 'semantic': { kind: 'semantic', output: null, layout: 'nchw', background: 0 }, 'mask': { kind: 'mask', output: null, activation: 'sigmoid' },
  'classes': { kind: 'classes', output: null, activation: 'softmax', multiple: false }, 'embedding': { kind: 'embedding', output: null }, 'db': { kind: 'db', binary: 0.3, boxScore: 0.6, unclip: 1.5, leastSide: 3 },
  'ctc': { kind: 'ctc', blank: 0, space: true, activation: 'none' }, 'vad': { kind: 'vad', state: 'state', stateDims: [2, 1, 128], rate: 'sr', output: null, nextState: 'stateN' },
}

const plainImage: ImageInput = {
  kind: 'image', name: null, layout: 'nchw', channels: 'rgb', type: 'float32', size: { kind: 'fixed', width: 640, height: 640 }, fit: 'letterbox', pad: [114, 114, 114], scale: 1 / 255, mean: [0, 0, 0], deviation: [1, 1, 1],
}

const idOf = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9._-]+/gu, '-').replaceAll(/^[^a-z0-9]+/gu, '').slice(0, 80) || 'model'

/** A manifest to begin with where the graph says too little: what most detectors are like. */
export function blankManifest(path: string): Manifest {
  const file = path.replaceAll('\\', '/').split('/').at(-1) ?? path
  const name = file.replace(/\.onnx$/iu, '') || 'model'
  return {
    schema: 1, id: idOf(name), name, version: '1', task: 'detect', licence: 'not known', source: file, files: [{ name: 'model', path: file, bytes: 0, hash: '0'.repeat(64) }],
    input: plainImage, head: usual.yolo, classes: [], threshold: 0.4, overlap: 0.5, mostDetections: 300,
  }
}

/** The manifest with another kind of output: its usual details, and the task that goes with it. */
export function withHead(manifest: Manifest, kind: HeadKind): Manifest {
  if (kind === manifest.head.kind) return manifest
  const head = (usual as Partial<Record<HeadKind, Head>>)[kind]
  if (!head) return manifest
  const input = kind === 'vad' ? { kind: 'audio' as const, name: null, sampleRate: 16_000, window: 512, context: 64 } : manifest.input.kind === 'audio' ? plainImage : manifest.input
  return { ...manifest, head, input, task: taskOfHead(kind) }
}

/** The kinds that can be chosen for a manifest: those of one graph, and the one it has. */
export const kindsFor = (manifest: Manifest): readonly HeadKind[] => ((headKinds as readonly HeadKind[]).includes(manifest.head.kind) ? headKinds : [manifest.head.kind, ...headKinds])

/** Why a manifest is none, in words; null where it is one. */
export function complaintOf(manifest: Manifest): string | null {
  const parsed = Manifest.safeParse(manifest)
  if (parsed.success) return null
  const [issue] = parsed.error.issues
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`
}

/** Parses what a person wrote for a part of the manifest; the reason in words where it is not such a part. */
export function partOf<Part extends 'head' | 'input'>(part: Part, text: string): { readonly value: Manifest[Part] } | { readonly why: string } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { why: messageOf(error) }
  }
  const parsed = Manifest.shape[part].safeParse(json)
  if (parsed.success) return { value: parsed.data as Manifest[Part] }
  const [issue] = parsed.error.issues
  return { why: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim() }
}
