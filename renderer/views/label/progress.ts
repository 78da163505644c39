import { useEffect, useState } from 'react'
import type { Output } from '#shared/contract/api.ts'
import type { Session } from '#renderer/frame/session.ts'

/** How many items I have submitted; read again when something was. */
export function useProgress({ client }: Session): Output<'assets.progress'> | null {
  const [progress, setProgress] = useState<Output<'assets.progress'> | null>(null)
  useEffect(() => {
    const read = () => void client.call('assets.progress', {}).then(setProgress, () => undefined)
    read()
    return client.on((event) => {
      if (event.kind === 'reload' || (event.kind === 'job' && event.job.state !== 'running')) read()
      if (event.kind === 'changed' && /submi|open item|import/u.test(event.change.name)) read()
    })
  }, [client])
  return progress
}
