import type { AssetFilter } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import type { PrelabelRequest } from '#shared/contract/prelabel.ts'
import type { Asset } from '#shared/model/asset.ts'
import { queryAssets } from '#electron/storage/assetQueries.ts'
import { assetsOf } from './projectSink.ts'
import { openProjectOf, viewerOf, type HostContext } from './context.ts'

const page = 1000

/** The items that a request is about and that the model can look at: of its kind, and with a file. Sorted, so that shares of a scheduler are the same everywhere. */
export function itemsOf(context: HostContext, request: Pick<PrelabelRequest, 'assets' | 'shard'> & { filter: AssetFilter | null }, kind: Asset['kind']): Asset[] {
  const { store } = openProjectOf(context)
  const read = (id: string): Asset => {
    const record = store.records.read(id)
    if (record?.type !== 'asset') throw new QuorumError('not-found', `${id} is not in this project.`)
    return record
  }
  const all = request.assets ? [...new Set(request.assets)].map(read) : request.filter ? filtered(context, request.filter).map(read) : notSubmitted(context)
  const able = all.filter((asset) => asset.kind === kind && !asset.findings.includes('missing-media')).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const { shard } = request
  if (shard && shard.index > shard.of) throw new QuorumError('invalid-input', `Share ${shard.index} of ${shard.of} does not exist; the first is 1.`)
  return shard ? able.filter((_, index) => index % shard.of === shard.index - 1) : able
}

function filtered(context: HostContext, filter: AssetFilter): string[] {
  const { db } = openProjectOf(context).store
  const ids: string[] = []
  for (;;) {
    const { rows, total } = queryAssets(db, viewerOf(context), filter, ids.length, page)
    ids.push(...rows.map(({ id }) => id))
    if (rows.length === 0 || ids.length >= total) return ids
  }
}

function notSubmitted(context: HostContext): Asset[] {
  const project = openProjectOf(context)
  const submitted = new Set(project.store.db.prepare(`SELECT DISTINCT asset FROM submissions WHERE state = 'submitted'`).pluck().all() as string[])
  return [...assetsOf(project)].filter(({ id }) => !submitted.has(id))
}
