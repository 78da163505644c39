import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { ProjectState } from '#shared/contract/api.ts'
import type { Author } from '#shared/model/author.ts'
import { createItems, type Items } from '#renderer/editor/items.ts'
import { createSaveQueue, type SaveQueue } from '#renderer/editor/saveQueue.ts'
import { storageShelf } from '#renderer/editor/shelf.ts'
import type { Session } from '#renderer/frame/session.ts'
import { createAssetPages, type AssetPages } from './assetPages.ts'
import { createLabelState, type LabelStore } from './labelState.ts'
import { createPictures, type Pictures } from './pictures.ts'

/** All that one person needs to label one project: made when the view opens a project, gone with it. */
export interface Workplace {
  readonly queue: SaveQueue
  readonly items: Items
  readonly pictures: Pictures
  readonly state: LabelStore
}

const workplaces = new Map<string, Workplace>()

/** One workplace a project and person, kept while the window lives, so that leaving the view loses nothing. */
export function workplaceOf(session: Session, project: ProjectState, me: Author): Workplace {
  const key = `${project.project.id} ${me}`
  const known = workplaces.get(key)
  if (known) return known
  const { client } = session
  const queue = createSaveQueue({
    send: async (request) => (await client.call('changes.apply', request)).differing,
    shelf: storageShelf(localStorage, key),
  })
  const items = createItems({
    me, queue,
    read: (asset) => client.call('assets.open', { asset }),
    history: (asset, limit) => client.call('changes.history', { asset, limit }),
  })
  client.on((event) => items.receive(event))
  showSaving(session, queue)
  const made: Workplace = { queue, items, pictures: createPictures((asset) => client.mediaUrl(asset)), state: createLabelState() }
  workplaces.set(key, made)
  return made
}

/** Says in the status bar how the queue stands. */
function showSaving(session: Session, queue: SaveQueue): void {
  const show = () => {
    const state = queue.state.getState()
    if (state.kind !== 'failed') return session.setSaving({ state: state.kind })
    session.setSaving({ state: 'failed', why: state.why, retry: () => queue.retry() })
  }
  queue.state.subscribe(show)
  show()
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
