import { applyDiff, sameValue } from '#shared/model/apply.ts'
import type { Author } from '#shared/model/author.ts'
import type { Change, ChangeRequest } from '#shared/model/change.ts'
import { tick, type Clock } from '#shared/model/clock.ts'
import { after, type Diff } from '#shared/model/diff.ts'
import { randomToken, newChangeId } from '#shared/model/id.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { guarded, type Db } from './database.ts'
import { checkpoints } from './checkpoint.ts'
import { changeLog, scopeOf, toChange, type Log } from './log.ts'
import { projection, type Projection } from './projection.ts'

export interface Applied {
  readonly change: Change
  readonly revision: number
  /** The touched records that are not as the request asked, because others changed them. */
  readonly differing: AnyRecord[]
}

/** One open project database: the log, its projection, and the one way in which both change. */
export interface ProjectStore {
  readonly db: Db
  readonly log: Log
  readonly records: Projection
  /** One durable transaction. The same request twice is one change. `check` may refuse what the diff would do. */
  apply(request: ChangeRequest, author: Author, check?: (effect: Diff) => void): Applied
  /** Adds records that are new for certain (ids made just now); nothing is looked up, so that imports run at the database's speed. */
  addNew(name: string, author: Author, records: readonly AnyRecord[]): Change
}

export function projectStore(db: Db, path: string, now: () => number): ProjectStore {
  const log = changeLog(db)
  const records = projection(db)
  const node = nodeOf(db)
  const folding = checkpoints(db)
  let last = log.lastClock()

  const append = (request: ChangeRequest, author: Author, clock: Clock, diffText: string) => {
    const target = request.intent.kind === 'do' ? null : request.intent.target
    const scope = (target && log.find(target)?.scope) || scopeOf(request)
    log.append({
      id: request.id, clock, author, asset: request.asset, name: request.name, intent: request.intent.kind, target,
      duration_ms: request.durationMs, scope, labels: touchesLabels(request.diff) ? 1 : 0, diff: diffText,
    })
  }

  const applyOnce = db.transaction((request: ChangeRequest, author: Author, clock: Clock, check?: (effect: Diff) => void): Diff => {
    const effect = applyDiff((id) => records.read(id), request.diff)
    check?.(effect)
    for (const record of Object.values(effect.added)) records.insert(record, JSON.stringify(record))
    for (const [, to] of Object.values(effect.updated)) records.put(to, JSON.stringify(to))
    for (const record of Object.values(effect.removed)) records.remove(record)
    append(request, author, clock, JSON.stringify(request.diff))
    return effect
  })

  const insertAll = db.transaction((request: ChangeRequest, author: Author, clock: Clock, texts: string[], all: readonly AnyRecord[]) => {
    all.forEach((record, index) => records.insert(record, texts[index]!))
    const entries = all.map((record, index) => `${JSON.stringify(record.id)}:${texts[index]}`)
    append(request, author, clock, `{"added":{${entries.join(',')}},"updated":{},"removed":{}}`)
  })

  return {
    db, log, records,
    apply(request, author, check) {
      return guarded(path, () => {
        const known = log.find(request.id)
        if (known) return { change: toChange(known), revision: log.revision(), differing: differing(request.diff, (id) => records.read(id)) }
        const clock = tick(last, now(), node)
        const effect = applyOnce.immediate(request, author, clock, check)
        last = clock
        folding.committed()
        const standing = (id: string) => effect.added[id] ?? effect.updated[id]?.[1] ?? records.read(id)
        return { change: { ...request, clock, author }, revision: log.revision(), differing: differing(request.diff, standing) }
      })
    },
    addNew(name, author, all) {
      return guarded(path, () => {
        const diff: Diff = { added: Object.fromEntries(all.map((record) => [record.id, record])), updated: {}, removed: {} }
        const request: ChangeRequest = { id: newChangeId(), name, asset: null, intent: { kind: 'do' }, durationMs: null, diff }
        const clock = tick(last, now(), node)
        insertAll.immediate(request, author, clock, all.map((record) => JSON.stringify(record)), all)
        last = clock
        folding.committed()
        return { ...request, clock, author }
      })
    },
  }
}

/** Eight characters that name this copy of the project in its clocks. */
function nodeOf(db: Db): string {
  const known = db.prepare(`SELECT value FROM meta WHERE key = 'node'`).pluck().get() as string | undefined
  if (known) return known
  const node = randomToken(8)
  if (!db.readonly) db.prepare(`INSERT INTO meta (key, value) VALUES ('node', ?)`).run(node)
  return node
}

function touchesLabels(diff: Diff): boolean {
  for (const part of [diff.added, diff.updated, diff.removed]) for (const id in part) if (id.startsWith('label:')) return true
  return false
}

function differing(diff: Diff, current: (id: string) => AnyRecord | undefined): AnyRecord[] {
  return after(diff).flatMap((wanted) => {
    const is = current(wanted.id)
    return is && !sameValue(is, wanted) ? [is] : []
  })
}
