import type { Annotation } from '#shared/model/annotation.ts'
import type { AudioAsset } from '#shared/model/asset.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { AnnotationId, AssetId, LabelId, RelationId, TierId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { Tier } from '#shared/model/tier.ts'
import type { Format, FormatInput, Parsed, ParsedItem, Serialized, Snapshot } from '../format.ts'

/** Bytes or UTF-8 text as a format's input, for tests. */
export function bytesInput(contents: Readonly<Record<string, string | Uint8Array>>): FormatInput {
  const of = async (path: string) => {
    const value = contents[path] ?? ''
    return typeof value === 'string' ? utf8(value) : value
  }
  return {
    files: Object.keys(contents).sort(),
    readText: async (path) => String(contents[path]),
    readBytes: of,
    readHead: async (path, bytes) => (await of(path)).subarray(0, bytes),
  }
}

/** Half surrogates become U+FFFD, as an encoder would write them. */
function utf8(text: string): Uint8Array {
  const bytes: number[] = []
  for (const character of text.toWellFormed()) {
    const code = character.codePointAt(0)!
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return Uint8Array.from(bytes)
}

export const sampleAudio = (name: string, duration = 60): AudioAsset => ({
  type: 'asset', kind: 'audio', id: `asset:${name}` as AssetId, hash: 'a'.repeat(64), name, source: { mode: 'copied', path: `media/${name}` }, mime: 'audio/wav',
  bytes: 1, metadata: {}, findings: [], duration, sampleRate: 16000, channels: 1,
})

/** A snapshot of what was read: what an import followed by an export would have. */
export function snapshotOf(parsed: Parsed, duration = 60): Snapshot {
  const tiers = parsed.tiers.map((tier, order): Tier => ({ type: 'tier', ...tier, id: `tier:${tier.name}` as TierId, parent: null, order }))
  const byName = new Map(tiers.map((tier) => [tier.name, tier]))
  return {
    labels: parsed.labels.map((label, order) => ({ ...label, type: 'label' as const, id: `label:${order}` as LabelId, hotkey: null, glyph: 'dot', order, kinds: [], color: '#000000' })),
    tiers: tiers.map((tier) => ({ ...tier, parent: byName.get(parsed.tiers.find(({ name }) => name === tier.name)?.parent ?? '')?.id ?? null })),
    items: parsed.items.map((item) => itemOf(item, parsed, duration)),
  }
}

function itemOf(item: ParsedItem, parsed: Parsed, duration: number): Snapshot['items'][number] {
  const asset = { ...sampleAudio(item.media.exact ? item.media.path : `${item.media.path}.wav`, duration), metadata: item.metadata }
  const annotations = item.annotations.map((annotation, index): Annotation => {
    const { geometry } = annotation
    const label = parsed.labels.findIndex(({ name }) => name === annotation.label)
    return {
      ...annotation, type: 'annotation', id: `annotation:${item.media.path}-${index}` as AnnotationId, asset: asset.id, layer: 'a' as Layer, author: 'a' as Author, group: null,
      label: label === -1 ? null : (`label:${label}` as Annotation['label']), geometry: geometry.kind === 'segment' ? { ...geometry, tier: `tier:${geometry.tier}` as TierId } : geometry,
    }
  })
  const relations = item.relations.map(({ name, from, to }, index): Relation => ({
    type: 'relation', id: `relation:${index}` as RelationId, asset: asset.id, layer: 'a' as Layer, author: 'a' as Author, name, from: annotations[from]!.id, to: annotations[to]!.id,
  }))
  return { asset, annotations, relations, split: null }
}

export interface Heard { readonly media: string; readonly tier: string; readonly start: number; readonly end: number; readonly text: string | null; readonly label: string | null }

/** What was said when, in milliseconds if they are whole, in the order of the file. */
export const heard = (parsed: Parsed): Heard[] =>
  parsed.items.flatMap(({ media, annotations }) => annotations.flatMap(({ geometry, text, label }) =>
    geometry.kind === 'segment' ? [{ media: media.path, tier: geometry.tier, start: (geometry.start * 1000) / geometry.rate, end: (geometry.end * 1000) / geometry.rate, text, label }] : []))

export const filesOf = (written: Serialized): Record<string, string> => Object.fromEntries([...written.files].map(({ path, content }) => [path, String(content)]))

/** Reads, writes and reads again. */
export async function roundTrip(format: Format, contents: Readonly<Record<string, string | Uint8Array>>) {
  const first = await format.parse(bytesInput(contents))
  const written = format.serialize(snapshotOf(first))
  const files = filesOf(written)
  const second = await format.parse(bytesInput(files))
  return { first, written, files, second }
}
