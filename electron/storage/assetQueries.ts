import type { AssetFilter, AssetRow, AssetStatus } from '#shared/contract/api.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Author } from '#shared/model/author.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { isControl } from '#shared/prelabel/control.ts'
import type { Db } from './database.ts'

/** Who looks, and whether others' work is held back until they have submitted theirs. */
export interface Viewer {
  readonly me: Author
  readonly blind: boolean
  /** Which items are shown to them without the work of models until they submit, see shared/prelabel/control.ts; null: none. */
  readonly control: { readonly seed: number; readonly share: number } | null
}

type Params = Record<string, string | number>

const submitted = `EXISTS (SELECT 1 FROM submissions s WHERE s.asset = a.id AND s.author = @me AND s.state = 'submitted')`
const begun = `EXISTS (SELECT 1 FROM annotations n WHERE n.asset = a.id AND n.layer = @me AND n.draft = 0)`
const statusIs: Record<AssetStatus, string> = {
  submitted, 'in-progress': `NOT ${submitted} AND ${begun}`, untouched: `NOT ${submitted} AND NOT ${begun}`,
}
const notBlind = ({ blind }: Viewer) => (blind ? `(n.layer = @me OR (n.draft = 1 AND json_extract(n.record, '$.provenance.by') <> 'human') OR ${submitted})` : '1')

/** What a model proposed, and what others made of it. */
const fromModel = `(json_extract(n.record, '$.provenance.by') IS 'model' OR json_extract(n.record, '$.provenance.origin.by') IS 'model')`
/** Whether asset `a` is to be labeled unaided. The numbers are ours, not a person's words. */
const unaided = ({ control }: Viewer) => (control === null ? '0' : `(is_control(a.id, ${control.seed}, ${control.share}) AND NOT ${submitted})`)

/** Whether annotation `n` of asset `a` may be seen. */
export const visible = (viewer: Viewer) => (viewer.control === null ? notBlind(viewer) : `(${notBlind(viewer)} AND NOT (n.layer <> @me AND ${fromModel} AND ${unaided(viewer)}))`)

/** Whether draft `n` still waits for my verdict. */
const undecided = `NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.about = 'draft' AND v.subject = n.id AND v.author = @me)`

/** The same of one record, which may be gone. */
export function maySee(db: Db, viewer: Viewer, record: AnyRecord): boolean {
  const { me, blind } = viewer
  if (heldInControl(db, viewer, record)) return false
  if (!blind) return true
  if (record.type === 'submission' || record.type === 'verdict') return record.author === me
  if (record.type !== 'annotation' && record.type !== 'relation') return true
  if (record.layer === (me as string) || (record.type === 'annotation' && record.draft && record.provenance.by !== 'human')) return true
  return db.prepare(`SELECT 1 FROM assets a WHERE a.id = @asset AND ${submitted}`).get({ me, asset: record.asset }) !== undefined
}

/** Whether a record is held back because its item is labeled unaided. */
export function heldInControl(db: Db, viewer: Viewer, record: AnyRecord): boolean {
  if (viewer.control === null || (record.type !== 'annotation' && record.type !== 'verdict')) return false
  const mine = record.type === 'annotation' ? record.layer === (viewer.me as string) : record.author === viewer.me
  const ofModel = record.type === 'annotation' ? comesFromModel(record) : record.about.kind === 'draft'
  return !mine && ofModel && labelsUnaided(db, viewer, record.asset)
}

const comesFromModel = ({ provenance }: Annotation) => provenance.by === 'model' || (provenance.by === 'human' && provenance.origin?.by === 'model')

/** Whether the item is shown to the viewer without the work of models, for now. */
export function labelsUnaided(db: Db, { me, control }: Viewer, asset: AssetId): boolean {
  if (control === null || !isControl(control.seed, asset, control.share)) return false
  return db.prepare(`SELECT 1 FROM assets a WHERE a.id = @asset AND ${submitted}`).get({ me, asset }) === undefined
}

/** One page of the items that pass the filter, in the natural order of their names. */
export function queryAssets(db: Db, viewer: Viewer, filter: AssetFilter, offset: number, limit: number): { total: number; rows: AssetRow[] } {
  const { where, params } = conditions(filter, viewer)
  const total = db.prepare(`SELECT count(*) FROM assets a WHERE ${where}`).pluck().get(params) as number
  const rows = db.prepare(
    `SELECT a.record,
       (SELECT count(*) FROM annotations n WHERE n.asset = a.id AND n.draft = 0 AND ${visible(viewer)}) AS annotations,
       (SELECT count(*) FROM annotations n WHERE n.asset = a.id AND n.draft = 1 AND ${visible(viewer)} AND ${undecided}) AS drafts,
       CASE WHEN ${submitted} THEN 'submitted' WHEN ${begun} THEN 'in-progress' ELSE 'untouched' END AS status
     FROM assets a WHERE ${where} ORDER BY a.sort_key, a.id LIMIT @limit OFFSET @offset`,
  ).all({ me: viewer.me, ...params, limit, offset }) as { record: string; annotations: number; drafts: number; status: AssetStatus }[]
  return { total, rows: rows.map((row) => toRow(JSON.parse(row.record), row)) }
}

/** Where an item stands among those that pass the filter, from 0; null when it does not pass. */
export function locateAsset(db: Db, viewer: Viewer, filter: AssetFilter, asset: AssetId): number | null {
  const { where, params } = conditions(filter, viewer)
  const place = db.prepare(`SELECT a.sort_key FROM assets a WHERE a.id = @asset AND ${where}`).pluck().get({ ...params, asset }) as string | undefined
  if (place === undefined) return null
  return db.prepare(`SELECT count(*) FROM assets a WHERE (a.sort_key, a.id) < (@place, @asset) AND ${where}`).pluck().get({ ...params, place, asset }) as number
}

/** An item's records that the viewer may see, and how many layers are held back. */
export function recordsOf(db: Db, viewer: Viewer, asset: AssetId): { records: AnyRecord[]; hidden: number; unaided: boolean } {
  const params = { me: viewer.me, asset }
  const seen = visible(viewer)
  const alone = labelsUnaided(db, viewer, asset)
  const annotations = db.prepare(`SELECT n.record FROM annotations n JOIN assets a ON a.id = n.asset WHERE n.asset = @asset AND (${seen})`).pluck().all(params)
  const relations = db.prepare(`SELECT n.record FROM (SELECT *, 0 AS draft FROM relations) n JOIN assets a ON a.id = n.asset WHERE n.asset = @asset AND (${seen})`).pluck().all(params)
  const of = (table: 'submissions' | 'verdicts') =>
    db.prepare(`SELECT s.record FROM ${table} s WHERE s.asset = @asset AND (s.author = @me OR @blind = 0)`).pluck().all({ ...params, blind: viewer.blind ? 1 : 0 })
  const hidden = !viewer.blind ? 0 : db.prepare(`SELECT count(DISTINCT n.layer) FROM annotations n JOIN assets a ON a.id = n.asset WHERE n.asset = @asset AND NOT (${notBlind(viewer)})`).pluck().get(params) as number
  const records = [...annotations, ...relations, ...of('submissions'), ...of('verdicts')].map((record) => JSON.parse(record as string) as AnyRecord)
  return { records: alone ? records.filter((record) => !heldInControl(db, viewer, record)) : records, hidden, unaided: alone }
}

export function progress(db: Db, me: Author): { total: number; submitted: number; inProgress: number } {
  return db.prepare(`SELECT count(*) AS total, coalesce(sum(${submitted}), 0) AS submitted, coalesce(sum(${statusIs['in-progress']}), 0) AS inProgress FROM assets a`)
    .get({ me }) as { total: number; submitted: number; inProgress: number }
}

function conditions(filter: AssetFilter, viewer: Viewer): { where: string; params: Params } {
  const parts = ['1']
  const params: Params = {}
  const need = (sql: string, values: Params = {}) => {
    parts.push(`(${sql})`)
    Object.assign(params, values)
  }
  if (filter.text) {
    const text = `%${filter.text.slice(0, 1000).normalize('NFC').replaceAll(/[\\%_]/gu, (sign) => `\\${sign}`)}%`
    need(`a.name LIKE @text ESCAPE '\\' OR EXISTS (SELECT 1 FROM annotations n WHERE n.asset = a.id AND n.text LIKE @text ESCAPE '\\' AND ${visible(viewer)})`, { text })
  }
  if (filter.kind) need('a.kind = @kind', { kind: filter.kind })
  if (filter.status) need(statusIs[filter.status])
  if (filter.label) need(`EXISTS (SELECT 1 FROM annotations n WHERE n.asset = a.id AND n.label = @label AND ${visible(viewer)})`, { label: filter.label })
  if (filter.geometry) need(`EXISTS (SELECT 1 FROM annotations n WHERE n.asset = a.id AND n.kind = @geometry AND ${visible(viewer)})`, { geometry: filter.geometry })
  if (filter.finding) need(`EXISTS (SELECT 1 FROM json_each(a.record, '$.findings') f WHERE f.value = @finding)`, { finding: filter.finding })
  const where = parts.join(' AND ')
  // The driver refuses named values that a statement does not use.
  return { where, params: where.includes('@me') ? { ...params, me: viewer.me } : params }
}

function toRow(asset: Asset, row: { annotations: number; drafts: number; status: AssetStatus }): AssetRow {
  const image = asset.kind === 'image'
  return {
    id: asset.id, name: asset.name, kind: asset.kind, width: image ? asset.width : 0, height: image ? asset.height : 0,
    duration: image ? 0 : asset.duration, findings: asset.findings, status: row.status, annotations: row.annotations, drafts: row.drafts,
  }
}
