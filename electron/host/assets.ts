import { QuorumError } from '#shared/contract/errors.ts'
import type { Asset } from '#shared/model/asset.ts'
import { locateAsset, progress, queryAssets, recordsOf } from '#electron/storage/assetQueries.ts'
import { authorOf, openProjectOf, viewerOf, type HostContext, type Noun } from './context.ts'

export function assetHandlers(context: HostContext): Noun<'assets'> {
  const db = () => openProjectOf(context).store.db
  return {
    'assets.query': ({ filter, offset, limit }) => queryAssets(db(), viewerOf(context), filter, offset, limit),
    'assets.locate': ({ filter, asset }) => ({ index: locateAsset(db(), viewerOf(context), filter, asset) }),
    'assets.progress': () => progress(db(), authorOf(context)),
    'assets.open'({ asset: id }) {
      const asset = openProjectOf(context).store.records.read(id)
      if (asset?.type !== 'asset') throw new QuorumError('not-found', `${id} is not in this project.`)
      return { asset: asset satisfies Asset, ...recordsOf(db(), viewerOf(context), id) }
    },
  }
}
