import { useEffect, useMemo, useState } from 'react'
import { messageOf } from '#shared/contract/errors.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { AssetId } from '#shared/model/id.ts'
import { createPictures, type Picture } from '#renderer/editor/pictures.ts'
import { useSession } from '#renderer/frame/context.tsx'

export interface ShownAsset { readonly asset: Asset | null; readonly picture: Picture | null; readonly failure: string | null }

/** The item's own record and, of a picture, its pixels. */
export function useAsset(id: AssetId): ShownAsset {
  const { client } = useSession()
  const pictures = useMemo(() => createPictures((asset) => client.mediaUrl(asset)), [client])
  const [shown, setShown] = useState<ShownAsset & { readonly of: AssetId | null }>({ of: null, asset: null, picture: null, failure: null })
  useEffect(() => {
    let current = true
    const put = (change: Partial<ShownAsset>) => { if (current) setShown((before) => ({ ...(before.of === id ? before : { asset: null, picture: null, failure: null }), ...change, of: id })) }
    const load = async () => {
      const { asset } = await client.call('assets.open', { asset: id })
      put({ asset })
      if (asset.kind === 'image') put({ picture: await pictures.get(id) })
    }
    load().catch((error: unknown) => put({ failure: messageOf(error) }))
    return () => { current = false }
  }, [client, pictures, id])
  return shown.of === id ? shown : { asset: null, picture: null, failure: null }
}
