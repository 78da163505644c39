import type { ParsedLabel, Parsed } from '#shared/formats/format.ts'
import type { Label } from '#shared/model/label.ts'
import { newLabelId, newTierId } from '#shared/model/id.ts'
import type { LabelId, TierId } from '#shared/model/id.ts'
import type { Tier } from '#shared/model/tier.ts'

/** Colour and glyph for the label at a place of the schema. */
export type MarkAt = (order: number) => { color: string; glyph: string }
export type SchemaJoin = { labels: Map<string, LabelId>; tiers: Map<string, TierId>; /** Records that are new or changed. */ records: (Label | Tier)[] }

/** Finds each class and tier of a file in the project by name, and makes those that are missing. */
export function joinSchema(parsed: Pick<Parsed, 'labels' | 'tiers'>, labels: readonly Label[], tiers: readonly Tier[], markAt: MarkAt): SchemaJoin {
  const join: SchemaJoin = { labels: new Map(), tiers: new Map(), records: [] }
  const known = new Map(labels.map((label) => [label.name.normalize('NFC'), label]))
  let order = Math.max(-1, ...labels.map((label) => label.order)) + 1
  for (const wanted of parsed.labels) {
    const name = wanted.name.normalize('NFC')
    const there = known.get(name)
    const label = there ? withAttributes(there, wanted) : newLabel(wanted, name, order, markAt(order))
    if (!there) order++
    if (label !== there) join.records.push(label)
    known.set(name, label)
    join.labels.set(wanted.name, label.id)
  }
  joinTiers(parsed.tiers, tiers, join)
  return join
}

/** A parent may stand after its child, so every tier has its id before the first becomes a record. */
function joinTiers(wanted: Parsed['tiers'], tiers: readonly Tier[], join: SchemaJoin): void {
  const known = new Map(tiers.map((tier) => [tier.name, tier.id]))
  for (const { name } of wanted) join.tiers.set(name, known.get(name) ?? join.tiers.get(name) ?? newTierId())
  let order = Math.max(-1, ...tiers.map((tier) => tier.order)) + 1
  for (const { parent = null, ...tier } of wanted) {
    if (known.has(tier.name)) continue
    const id = join.tiers.get(tier.name)!
    known.set(tier.name, id)
    join.records.push({ type: 'tier', id, order: order++, ...tier, parent: parent === null ? null : (join.tiers.get(parent) ?? null) })
  }
}

function newLabel(wanted: ParsedLabel, name: string, order: number, mark: { color: string; glyph: string }): Label {
  const { parent, externalId, keypoints, attributes, color } = wanted
  return { type: 'label', id: newLabelId(), name, color: color ?? mark.color, glyph: mark.glyph, hotkey: null, order, kinds: [], attributes, parent, externalId, keypoints }
}

/** A label of the project asks what it asked, and what the file asks besides. */
function withAttributes(label: Label, wanted: ParsedLabel): Label {
  const ids = new Set(label.attributes.map((attribute) => attribute.id))
  const more = wanted.attributes.filter((attribute) => !ids.has(attribute.id))
  const keypoints = label.keypoints ?? wanted.keypoints
  return more.length === 0 && keypoints === label.keypoints ? label : { ...label, keypoints, attributes: [...label.attributes, ...more] }
}
