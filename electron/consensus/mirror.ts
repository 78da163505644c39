import type { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Author } from '#shared/model/author.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { Project } from '#shared/model/project.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { DisputeVerdict } from '#shared/model/verdict.ts'
import { openForReading, type Db } from '#electron/storage/database.ts'
import { changedItems, positionOf, projectOf, readWork, unsubmittedWork, type WorkRows } from '#electron/storage/workQueries.ts'

/** One item's work as it counts. */
export interface ItemWork {
  readonly asset: Asset
  /** Everybody whose work counts, sorted: in a blind project those who submitted, else those who marked something too. */
  readonly people: readonly Author[]
  readonly annotations: readonly Annotation[]
  readonly relations: readonly Relation[]
  readonly final: readonly Annotation[]
  readonly verdicts: readonly DisputeVerdict[]
  /** When each person submitted, milliseconds since 1970. */
  readonly submitted: ReadonlyMap<Author, number>
  /** Who has begun and not submitted. */
  readonly begun: readonly Author[]
}

/** A project's work in memory, kept up with the log. An item that changes becomes another object, so that what was computed from it can hang on it. */
export interface Mirror {
  readonly db: Db
  /** Reads what changed since the last time. `changed` null: everything is new. */
  sync(): { readonly revision: number; readonly changed: ReadonlySet<AssetId> | null }
  readonly revision: number
  readonly project: Project
  /** In the natural order of their names. */
  readonly items: ReadonlyMap<AssetId, ItemWork>
  close(): void
}

/** `path`: the project's database. */
export function mirrorOf(path: string): Mirror {
  const db = openForReading(path)
  let revision = -1
  let project = projectOf(db)
  let items = new Map<AssetId, ItemWork>()

  const readAll = () => {
    items = new Map(readWork(db, null).map((rows) => [rows.asset.id, workOf(rows, project)]))
    return null
  }
  const readSome = (changed: Set<AssetId>) => {
    const read = new Map(readWork(db, [...changed]).map((rows) => [rows.asset.id, workOf(rows, project)]))
    // A new or renamed item has a place in the order that only the whole list tells.
    const moved = [...changed].some((id) => items.get(id)?.asset.name !== read.get(id)?.asset.name)
    if (moved) return readAll()
    for (const [id, work] of read) items.set(id, work)
    return changed
  }
  const sync = db.transaction(() => {
    const now = positionOf(db).revision
    const was = project.visibility
    if (now !== revision) project = projectOf(db)
    // Whose work counts hangs on it.
    if (project.visibility !== was) revision = -1
    const changed = revision < 0 ? null : now === revision ? new Set<AssetId>() : changedItems(db, revision)
    const done = changed === null ? readAll() : changed.size > 0 ? readSome(changed) : changed
    revision = now
    return { revision, changed: done }
  })
  return {
    db, sync: () => sync(),
    get revision() { return revision },
    get project() { return project },
    get items() { return items },
    close: () => db.close(),
  }
}

function workOf(rows: WorkRows, { visibility }: Project): ItemWork {
  const submitted = new Map(rows.submissions.flatMap(({ author, state, at }) => (state === 'submitted' ? [[author, at] as const] : [])))
  const counts = (layer: string) => visibility === 'open' || submitted.has(layer as Author)
  const annotations = rows.annotations.filter(({ layer }) => counts(layer))
  const people = [...new Set([...submitted.keys(), ...annotations.map(({ layer }) => layer as string as Author)])].sort()
  return {
    asset: rows.asset, people, annotations, relations: rows.relations.filter(({ layer }) => counts(layer)), final: rows.final,
    verdicts: rows.verdicts.toSorted((a, b) => a.at - b.at), submitted, begun: unsubmittedWork(rows),
  }
}
