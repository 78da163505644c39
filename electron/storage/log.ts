import { createHash } from 'node:crypto'
import type { Author } from '#shared/model/author.ts'
import type { Change, ChangeRequest, Intent } from '#shared/model/change.ts'
import type { Clock } from '#shared/model/clock.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import type { AssetId, ChangeId } from '#shared/model/id.ts'
import type { Db } from './database.ts'

export type Scope = 'item' | 'schema' | 'bulk'

/** A row of `changes`; `diff` is text, kept to the byte because the digest is over it. */
export interface LogRow {
  readonly seq: number
  readonly id: ChangeId
  readonly clock: Clock
  readonly author: Author
  readonly asset: AssetId | null
  readonly name: string
  readonly intent: Intent['kind']
  readonly target: ChangeId | null
  readonly duration_ms: number | null
  readonly scope: Scope
  readonly labels: 0 | 1
  readonly digest: string
  readonly diff: string
}

/** The append-only log. */
export interface Log {
  append(row: Omit<LogRow, 'seq' | 'digest'>): void
  find(id: ChangeId): LogRow | undefined
  count(): number
  /** Grows with every change; the cursor of the newest. */
  revision(): number
  lastClock(): Clock | null
  since(seq: number, limit: number): LogRow[]
  /** Every change in the order of the clocks, which is the order in which they count. */
  inOrder(): IterableIterator<LogRow>
  /** Ids and intents of one person's changes of one item (or of the schema), oldest first. */
  intents(asset: AssetId | null, author: Author): Pick<LogRow, 'id' | 'intent' | 'target'>[]
  schemaVersions(): Pick<LogRow, 'id' | 'name' | 'author' | 'clock'>[]
  schemaVersion(): number
  hash(): string
}

export function changeLog(db: Db): Log {
  const insert = db.prepare(
    `INSERT INTO changes (id, clock, author, asset, name, intent, target, duration_ms, scope, labels, digest, diff)
     VALUES (@id, @clock, @author, @asset, @name, @intent, @target, @duration_ms, @scope, @labels, @digest, @diff)`)
  const find = db.prepare('SELECT * FROM changes WHERE id = ?')
  const count = db.prepare('SELECT count(*) FROM changes').pluck()
  const newest = db.prepare('SELECT coalesce(max(seq), 0) FROM changes').pluck()
  const lastClock = db.prepare('SELECT max(clock) FROM changes').pluck()
  const since = db.prepare('SELECT * FROM changes WHERE seq > ? ORDER BY seq LIMIT ?')
  const inOrder = db.prepare('SELECT * FROM changes ORDER BY clock')
  const ofItem = db.prepare('SELECT id, intent, target FROM changes WHERE asset = ? AND author = ? ORDER BY seq')
  const ofSchema = db.prepare(`SELECT id, intent, target FROM changes WHERE scope = 'schema' AND author = ? ORDER BY seq`)
  const versions = db.prepare('SELECT id, name, author, clock FROM changes WHERE labels = 1 ORDER BY seq')
  const version = db.prepare('SELECT count(*) FROM changes WHERE labels = 1').pluck()
  const digests = db.prepare('SELECT digest FROM changes ORDER BY digest').pluck()
  return {
    append: (row) => void insert.run({ ...row, digest: digestOf(row) }),
    find: (id) => find.get(id) as LogRow | undefined,
    count: () => count.get() as number,
    revision: () => newest.get() as number,
    lastClock: () => lastClock.get() as Clock | null,
    since: (seq, limit) => since.all(seq, limit) as LogRow[],
    inOrder: () => inOrder.iterate() as IterableIterator<LogRow>,
    intents: (asset, author) => (asset === null ? ofSchema.all(author) : ofItem.all(asset, author)) as LogRow[],
    schemaVersions: () => versions.all() as LogRow[],
    schemaVersion: () => version.get() as number,
    hash() {
      const hash = createHash('sha256')
      for (const digest of digests.iterate()) hash.update(digest as string)
      return hash.digest('hex')
    },
  }
}

/** SHA-256 over everything that a change says; its place in this copy (`seq`) is no part of it. */
export function digestOf(row: Omit<LogRow, 'seq' | 'digest'>): string {
  const head = JSON.stringify([row.id, row.clock, row.author, row.asset, row.name, row.intent, row.target, row.duration_ms])
  return createHash('sha256').update(head).update('\n').update(row.diff).digest('hex')
}

export function toChange(row: LogRow): Change {
  return {
    id: row.id, clock: row.clock, author: row.author, name: row.name, asset: row.asset, durationMs: row.duration_ms,
    intent: row.intent === 'do' ? { kind: 'do' } : { kind: row.intent, target: row.target! },
    diff: JSON.parse(row.diff),
  }
}

/** Changes of one item; changes of the schema, which undo in the projects view walks; and imports and the like. */
export function scopeOf(request: ChangeRequest): Scope {
  if (request.asset !== null) return 'item'
  const { added, updated, removed } = request.diff
  const all: AnyRecord[] = [...Object.values(added), ...Object.values(updated).map(([, to]) => to), ...Object.values(removed)]
  const brings = Object.values(added).some((record) => record.type === 'annotation' || record.type === 'asset')
  return !brings && all.some(({ type }) => type === 'label' || type === 'project' || type === 'tier') ? 'schema' : 'bulk'
}
