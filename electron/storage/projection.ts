import type { AnyRecord, RecordType } from '#shared/model/record.ts'
import type { Db, Statement } from './database.ts'
import { naturalKey } from './naturalOrder.ts'

type Cell = string | number | null

interface Table {
  readonly table: string
  readonly columns: readonly string[]
  /** The cells of `columns` beside id and record. */
  readonly cells: (record: never) => Cell[]
}

function table<Type extends RecordType>(name: string, columns: readonly string[], cells: (record: Extract<AnyRecord, { type: Type }>) => Cell[]): Table {
  return { table: name, columns, cells: cells as (record: never) => Cell[] }
}

/** Where each type of record lives, and which of its fields stand in columns for queries. */
export const tables: { readonly [Type in RecordType]: Table } = {
  project: table<'project'>('projects', [], () => []),
  label: table<'label'>('labels', ['name'], (label) => [label.name]),
  tier: table<'tier'>('tiers', ['name'], (tier) => [tier.name]),
  asset: table<'asset'>('assets', ['name', 'sort_key', 'kind', 'perceptual_hash'], (asset) => [
    asset.name, naturalKey(asset.name), asset.kind, asset.kind === 'image' ? asset.perceptualHash : null,
  ]),
  annotation: table<'annotation'>('annotations', ['asset', 'layer', 'author', 'label', 'kind', 'draft', 'text'], (annotation) => [
    annotation.asset, annotation.layer, annotation.author, annotation.label, annotation.geometry.kind, annotation.draft ? 1 : 0, annotation.text,
  ]),
  relation: table<'relation'>('relations', ['asset', 'layer'], (relation) => [relation.asset, relation.layer]),
  submission: table<'submission'>('submissions', ['asset', 'author', 'state', 'at'], (submission) => [
    submission.asset, submission.author, submission.state, submission.at,
  ]),
  verdict: table<'verdict'>('verdicts', ['asset', 'author', 'about', 'subject'], (verdict) => [
    verdict.asset, verdict.author, verdict.about.kind, verdict.about.kind === 'draft' ? verdict.about.draft : verdict.about.dispute,
  ]),
}

/** Writes records into their tables. `insert` is for ids known to be new. */
export interface Projection {
  insert(record: AnyRecord, json: string): void
  put(record: AnyRecord, json: string): void
  remove(record: AnyRecord): void
  read(id: string): AnyRecord | undefined
}

export function projection(db: Db): Projection {
  const statements = new Map<string, Statement>()
  const prepared = (key: string, sql: () => string) => {
    let statement = statements.get(key)
    if (!statement) statements.set(key, (statement = db.prepare(sql())))
    return statement
  }
  const write = (verb: 'INSERT' | 'REPLACE', record: AnyRecord, json: string) => {
    const { table: name, columns, cells } = tables[record.type]
    const statement = prepared(`${verb} ${name}`, () => writeSql(verb, name, columns))
    statement.run(record.id, ...cells(record as never), json)
  }
  return {
    insert: (record, json) => write('INSERT', record, json),
    put: (record, json) => write('REPLACE', record, json),
    remove(record) {
      const name = tables[record.type].table
      prepared(`DELETE ${name}`, () => `DELETE FROM ${name} WHERE id = ?`).run(record.id)
    },
    read(id) {
      const type = id.slice(0, id.indexOf(':'))
      if (!Object.hasOwn(tables, type)) return undefined
      const name = tables[type as RecordType].table
      const row = prepared(`SELECT ${name}`, () => `SELECT record FROM ${name} WHERE id = ?`).get(id) as { record: string } | undefined
      return row && (JSON.parse(row.record) as AnyRecord)
    },
  }
}

/** An upsert instead of REPLACE, which would delete the row first and so trip over references to it. */
function writeSql(verb: 'INSERT' | 'REPLACE', name: string, columns: readonly string[]): string {
  const all = ['id', ...columns, 'record']
  const insert = `INSERT INTO ${name} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})`
  if (verb === 'INSERT') return insert
  return `${insert} ON CONFLICT (id) DO UPDATE SET ${all.slice(1).map((column) => `${column} = excluded.${column}`).join(', ')}`
}
