import { useEffect, useState } from 'react'
import { messageOf } from '#shared/contract/errors.ts'
import type { QueueState } from '#shared/contract/queue.ts'
import type { Author } from '#shared/model/author.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { Session } from '#renderer/frame/session.ts'
import { words } from './words.ts'
import type { Workplace } from './workplace.ts'

/** Asks the queue for this person's next item, when what they did is saved; remembers why it is that one, and reads the one after it ahead. */
export async function upNext({ client, toast }: Session, { queue, items, pictures, state }: Workplace, me: Author): Promise<AssetId | null> {
  await queue.settled()
  try {
    const { rows: [row, after] } = await client.call('queue.next', { for: me, limit: 2, besides: state.getState().asset })
    if (!row) {
      toast({ tone: 'neutral', text: words.nothingForMe })
      return null
    }
    state.setState({ handed: { asset: row.asset, why: row.sentence } })
    for (const { asset } of after ? [row, after] : [row]) {
      // What cannot be read says so when the view asks for it.
      items.open(asset).then((item) => (item.asset.kind === 'image' ? pictures.get(asset) : null)).catch(() => undefined)
    }
    return row.asset
  } catch (error) {
    toast({ tone: 'problem', text: words.queueFailed(messageOf(error)) })
    return null
  }
}

const pauseMs = 500

/** How much is left for this person and for all; read again when somebody began or submitted something, at most twice a second. */
export function useQueueState({ client }: Session, me: Author): QueueState | null {
  const [left, setLeft] = useState<QueueState | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = () => void client.call('queue.state', { for: me }).then(setLeft, () => undefined)
    read()
    const stop = client.on((event) => {
      if (event.kind === 'job' && event.job.state === 'running') return
      timer ??= setTimeout(() => {
        timer = undefined
        read()
      }, pauseMs)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [client, me])
  return left
}
