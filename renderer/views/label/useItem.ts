import { useEffect, useState } from 'react'
import type { AssetRow } from '#shared/contract/api.ts'
import { messageOf } from '#shared/contract/errors.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { OpenItem } from '#renderer/editor/items.ts'
import type { AssetPages } from './assetPages.ts'
import type { Picture } from '#renderer/editor/pictures.ts'
import type { Workplace } from './workplace.ts'

export interface Loaded {
  readonly item: OpenItem | null
  readonly failure: string | null
}

/** The item of the address, from memory where it is there already. */
export function useItem({ items }: Workplace, asset: AssetId | null): Loaded {
  const [loaded, setLoaded] = useState<{ asset: AssetId | null } & Loaded>({ asset: null, item: null, failure: null })
  useEffect(() => {
    if (asset === null) return undefined
    let current = true
    items.open(asset).then(
      (item) => current && setLoaded({ asset, item, failure: null }),
      (error: unknown) => current && setLoaded({ asset, item: null, failure: messageOf(error) }),
    )
    return () => { current = false }
  }, [items, asset])
  if (loaded.asset === asset) return loaded
  return { item: asset === null ? null : items.peek(asset), failure: null }
}

export interface Shown {
  readonly asset: AssetId
  readonly picture: Picture | null
  readonly failure: string | null
}

/** The decoded picture of an item; null while it comes. */
export function usePicture({ pictures }: Workplace, item: OpenItem | null): Shown | null {
  const [shown, setShown] = useState<Shown | null>(null)
  const asset = item?.asset.kind === 'image' ? item.asset.id : null
  useEffect(() => {
    if (asset === null) return undefined
    let current = true
    pictures.get(asset).then(
      (picture) => current && setShown({ asset, picture, failure: null }),
      (error: unknown) => current && setShown({ asset, picture: null, failure: String(error) }),
    )
    return () => { current = false }
  }, [pictures, asset])
  if (shown?.asset === asset) return shown
  const ready = asset === null ? null : pictures.peek(asset)
  return asset === null || ready === null ? null : { asset, picture: ready, failure: null }
}

/** Reads an item and its picture at once, before the view has asked for either. */
export function begin({ items, pictures }: Workplace, row: AssetRow): void {
  // What cannot be read says so when the view asks for it.
  items.open(row.id).catch(() => undefined)
  if (row.kind === 'image') pictures.get(row.id).catch(() => undefined)
}

const ahead = [1, 2, -1]

/** Reads the neighbours of the open item, data and picture, when the item itself is there. */
export function usePrefetch({ items, pictures }: Workplace, pages: AssetPages, item: OpenItem | null): void {
  useEffect(() => {
    if (!item) return undefined
    let current = true
    const prefetch = async () => {
      const index = await pages.indexOf(item.asset.id)
      if (index === null) return
      for (const step of ahead) {
        const row = await pages.row(index + step)
        if (!current) return
        if (!row) continue
        await items.open(row.id)
        if (row.kind === 'image') await pictures.get(row.id)
      }
    }
    // A neighbour that cannot be read says so when it is opened.
    prefetch().catch(() => undefined)
    return () => { current = false }
  }, [items, pictures, pages, item])
}
