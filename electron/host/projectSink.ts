import { updating } from '#shared/model/diff.ts'
import { newChangeId, type AssetId } from '#shared/model/id.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Author } from '#shared/model/author.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import type { ImportSink } from '#electron/importing/sink.ts'
import { nearestAmong } from '#electron/importing/nearDuplicates.ts'
import type { OpenProject } from '#electron/storage/projectFolder.ts'

/** The open project, as an import sees it. */
export function projectSink(project: OpenProject, author: Author): ImportSink {
  const { store } = project
  const exists = store.db.prepare('SELECT 1 FROM assets WHERE id = ?').pluck()
  return {
    mediaFolder: project.media, cacheFolder: project.cache,
    known(id: AssetId) {
      const record = exists.get(id) === undefined ? undefined : store.records.read(id)
      return record?.type === 'asset' ? record : undefined
    },
    nearest: nearestAmong(assetsOf(project)),
    commit(name, records) {
      const pairs = records.map((record) => [store.records.read(record.id), record] as const)
      const fresh = pairs.flatMap(([was, record]) => (was === undefined ? [record] : []))
      const changed = pairs.flatMap(([was, record]): [AnyRecord, AnyRecord][] => (was === undefined ? [] : [[was, record]]))
      // Changed ones first: a new annotation may point to a label that the same batch completes.
      if (changed.length > 0) store.apply({ id: newChangeId(), name, asset: null, intent: { kind: 'do' }, durationMs: null, diff: updating(...changed) }, author)
      if (fresh.length > 0) store.addNew(name, author, fresh)
    },
    allowRoot: (path) => void store.db.prepare('INSERT OR IGNORE INTO media_roots (path) VALUES (?)').run(path),
  }
}

/** Every asset, one after the other. */
export function* assetsOf(project: Pick<OpenProject, 'store'>): Generator<Asset> {
  for (const text of project.store.db.prepare('SELECT record FROM assets').pluck().all() as string[]) yield JSON.parse(text)
}

/** The folders outside the project from which media may be shown. */
export const mediaRoots = (project: OpenProject): string[] => project.store.db.prepare('SELECT path FROM media_roots').pluck().all() as string[]
