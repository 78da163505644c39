import type { Annotation } from '#shared/model/annotation.ts'
import type { ImageAsset } from '#shared/model/asset.ts'
import type { AnnotationId, GroupId, LabelId, RelationId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { Format, Parsed, Snapshot } from '../format.ts'
import { inPixels } from '../inPixels.ts'
import { sampleAsset } from '../samples.ts'
import { bytesInput } from '../timed/sampleRecording.ts'

/** A snapshot of what was read of pictures: what an import followed by an export would have. */
export function picturesOf(parsed: Parsed, size = { width: 640, height: 480 }): Snapshot {
  const labels = parsed.labels.map((label, order) => ({ ...label, type: 'label' as const, id: `label:${order}` as LabelId, hotkey: null, glyph: 'dot', order, kinds: [], color: '#000000' }))
  const items = parsed.items.map((item, number) => {
    const asset: ImageAsset = sampleAsset(number + 1, item.media.exact ? item.media.path : `${item.media.path}.png`, { ...size, metadata: item.metadata })
    const annotations = inPixels(item, asset).map((annotation, index): Annotation => {
      const { geometry } = annotation
      if (geometry.kind === 'segment') throw new Error('a picture has no segments')
      return {
        ...annotation, geometry, type: 'annotation', id: `annotation:${number}-${index}` as AnnotationId, asset: asset.id, layer: 'a' as Annotation['layer'], author: 'a' as Annotation['author'],
        label: labels.find(({ name }) => name === annotation.label)?.id ?? null, group: annotation.group === null ? null : (`group:${annotation.group.replaceAll(/\s/gu, '_')}` as GroupId),
      }
    })
    const relations = item.relations.map(({ name, from, to }, index): Relation => ({
      type: 'relation', id: `relation:${number}-${index}` as RelationId, asset: asset.id, layer: 'a' as Relation['layer'], author: 'a' as Relation['author'], name, from: annotations[from]!.id, to: annotations[to]!.id,
    }))
    return { asset, annotations, relations, split: item.split }
  })
  return { labels, tiers: [], items }
}

export async function writeAndRead(format: Format, snapshot: Snapshot) {
  const written = format.serialize(snapshot)
  const files = Object.fromEntries([...written.files].map(({ path, content }) => [path, String(content)]))
  const media = Object.fromEntries(written.media.map(({ path }) => [path, '']))
  return { written, files, parsed: await format.parse(bytesInput({ ...media, ...files })) }
}

/** What is said where, without what only tells where it came from; groups by the number of their first member. */
export function said(parsed: Parsed) {
  return parsed.items.map((item) => {
    const groups = [...new Set(item.annotations.map(({ group }) => group))].filter((group) => group !== null)
    const inOrder = [...item.annotations.keys()].sort((a, b) => item.annotations[a]!.order - item.annotations[b]!.order)
    return {
      annotations: inOrder.map((index) => {
        const { label, geometry, text, direction, language, flags, group, attributes } = item.annotations[index]!
        return { label, geometry, text, direction, language, flags: [...flags].sort(), group: group === null ? null : groups.indexOf(group), attributes }
      }),
      relations: item.relations.map(({ name, from, to }) => [name, inOrder.indexOf(from), inOrder.indexOf(to)]),
    }
  })
}
