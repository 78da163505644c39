import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { Author } from '#shared/model/author.ts'
import { createItems, type Items } from '#renderer/editor/items.ts'
import type { SaveQueue } from '#renderer/editor/saveQueue.ts'
import type { Session } from '#renderer/frame/session.ts'
import { createAssetPages, type AssetPages } from './assetPages.ts'
import { createLabelState, type LabelStore } from './labelState.ts'
import { createPictures, type Pictures } from '#renderer/editor/pictures.ts'

/** All that one person needs to label one project: made when the view opens a project, gone with it. */
export interface Workplace {
  readonly queue: SaveQueue
  readonly items: Items
  readonly pictures: Pictures
  readonly state: LabelStore
}

const workplaces = new WeakMap<SaveQueue, Map<Author, Workplace>>()

/** One workplace for the open project and person, kept while the project is open, so that leaving the view loses nothing. */
export function workplaceOf(session: Session, queue: SaveQueue, me: Author): Workplace {
  const mine = workplaces.get(queue) ?? new Map<Author, Workplace>()
  workplaces.set(queue, mine)
  const known = mine.get(me)
  if (known) return known
  const { client } = session
  const items = createItems({
    me, queue,
    read: (asset) => client.call('assets.open', { asset }),
    history: (asset, limit) => client.call('changes.history', { asset, limit }),
  })
  const made: Workplace = { queue, items, pictures: createPictures((asset) => client.mediaUrl(asset)), state: createLabelState() }
  // Of a project that is not open any more nothing is asked.
  client.on((event) => { if (session.queue() === queue) items.receive(event) })
  mine.set(me, made)
  return made
}

const refreshPauseMs = 250

/** The pages of the items that pass the filter; read again when something changed. */
export function useAssetPages(session: Session, { state }: Workplace): AssetPages {
  const filter = useStore(state, (label) => label.filter)
  const pages = useMemo(() => createAssetPages({
    query: (wanted, offset, limit) => session.client.call('assets.query', { filter: wanted, offset, limit }),
    locate: async (wanted, asset) => (await session.client.call('assets.locate', { filter: wanted, asset })).index,
  }, filter), [session, filter])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = session.client.on((event) => {
      if (event.kind === 'job' && event.job.state === 'running') return
      timer ??= setTimeout(() => {
        timer = undefined
        pages.refresh()
      }, refreshPauseMs)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [session, pages])
  return pages
}
