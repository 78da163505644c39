import { useSyncExternalStore } from 'react'
import { AssetId } from '#shared/model/id.ts'

/** Where the window is: `#/projects`, `#/label/<asset>`, `#/schema`, `#/export`. */
export interface Route { readonly view: string; readonly asset: AssetId | null }

export function parseRoute(hash: string): Route | null {
  const match = /^#\/([a-z]+)(?:\/(.+))?$/u.exec(hash)
  if (match === null) return null
  const asset = AssetId.safeParse(decoded(match[2]))
  return { view: match[1]!, asset: asset.success ? asset.data : null }
}

function decoded(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '')
  } catch {
    return '' // a broken escape in a typed address names no item
  }
}

export const hashOf = (view: string, asset: AssetId | null = null): string => (asset === null ? `#/${view}` : `#/${view}/${encodeURIComponent(asset)}`)

export function goTo(view: string, asset: AssetId | null = null): void {
  location.hash = hashOf(view, asset)
}

/** The same, without a step in the window's history: for next and previous item. */
export function replaceRoute(view: string, asset: AssetId | null = null): void {
  history.replaceState(null, '', hashOf(view, asset))
  dispatchEvent(new HashChangeEvent('hashchange'))
}

const watch = (listener: () => void) => {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(watch, () => location.hash)
  return parseRoute(hash) ?? { view: 'projects', asset: null }
}
