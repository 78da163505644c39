import { useCallback, useEffect, useState } from 'react'
import type { ModelRow } from '#shared/contract/prelabel.ts'
import { useSession } from '#renderer/frame/context.tsx'

/** The models of this machine; null while they are read. */
export function useModels(): { readonly models: readonly ModelRow[] | null; readonly refresh: () => Promise<void> } {
  const session = useSession()
  const [models, setModels] = useState<readonly ModelRow[] | null>(null)
  const refresh = useCallback(async () => {
    const answer = await session.attempt(() => session.client.call('models.list', {}))
    setModels(answer?.models ?? [])
  }, [session])
  useEffect(() => { void refresh() }, [refresh])
  return { models, refresh }
}

/** What can draft on its own; a model that waits for clicks or only compares items cannot. */
export const drafts = ({ task }: ModelRow): boolean => task !== 'prompt-segment' && task !== 'embed'
