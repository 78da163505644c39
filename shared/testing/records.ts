import { submissionId } from '#shared/model/submission.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { AudioAsset, ImageAsset } from '#shared/model/asset.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { AnnotationId, AssetId, LabelId, ProjectId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Project } from '#shared/model/project.ts'
import type { Submission } from '#shared/model/submission.ts'
import { adoptedId, draftVerdictId, type DraftVerdict } from '#shared/model/verdict.ts'

/** Small, valid records for tests; `parts` replaces what a test is about. */

export const author = (name: string) => name as Author
export const annotationId = (name: string) => `annotation:${name}` as AnnotationId
export const labelId = (name: string) => `label:${name}` as LabelId
export const assetId = (name: string) => `asset:${name}` as AssetId

export const box = (x: number, y: number, width: number, height: number): Geometry => ({ kind: 'box', x, y, width, height })

export const project = (parts: Partial<Project> = {}): Project => ({
  type: 'project', id: 'project:test' as ProjectId, name: 'Test', visibility: 'open', guideline: '', ...parts,
})

export const label = (name: string, parts: Partial<Label> = {}): Label => ({
  type: 'label', id: labelId(name), name, color: '#0072b2', glyph: 'circle', hotkey: null, order: 0, kinds: [], attributes: [], parent: null,
  externalId: null, keypoints: null, ...parts,
})

export const image = (name: string, parts: Partial<ImageAsset> = {}): ImageAsset => ({
  type: 'asset', id: assetId(name), hash: '0'.repeat(64), name: `${name}.jpg`, source: { mode: 'copied', path: `media/${name}.jpg` }, mime: 'image/jpeg',
  bytes: 1000, metadata: {}, findings: [], kind: 'image', width: 640, height: 480, orientation: 1, perceptualHash: null, ...parts,
})

export const sound = (name: string, parts: Partial<AudioAsset> = {}): AudioAsset => ({
  type: 'asset', id: assetId(name), hash: '1'.repeat(64), name: `${name}.wav`, source: { mode: 'copied', path: `media/${name}.wav` }, mime: 'audio/wav',
  bytes: 1000, metadata: {}, findings: [], kind: 'audio', duration: 10, sampleRate: 16_000, channels: 1, ...parts,
})

export const annotation = (name: string, parts: Partial<Annotation> = {}): Annotation => ({
  type: 'annotation', id: annotationId(name), asset: assetId('a'), layer: 'ada' as Layer, author: author('ada'), label: null, geometry: box(10, 10, 20, 20),
  attributes: {}, text: null, direction: 'auto', language: null, group: null, order: 0, flags: [], draft: false,
  provenance: { by: 'human', origin: null }, ...parts,
})

export const submission = (asset: AssetId, by: Author, parts: Partial<Submission> = {}): Submission => ({
  type: 'submission', id: submissionId(asset, by), asset, author: by, state: 'submitted', at: 0, ...parts,
})

/** What somebody made of a draft. */
export const verdict = ({ id, asset }: Annotation, by: string, result: DraftVerdict['about']['result'] = 'accepted', parts: Partial<DraftVerdict> = {}): DraftVerdict => ({
  type: 'verdict', id: draftVerdictId(id, author(by)), asset, author: author(by), at: 0, durationMs: null,
  about: { kind: 'draft', draft: id, result, into: result === 'rejected' ? null : adoptedId(id, author(by)) }, ...parts,
})
