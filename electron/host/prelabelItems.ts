import type { AssetFilter } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import type { PrelabelReport, PrelabelRequest } from '#shared/contract/prelabel.ts'
import type { Asset } from '#shared/model/asset.ts'
import { queryAssets } from '#electron/storage/assetQueries.ts'
import { assetsOf } from './projectSink.ts'
import { openProjectOf, viewerOf, type HostContext } from './context.ts'

const page = 1000

export interface ChosenItems { readonly items: readonly Asset[]; readonly leftOut: PrelabelReport['leftOut'] }

/**
 * The items that a request is about and that the model can look at: of its kind, and with a file. Sorted, and shared out by their place among all of
 * their kind, so that the shares of a scheduler stay the same while people work.
 */
export function itemsOf(context: HostContext, request: Pick<PrelabelRequest, 'assets' | 'shard'> & { filter: AssetFilter | null }, kind: Asset['kind']): ChosenItems {
  const all = inShare(named(context, request.assets).filter((asset) => asset.kind === kind).toSorted((a, b) => (a.id < b.id ? -1 : 1)), request.shard)
  const wanted = request.assets ? all : all.filter(request.filter ? among(filtered(context, request.filter)) : notAmong(submitted(context)))
  const items = wanted.filter(({ findings }) => !findings.includes('missing-media'))
  return { items, leftOut: { submitted: request.assets || request.filter ? 0 : all.length - wanted.length, missing: wanted.length - items.length } }
}

function named(context: HostContext, ids: PrelabelRequest['assets']): Asset[] {
  const project = openProjectOf(context)
  if (ids === null) return [...assetsOf(project)]
  return [...new Set(ids)].map((id) => {
    const record = project.store.records.read(id)
    if (record?.type !== 'asset') throw new QuorumError('not-found', `${id} is not in this project.`)
    return record
  })
}

function inShare(assets: readonly Asset[], shard: PrelabelRequest['shard']): readonly Asset[] {
  if (shard && shard.index > shard.of) throw new QuorumError('invalid-input', `Share ${shard.index} of ${shard.of} does not exist; the first is 1.`)
  return shard ? assets.filter((_, index) => index % shard.of === shard.index - 1) : assets
}

const among = (ids: ReadonlySet<string>) => ({ id }: Asset) => ids.has(id)
const notAmong = (ids: ReadonlySet<string>) => ({ id }: Asset) => !ids.has(id)

function filtered(context: HostContext, filter: AssetFilter): ReadonlySet<string> {
  const { db } = openProjectOf(context).store
  const ids = new Set<string>()
  for (let offset = 0; ; offset += page) {
    const { rows, total } = queryAssets(db, viewerOf(context), filter, offset, page)
    for (const { id } of rows) ids.add(id)
    if (rows.length === 0 || offset + page >= total) return ids
  }
}

const submitted = (context: HostContext): ReadonlySet<string> =>
  new Set(openProjectOf(context).store.db.prepare(`SELECT DISTINCT asset FROM submissions WHERE state = 'submitted'`).pluck().all() as string[])
