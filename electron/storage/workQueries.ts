import type { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'
import { layerOf, type Author } from '#shared/model/author.ts'
import type { Clock } from '#shared/model/clock.ts'
import type { Diff } from '#shared/model/diff.ts'
import type { AnnotationId, AssetId, ChangeId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Project } from '#shared/model/project.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { Submission } from '#shared/model/submission.ts'
import type { Tier } from '#shared/model/tier.ts'
import type { DisputeVerdict } from '#shared/model/verdict.ts'
import type { Db } from './database.ts'

/** One item with everything that people did on it; drafts and the layers of nobody are left out. */
export interface WorkRows {
  readonly asset: Asset
  readonly annotations: readonly Annotation[]
  readonly relations: readonly Relation[]
  readonly submissions: readonly Submission[]
  readonly verdicts: readonly DisputeVerdict[]
  /** What an adjudicator settled: the layer `final`. */
  readonly final: readonly Annotation[]
}

/** The layers that are nobody's work. */
const people = `layer NOT IN ('final', 'consensus')`

/** The work on these items, or on all, in the natural order of their names; read in bulk, not item by item. */
export function readWork(db: Db, assets: readonly AssetId[] | null): WorkRows[] {
  const chosen = assets === null ? null : JSON.stringify(assets)
  const where = (column: string) => (chosen === null ? '1' : `${column} IN (SELECT value FROM json_each(@chosen))`)
  const all = <Row>(sql: string): Row[] => (db.prepare(sql).pluck().all(chosen === null ? {} : { chosen }) as string[]).map((text) => JSON.parse(text))
  const byItem = <Row extends { readonly asset: AssetId }>(sql: string) => Map.groupBy(all<Row>(sql), ({ asset }) => asset)
  const items = all<Asset>(`SELECT record FROM assets WHERE ${where('id')} ORDER BY sort_key, id`)
  const annotations = byItem<Annotation>(`SELECT record FROM annotations WHERE ${where('asset')} AND draft = 0 AND ${people}`)
  const final = byItem<Annotation>(`SELECT record FROM annotations WHERE ${where('asset')} AND draft = 0 AND layer = 'final'`)
  const relations = byItem<Relation>(`SELECT record FROM relations WHERE ${where('asset')} AND ${people}`)
  const submissions = byItem<Submission>(`SELECT record FROM submissions WHERE ${where('asset')}`)
  const verdicts = byItem<DisputeVerdict>(`SELECT record FROM verdicts WHERE ${where('asset')} AND about = 'dispute'`)
  return items.map((asset) => ({
    asset, annotations: annotations.get(asset.id) ?? [], relations: relations.get(asset.id) ?? [], submissions: submissions.get(asset.id) ?? [],
    verdicts: verdicts.get(asset.id) ?? [], final: final.get(asset.id) ?? [],
  }))
}

/** An item's drafts, and who has decided about which. */
export interface DraftRows { readonly drafts: readonly Annotation[]; readonly decided: readonly { readonly draft: AnnotationId; readonly author: Author }[] }

/** The drafts of these items, or of all; items without drafts are left out. */
export function readDrafts(db: Db, assets: readonly AssetId[] | null): Map<AssetId, DraftRows> {
  const chosen = assets === null ? {} : { chosen: JSON.stringify(assets) }
  const where = (column: string) => (assets === null ? '1' : `${column} IN (SELECT value FROM json_each(@chosen))`)
  const drafts = (db.prepare(`SELECT record FROM annotations WHERE ${where('asset')} AND draft = 1`).pluck().all(chosen) as string[]).map((text) => JSON.parse(text) as Annotation)
  const verdicts = db.prepare(`SELECT asset, subject AS draft, author FROM verdicts WHERE ${where('asset')} AND about = 'draft'`).all(chosen) as { asset: AssetId; draft: AnnotationId; author: Author }[]
  const decided = Map.groupBy(verdicts, ({ asset }) => asset)
  return new Map([...Map.groupBy(drafts, ({ asset }) => asset)].map(([asset, rows]) => [asset, { drafts: rows, decided: decided.get(asset) ?? [] }]))
}

/** Changes that are looked through one by one; after more of them it is cheaper to read everything. */
const mostChanges = 500, mostBytes = 40_000_000

/** The items that changed after `revision`; null when so much changed that everything must be read anew. */
export function changedItems(db: Db, revision: number): Set<AssetId> | null {
  const { rows, bytes } = db.prepare('SELECT count(*) AS rows, coalesce(sum(length(diff)), 0) AS bytes FROM changes WHERE seq > ?').get(revision) as { rows: number; bytes: number }
  if (rows > mostChanges || bytes > mostBytes) return null
  const items = new Set<AssetId>()
  for (const { asset, diff } of db.prepare('SELECT asset, diff FROM changes WHERE seq > ?').all(revision) as { asset: AssetId | null; diff: string }[]) {
    if (asset !== null) items.add(asset)
    else for (const item of itemsIn(JSON.parse(diff))) items.add(item)
  }
  return items
}

function* itemsIn({ added, updated, removed }: Diff): Generator<AssetId> {
  for (const record of [...Object.values(added), ...Object.values(removed), ...Object.values(updated).flat()]) {
    if (record.type === 'asset') yield record.id
    // What a run wrote is nobody's work.
    else if ('asset' in record && !('layer' in record && record.layer === 'consensus')) yield record.asset
  }
}

export const projectOf = (db: Db): Project => JSON.parse(db.prepare('SELECT record FROM projects LIMIT 1').pluck().get() as string)

/** The project's labels and tiers. */
export function schemaOf(db: Db): { labels: Label[]; tiers: Tier[] } {
  const all = <Row>(table: 'labels' | 'tiers') => (db.prepare(`SELECT record FROM ${table} ORDER BY id`).pluck().all() as string[]).map((text): Row => JSON.parse(text))
  return { labels: all<Label>('labels'), tiers: all<Tier>('tiers') }
}

/** What stands on an item in a layer that is nobody's. */
export const layerOn = (db: Db, layer: 'final' | 'consensus', asset: AssetId): Annotation[] =>
  (db.prepare('SELECT record FROM annotations WHERE asset = ? AND layer = ? AND draft = 0 ORDER BY id').pluck().all(asset, layer) as string[]).map((text) => JSON.parse(text))

/** The newest change of this copy: its place and its id, which together tell one log from another. */
export const positionOf = (db: Db): { revision: number; change: ChangeId | null } =>
  (db.prepare('SELECT seq AS revision, id AS change FROM changes ORDER BY seq DESC LIMIT 1').get() as { revision: number; change: ChangeId } | undefined) ?? { revision: 0, change: null }

/** Who is at an item without having submitted it: who marked something in their own layer (an imported layer is nobody at work), or opened their submission again. */
export const unsubmittedWork = ({ annotations, submissions }: Pick<WorkRows, 'annotations' | 'submissions'>): Author[] => {
  const done = new Set(submissions.filter(({ state }) => state === 'submitted').map(({ author }) => author))
  const at = [...annotations.flatMap(({ layer, author }) => (layer === layerOf(author) ? [author] : [])), ...submissions.map(({ author }) => author)]
  return [...new Set(at)].filter((author) => !done.has(author)).sort()
}

/** Changes of a name, the newest first, and whether each stands as taken back. */
export function changesNamed(db: Db, name: string): { id: ChangeId; author: Author; clock: Clock; undone: boolean }[] {
  return (db.prepare(
    `SELECT c.id, c.author, c.clock, (SELECT t.intent FROM changes t WHERE t.target = c.id ORDER BY t.seq DESC LIMIT 1) AS last
     FROM changes c WHERE c.name = ? AND c.intent = 'do' ORDER BY c.seq DESC`,
  ).all(name) as { id: ChangeId; author: Author; clock: Clock; last: string | null }[]).map(({ last, ...change }) => ({ ...change, undone: last === 'undo' }))
}

/** Whether the log of this copy has that change at that place. */
export const hasPosition = (db: Db, { revision, change }: { revision: number; change: ChangeId | null }): boolean =>
  db.prepare('SELECT 1 FROM changes WHERE seq = ? AND id = ?').get(revision, change) !== undefined

/** Everything in the layer `consensus`. */
export function consensusLayer(db: Db): { annotations: Annotation[]; relations: Relation[] } {
  const all = <Row>(table: 'annotations' | 'relations') => (db.prepare(`SELECT record FROM ${table} WHERE layer = 'consensus'`).pluck().all() as string[]).map((text): Row => JSON.parse(text))
  return { annotations: all<Annotation>('annotations'), relations: all<Relation>('relations') }
}

/** What a change did. */
export const diffOfChange = (db: Db, id: ChangeId): Diff => JSON.parse(db.prepare('SELECT diff FROM changes WHERE id = ?').pluck().get(id) as string)

/** What changes other than runs, and the taking back of runs, did to items on which a run wrote, the oldest first; a change of the schema is about no item. */
export const changesBesideRuns = (db: Db): Diff[] => (db.prepare(
  `SELECT diff FROM changes WHERE scope <> 'schema' AND id NOT LIKE 'change:consensus-%' AND coalesce(target, '') NOT LIKE 'change:consensus-%'
   AND (instr(diff, '"annotation:consensus/') > 0 OR instr(diff, '"relation:consensus/') > 0) ORDER BY seq`,
).pluck().all() as string[]).map((text) => JSON.parse(text))
