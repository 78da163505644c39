import { join } from 'node:path'
import type { Asset } from '#shared/model/asset.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { AnyRecord as Record } from '#shared/model/record.ts'
import { nearestAmong } from './nearDuplicates.ts'
import type { ImportSink } from './sink.ts'

/** A project in memory for tests: checks each record against the schema. */
export function memorySink(folder: string) {
  const records = new Map<string, AnyRecord>()
  const commits: { name: string; records: AnyRecord[] }[] = []
  const roots: string[] = []
  const assets = () => [...records.values()].filter((record): record is Asset => record.type === 'asset')
  const sink: ImportSink = {
    mediaFolder: join(folder, 'media'), cacheFolder: join(folder, 'cache'),
    known: (id) => assets().find((asset) => asset.id === id),
    nearest: (hash, maxBits) => nearestAmong(assets())(hash, maxBits),
    commit(name, batch) {
      commits.push({ name, records: batch })
      for (const record of batch) records.set(record.id, Record.parse(record))
    },
    allowRoot: (path) => void roots.push(path),
  }
  return { sink, records, commits, roots, assets }
}
