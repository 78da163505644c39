import { join } from 'node:path'
import type { Asset } from '#shared/model/asset.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { AnyRecord as Record } from '#shared/model/record.ts'
import { differingBits } from './hammingIndex.ts'
import type { ImportSink } from './sink.ts'

/** A project in memory for tests: checks each record against the schema, finds near pictures by comparing all. */
export function memorySink(folder: string) {
  const records = new Map<string, AnyRecord>()
  const commits: { name: string; records: AnyRecord[] }[] = []
  const roots: string[] = []
  const assets = () => [...records.values()].filter((record): record is Asset => record.type === 'asset')
  const sink: ImportSink = {
    mediaFolder: join(folder, 'media'), cacheFolder: join(folder, 'cache'),
    known: (id) => assets().find((asset) => asset.id === id),
    nearest(hash, maxBits) {
      for (const asset of assets()) {
        if (asset.kind !== 'image' || asset.perceptualHash === null) continue
        if (differingBits(BigInt(`0x${hash}`), BigInt(`0x${asset.perceptualHash}`)) <= maxBits) return { id: asset.id, name: asset.name }
      }
      return null
    },
    commit(name, batch) {
      commits.push({ name, records: batch })
      for (const record of batch) records.set(record.id, Record.parse(record))
    },
    allowRoot: (path) => void roots.push(path),
  }
  return { sink, records, commits, roots, assets }
}
