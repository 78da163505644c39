import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { Asset } from '#shared/model/asset.ts'
import type { Author } from '#shared/model/author.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { createAlikeRun, type AlikeRun } from './alikeRun.ts'

export interface AlikeHands extends Pick<ReturnType<typeof createAlikeRun>, 'seek' | 'stop'> {
  /** Null while nothing is looked for. */
  readonly run: AlikeRun | null
}

/** "All objects like this" on the open picture. Another item ends it. */
export function useAlike(asset: Asset, me: Author): AlikeHands {
  const session = useSession()
  const alike = useMemo(() => createAlikeRun(session, asset, me), [session, asset, me])
  useEffect(() => alike.leave, [alike])
  const run = useStore(alike.state, (state) => state.run)
  return { seek: alike.seek, stop: alike.stop, run }
}
