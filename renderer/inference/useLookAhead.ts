import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { AssetRow } from '#shared/contract/api.ts'
import type { Asset } from '#shared/model/asset.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { inferencePlaceOf } from './place.ts'
import { pictureOf } from './useSegmenting.ts'

/** How often it is looked whether the open item is ready, so that the next one may have its turn. Milliseconds. */
const pollMs = 500
/** So long nobody clicks before the next picture is looked at: a graph that runs cannot be stopped, and slows a click down. */
const quietMs = 2500

/** Looks at the next item when the open one is ready; given up when the person moves on first. */
export function useLookAhead(open: Asset | null, next: (asset: Asset['id']) => Promise<AssetRow | null>): void {
  const session = useSession()
  const { inference, models, preferences } = inferencePlaceOf(session)
  const { ahead, used } = useStore(preferences)
  useEffect(() => {
    if (!open || !ahead || !used) return undefined
    const leaving = new AbortController()
    let timer = 0
    const look = async () => {
      const model = await models.of('prompt-segment')
      const here = pictureOf(open, session.client.mediaUrl)
      if (!model || leaving.signal.aborted) return
      if (here && (!inference.isPrepared(model.manifest, here) || !inference.quietFor(quietMs))) { timer = window.setTimeout(() => void look().catch(() => undefined), pollMs); return }
      const row = await next(open.id)
      const picture = row?.kind === 'image' ? pictureOf({ ...row, kind: row.kind }, session.client.mediaUrl) : null
      if (picture && !leaving.signal.aborted) await inference.prepare(model.manifest, picture, { urgent: false, signal: leaving.signal })
    }
    // What cannot be looked at says so when it is clicked on.
    look().catch(() => undefined)
    return () => {
      leaving.abort()
      clearTimeout(timer)
    }
  }, [session, inference, models, open, ahead, used, next])
}
