import type { Annotation } from '#shared/model/annotation.ts'
import type { ImageAsset } from '#shared/model/asset.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { AnnotationId, AssetId, LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Format, Parsed, Serialized, Snapshot, SnapshotItem } from './format.ts'
import { inPixels } from './inPixels.ts'
import { memoryInput } from './memoryInput.ts'

/** Records for tests. `number` makes ids that are the same in every run. */
export function sampleAsset(number: number, name = `picture-${number}.jpg`, changes: Partial<ImageAsset> = {}): ImageAsset {
  const hash = number.toString(16).padStart(8, '0').repeat(8)
  return {
    type: 'asset', kind: 'image', id: `asset:${hash.slice(0, 40)}` as AssetId, hash, name, source: { mode: 'copied', path: `media/${hash}` },
    mime: 'image/jpeg', bytes: 1000, metadata: {}, findings: [], width: 640, height: 480, orientation: 1, perceptualHash: null, ...changes,
  }
}

export const sampleLabel = (number: number, name: string, changes: Partial<Label> = {}): Label => ({
  type: 'label', id: `label:${number}` as LabelId, name, color: '#3366ff', glyph: 'circle', hotkey: null, order: number, kinds: [], attributes: [],
  parent: null, externalId: null, keypoints: null, ...changes,
})

export const sampleAnnotation = (number: number, asset: ImageAsset, label: Label | null, geometry: Geometry, changes: Partial<Annotation> = {}): Annotation => ({
  type: 'annotation', id: `annotation:${String(number).padStart(6, '0')}` as AnnotationId, asset: asset.id, layer: 'final' as Layer, author: 'ada' as Author,
  label: label?.id ?? null, geometry, attributes: {}, text: null, direction: 'auto', language: null, group: null, order: number, flags: [], draft: false,
  provenance: { by: 'human', origin: null }, ...changes,
})

export const sampleItem = (asset: ImageAsset, annotations: readonly Annotation[], split: string | null = null): SnapshotItem => ({ asset, annotations, relations: [], split })

export const sampleSnapshot = (labels: readonly Label[], items: readonly SnapshotItem[]): Snapshot => ({ labels, tiers: [], items })

export function writtenText(serialized: Serialized): Record<string, string> {
  return Object.fromEntries([...serialized.files].map((file) => [file.path, String(file.content)]))
}

/** What the format reads of what it wrote, in pixels; the pictures' names stand in the listing. */
export async function writtenAndRead(format: Format, snapshot: Snapshot): Promise<{ serialized: Serialized; parsed: Parsed }> {
  const serialized = format.serialize(snapshot)
  const pictures = Object.fromEntries(serialized.media.map((media) => [media.path, '']))
  const parsed = await format.parse(memoryInput({ ...pictures, ...writtenText(serialized) }))
  const sizes = new Map(serialized.media.map((media) => [media.path, snapshot.items.find(({ asset }) => asset.id === media.asset)!.asset as ImageAsset]))
  const items = parsed.items.map((item) => {
    const asset = sizes.get(item.media.path) ?? sizes.get(`images/${item.split ?? 'default'}/${item.media.path}`)
    return { ...item, annotations: asset === undefined ? item.annotations : inPixels(item, asset) }
  })
  return { serialized, parsed: { ...parsed, items } }
}
