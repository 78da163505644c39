import { QuorumError } from '#shared/contract/errors.ts'
import type { ExportReport, ExportRequest, Withheld } from '#shared/contract/exporting.ts'
import type { Format, Serialized, Snapshot, SnapshotItem } from '#shared/formats/format.ts'
import { formatById } from '#shared/formats/registry.ts'
import { splitItems } from '#shared/formats/split.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Layer } from '#shared/model/author.ts'
import type { Label } from '#shared/model/label.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { Tier } from '#shared/model/tier.ts'
import type { Verdict } from '#shared/model/verdict.ts'
import { nearDuplicatePairs } from './nearDuplicates.ts'
import { selectLayer, withoutDrafts } from './selectLayer.ts'
import { annotationsOf, leavesWith } from './settledWork.ts'

/** What the host reads from the project. Every layer may stand in `annotations` and `relations`; one leaves. */
export interface ExportSource {
  labels: readonly Label[]
  tiers: readonly Tier[]
  assets: readonly Asset[]
  annotations: readonly Annotation[]
  relations: readonly Relation[]
  /** What was decided about disputes; `final` leaves with what was not disputed. */
  verdicts?: readonly Verdict[]
  /** The log's hash (SHA-256, hex). */
  logHash: string
}

export interface ExportPlan {
  format: Format
  request: ExportRequest
  layer: Layer | null
  snapshot: Snapshot
  serialized: Serialized
  report: ExportReport
}

/** Everything about an export but the writing: also the dry run. Throws QuorumError with words for the person. */
export function planExport(source: ExportSource, request: ExportRequest): ExportPlan {
  const format = formatById(request.format)
  if (format === undefined || !format.writes) throw new QuorumError('unsupported', `There is no format "${request.format}" to write. See the list of formats.`)
  const layer = selectLayer(candidates(source.annotations, request.includeDrafts), request.layer)
  const inLayer = annotationsOf(source.annotations, layer, source.verdicts ?? [])
  const { kept, withheld } = withoutDrafts(inLayer, request.includeDrafts)
  const snapshot = snapshotOf(source, request, kept, layer)
  const { serialized, missing } = withoutMissing(format.serialize(snapshot), source.assets)
  const report: ExportReport = {
    files: [...serialized.files].length + serialized.media.length + (serialized.clips?.length ?? 0) + 1, annotations: serialized.annotations, losses: serialized.losses,
    withheld: [...withheld, ...empty(source, inLayer), ...missing], snapshot: source.logHash,
  }
  return { format, request, layer, snapshot, serialized, report }
}

/** Recordings that were never here cannot be taken along; what was said about them can. */
function withoutMissing(serialized: Serialized, assets: readonly Asset[]): { serialized: Serialized; missing: Withheld[] } {
  const absent = new Set(assets.filter(({ findings }) => findings.includes('missing-media')).map(({ id }) => id))
  const media = serialized.media.filter(({ asset }) => !absent.has(asset))
  const count = serialized.media.length - media.length
  return count === 0 ? { serialized, missing: [] } : { serialized: { ...serialized, media }, missing: [{ reason: 'media-missing', count }] }
}

/** The layers with what of them would leave. A layer of drafts alone is never the one that is meant, unless there is nothing else and drafts are asked for. */
function candidates(annotations: readonly Annotation[], includeDrafts: boolean): ReturnType<typeof layersOf> {
  const all = layersOf(annotations)
  const counts = new Map(layersOf(annotations.filter(({ draft }) => !draft)).map(({ layer, annotations: count }) => [layer, count]))
  return counts.size === 0 && includeDrafts ? all : all.map(({ layer }) => ({ layer, annotations: counts.get(layer) ?? 0 }))
}

function layersOf(annotations: readonly Annotation[]): { layer: Layer; annotations: number }[] {
  const counts = new Map<Layer, number>()
  for (const { layer } of annotations) counts.set(layer, (counts.get(layer) ?? 0) + 1)
  return [...counts].map(([layer, count]) => ({ layer, annotations: count })).sort((a, b) => (a.layer < b.layer ? -1 : 1))
}

function snapshotOf(source: ExportSource, request: ExportRequest, kept: readonly Annotation[], layer: Layer | null): Snapshot {
  const byAsset = Map.groupBy(kept, (annotation) => annotation.asset)
  const ids = new Set(kept.map((annotation) => annotation.id))
  const relations = Map.groupBy(
    source.relations.filter((relation) => leavesWith(layer, relation.layer) && ids.has(relation.from) && ids.has(relation.to)), (relation) => relation.asset,
  )
  const splits = request.split === null ? null : splitItems(
    source.assets.map((asset) => ({ asset, labels: labelCounts(byAsset.get(asset.id) ?? []) })), request.split, nearDuplicatePairs(source.assets),
  )
  const items = source.assets.map((asset): SnapshotItem => ({
    asset, annotations: byAsset.get(asset.id) ?? [], relations: relations.get(asset.id) ?? [], split: splits?.get(asset.id) ?? null,
  }))
  return { labels: source.labels, tiers: source.tiers, items }
}

function labelCounts(annotations: readonly Annotation[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { label } of annotations) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

/** Items that somebody annotated, but not in the layer that leaves: they leave without labels, and this is said. */
function empty(source: ExportSource, inLayer: readonly Annotation[]): Withheld[] {
  const leaving = new Set(inLayer.map((annotation) => annotation.asset))
  const others = new Set(source.annotations.map((annotation) => annotation.asset).filter((asset) => !leaving.has(asset)))
  return others.size === 0 ? [] : [{ reason: 'only-in-other-layers', count: others.size }]
}
