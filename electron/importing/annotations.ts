import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Parsed, ParsedAnnotation, ParsedGeometry, ParsedItem } from '#shared/formats/format.ts'
import { inPixels } from '#shared/formats/inPixels.ts'
import { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { AnnotationId, AssetId, GroupId, RelationId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { knownAnswer } from '#shared/model/provenance.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { Submission } from '#shared/model/submission.ts'
import type { Tier } from '#shared/model/tier.ts'
import type { JobContext } from '#electron/jobs/queue.ts'
import { assetIdOf } from './readFiles.ts'
import type { Match, MediaNames } from './mediaNames.ts'
import type { ReportBuilder } from './report.ts'
import { joinSchema } from './schemaJoin.ts'
import type { MarkAt, SchemaJoin } from './schemaJoin.ts'
import type { ImportSink } from './sink.ts'
import { visibleName } from './visibleName.ts'

/** The project that annotations join, as it is when they come. */
export type AnnotationTarget = {
  author: Author
  layer: Layer
  labels: readonly Label[]
  tiers: readonly Tier[]
  markAt: MarkAt
  /** Whether a record is there already, so that importing a file twice gives one set of annotations and no edit is undone. */
  has(id: AnnotationId): boolean
  /** The record that says that this person has done the item; null where it stands already. Left out: what comes in is not their finished work. */
  finished?(asset: AssetId): Submission | null
  /** What comes in are known answers. */
  gold?: boolean
}

const batchSize = 500

/**
 * Joins what a format read to the project: items to assets by name, classes to labels, and commits in batches of about
 * 500 records that end where an item ends. Rows that were not taken in have an issue each.
 */
export async function importAnnotations(parsed: Parsed, names: MediaNames, target: AnnotationTarget, sink: ImportSink, report: ReportBuilder, job: JobContext): Promise<void> {
  for (const { file, place, code, message } of parsed.failed) report.skip(visibleName(file), code, atPlace(place, message))
  for (const { file, place, code, message } of parsed.notes) report.note(visibleName(file), code, atPlace(place, message))
  const schema = joinSchema(parsed, target.labels, target.tiers, target.markAt)
  let batch: AnyRecord[] = []
  const flush = () => {
    if (batch.length > 0) sink.commit(`import ${batch.length} annotation records`, batch)
    batch = []
  }
  if (schema.records.length > 0) sink.commit('import labels', schema.records)
  const matches = matched(parsed.items, names)
  for (const [index, item] of parsed.items.entries()) {
    if (job.signal.aborted) break
    const asset = assetFor(item, matches[index]!, sink, report)
    if (asset) batch.push(...recordsOf(item, asset, schema, target, report))
    job.progress(index + 1, parsed.items.length, item.source.file)
    if (batch.length < batchSize) continue
    flush()
    // Lets the host answer others, and hear a cancel, between batches.
    await setImmediate()
  }
  flush()
}

/** A match by the end of a path alone yields to an item that names the asset by its whole path. */
function matched(items: readonly ParsedItem[], names: MediaNames): Match[] {
  const matches = items.map((item) => names.find(item.media.path, item.media.exact))
  const claimed = new Set(matches.flatMap((match) => (match.found === 'one' && match.whole ? [match.asset] : [])))
  return matches.map((match) => (match.found === 'one' && !match.whole && claimed.has(match.asset) ? { found: 'none' } : match))
}

function assetFor(item: ParsedItem, match: Match, sink: ImportSink, report: ReportBuilder): Asset | null {
  const file = visibleName(item.source.file)
  const lost = item.annotations.length
  const left = lost === 1 ? 'Its 1 annotation was left out.' : `Its ${lost} annotations were left out.`
  const named = visibleName(item.media.path)
  if (match.found === 'several') {
    report.skip(file, 'ambiguous-media', atPlace(item.source.place, `"${named}" may be ${match.names.slice(0, 3).map(visibleName).join(' or ')}. ${left} Write the folder into the file.`), Math.max(1, lost))
    return null
  }
  const asset = match.found === 'one' ? sink.known(match.asset) : undefined
  if (asset) return asset
  if (isOfSound(item)) return withoutFile(item, sink, report)
  report.skip(file, 'missing-media', atPlace(item.source.place, `"${named}" is neither among the imported files nor in the project. ${left} Name its folder with the import, or import it first.`), Math.max(1, lost))
  return null
}

const isOfSound = ({ annotations }: ParsedItem) => annotations.length > 0 && annotations.every(({ geometry }) => geometry.kind === 'segment')

/**
 * A transcript is worth having without its recording: the item stands for it until the recording is imported. Its id
 * comes from the name, so that the files of one recording meet in one item.
 */
function withoutFile(item: ParsedItem, sink: ImportSink, report: ReportBuilder): Asset {
  const name = visibleName(item.media.path)
  const stem = name.replace(/\.[^./]*$/u, '')
  const hash = createHash('sha256').update(`missing media ${stem}`).digest('hex')
  const id = assetIdOf(hash)
  const known = sink.known(id)
  const ends = item.annotations.map(({ geometry }) => (geometry.kind === 'segment' ? geometry.end / geometry.rate : 0))
  const duration = Math.max(known?.kind === 'audio' ? known.duration : 0, ...ends)
  report.note(visibleName(item.source.file), 'missing-media', atPlace(item.source.place, `its recording "${name}" is neither among the imported files nor in the project. The transcript came in without it.`))
  if (known?.kind === 'audio' && known.duration === duration) return known
  if (known === undefined) report.assets++
  const asset: Asset = {
    type: 'asset', id, hash, name, source: { mode: 'referenced', path: name }, mime: 'application/octet-stream', bytes: 0, metadata: {}, findings: ['missing-media'],
    kind: 'audio', duration, sampleRate: 1000, channels: 1,
  }
  sink.commit('import a transcript without its recording', [asset])
  return asset
}

function recordsOf(item: ParsedItem, asset: Asset, schema: SchemaJoin, target: AnnotationTarget, report: ReportBuilder): AnyRecord[] {
  const file = visibleName(item.source.file)
  if (asset.kind === 'image') noteSize(item, asset, file, report)
  const size = asset.kind === 'image' ? asset : { width: 1, height: 1 }
  const seen = new Map<string, number>()
  const made = inPixels(item, size).map((parsed) => annotationOf(parsed, asset.id, schema, target, seen))
  const fresh: Annotation[] = []
  let present = 0
  for (const [index, annotation] of made.entries()) {
    if (typeof annotation === 'string') report.skip(file, 'invalid', atPlace(`${item.source.place}, annotation ${index + 1}`, annotation))
    else if (target.has(annotation.id)) present++
    else fresh.push(annotation)
  }
  if (present > 0) report.skip(file, 'annotation-present', atPlace(item.source.place, `${present} of its annotations are in the layer "${target.layer}" already.`), present)
  const ids = new Set(fresh.map((annotation) => annotation.id))
  for (const annotation of fresh) report.countAnnotation(annotation.label === null ? null : labelName(annotation, schema), annotation.geometry.kind)
  const relations = item.relations.flatMap(({ name, from, to }) => relationOf(name, made[from], made[to], asset.id, target)).filter(({ from, to }) => ids.has(from) || ids.has(to))
  const finished = target.finished?.(asset.id) ?? null
  return [...withColumns(asset, item), ...fresh, ...relations, ...(finished ? [finished] : [])]
}

function labelName(annotation: Annotation, schema: SchemaJoin): string {
  for (const [name, id] of schema.labels) if (id === annotation.label) return name
  return ''
}

/** The annotation's record, or a sentence that says why it cannot be one. */
function annotationOf(parsed: ParsedAnnotation, asset: AssetId, schema: SchemaJoin, { author, layer, gold }: AnnotationTarget, seen: Map<string, number>): Annotation | string {
  const geometry = withTier(parsed.geometry, schema)
  if (geometry === null) return 'its tier is not among those of the file.'
  const label = parsed.label === null ? null : schema.labels.get(parsed.label)
  if (label === undefined) return `its class "${parsed.label}" is not among those of the file.`
  const { attributes, text, direction, language, order, flags, draft, provenance } = parsed
  const group = parsed.group === null ? null : `group:${digest([asset, layer, parsed.group])}` as GroupId
  const content = digest([asset, layer, provenance.format, provenance.sourceId, parsed.label, geometry, text, attributes])
  // Two rows that say the same are two annotations; the second is numbered.
  const times = seen.get(content) ?? 0
  seen.set(content, times + 1)
  const id = `annotation:${times === 0 ? content : `${content}-${times}`}` as AnnotationId
  const checked = Annotation.safeParse({ type: 'annotation', id, asset, layer, author, label, geometry, attributes, text, direction, language, group, order, flags, draft: draft && !gold, provenance: gold ? knownAnswer(provenance) : provenance })
  if (checked.success) return checked.data
  const issue = checked.error.issues[0]
  return `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not valid'}.`
}

function withTier(geometry: ParsedGeometry, schema: SchemaJoin): Geometry | null {
  if (geometry.kind !== 'segment') return geometry
  const tier = schema.tiers.get(geometry.tier)
  return tier === undefined ? null : { ...geometry, tier }
}

function relationOf(name: string, from: Annotation | string | undefined, to: Annotation | string | undefined, asset: AssetId, { author, layer }: AnnotationTarget): Relation[] {
  if (from === undefined || to === undefined || typeof from === 'string' || typeof to === 'string') return []
  return [{ type: 'relation', id: `relation:${digest([name, from.id, to.id])}` as RelationId, asset, layer, author, name, from: from.id, to: to.id }]
}

/** The asset with the columns that the file gives it, if they say something new. */
function withColumns(asset: Asset, item: ParsedItem): Asset[] {
  const columns = item.split === null ? item.metadata : { split: item.split, ...item.metadata }
  const isNew = Object.entries(columns).some(([column, value]) => asset.metadata[column] !== value)
  return isNew ? [{ ...asset, metadata: { ...asset.metadata, ...columns } }] : []
}

function noteSize(item: ParsedItem, asset: Asset & { kind: 'image' }, file: string, report: ReportBuilder): void {
  const { width, height } = item
  if (width === null || height === null || (width === asset.width && height === asset.height)) return
  const turned = asset.orientation >= 5 && width === asset.height && height === asset.width
  const why = turned ? ': it was measured before the picture was turned upright, so its shapes lie wrong. Export it anew from upright pictures.' : '. Check that the shapes lie where they should.'
  report.note(file, 'size-differs', atPlace(item.source.place, `it says ${width} × ${height} pixels for ${asset.name}, which has ${asset.width} × ${asset.height}${why}`))
}

const atPlace = (place: string, message: string) => (place === '' ? message : `${place}: ${message}`)

/** 30 hex digits of a SHA-256 over what makes an imported record that record. */
const digest = (parts: unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 30)
