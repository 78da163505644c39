import { createStore, type StoreApi } from 'zustand/vanilla'
import type { HostEvent } from '#shared/contract/events.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Author } from '#shared/model/author.ts'
import type { Change } from '#shared/model/change.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { createDocument, type Document } from './document.ts'
import type { SaveQueue } from './saveQueue.ts'

export interface OpenItem {
  readonly asset: Asset
  readonly document: Document
  /** How many people's layers are held back until I submit, and whether drafts are, so that I label unaided. */
  readonly hidden: StoreApi<{ readonly layers: number; readonly unaided: boolean }>
}

interface Answer {
  readonly asset: Asset
  readonly records: readonly AnyRecord[]
  readonly hidden: number
  readonly unaided: boolean
}

/** The items of the open project that are in memory: the one in hand, those just left, those likely to come next. */
export interface Items {
  open(asset: AssetId): Promise<OpenItem>
  /** The item if it is in memory. */
  peek(asset: AssetId): OpenItem | null
  /** Reads an item again: others may be seen now, or have changed something. */
  reload(asset: AssetId): Promise<void>
  receive(event: HostEvent): void
}

export interface ItemsOptions {
  readonly me: Author
  readonly queue: SaveQueue
  readonly read: (asset: AssetId) => Promise<Answer>
  readonly history: (asset: AssetId, limit: number) => Promise<{ undo: readonly Change[]; redo: readonly Change[] }>
}

const kept = 12

export function createItems({ me, queue, read, history }: ItemsOptions): Items {
  const items = new Map<AssetId, Promise<OpenItem>>()
  const ready = new Map<AssetId, OpenItem>()

  async function load(id: AssetId): Promise<OpenItem> {
    // What waits for the host must be there before the host is asked what is there.
    if (queue.state.getState().kind !== 'failed') await queue.settled()
    const { asset, records, hidden, unaided } = await read(id)
    const document = createDocument({ asset: id, records, queue, history: (limit) => history(id, limit) })
    const item: OpenItem = { asset, document, hidden: createStore(() => ({ layers: hidden, unaided })) }
    ready.set(id, item)
    return item
  }

  function forgetOldest(): void {
    for (const id of items.keys()) {
      if (items.size <= kept) return
      items.delete(id)
      ready.delete(id)
    }
  }

  async function reload(id: AssetId): Promise<void> {
    const item = await items.get(id)
    if (!item) return
    const { records, hidden, unaided } = await read(id)
    item.document.reset(records)
    item.hidden.setState({ layers: hidden, unaided })
  }

  /** A host that does not answer now tells all to be read anew when it is back. */
  const again = (id: AssetId) => void reload(id).catch(() => undefined)

  return {
    open(id) {
      const item = items.get(id) ?? load(id)
      items.delete(id)
      items.set(id, item)
      item.catch(() => items.delete(id))
      forgetOldest()
      return item
    },
    peek: (id) => ready.get(id) ?? null,
    reload,
    receive(event) {
      if (event.kind === 'changed' && event.change.asset !== null) {
        const item = ready.get(event.change.asset)
        if (item && event.change.author === me) item.document.receive(event.change)
        else if (item) again(event.change.asset)
      } else if (event.kind === 'reload' || event.kind === 'restarted') {
        for (const id of ready.keys()) again(id)
      } else if (event.kind === 'changed') {
        const reached = reachedBy(event.change)
        for (const id of ready.keys()) if (reached === 'all' || reached.has(id)) again(id)
      }
    },
  }
}

/** The items that a change of the project as a whole reaches into: a label merged away, drafts of a run, an import; all where it says who may see whose work. */
function reachedBy({ diff }: Change): ReadonlySet<AssetId> | 'all' {
  const reached = new Set<AssetId>()
  for (const record of [...Object.values(diff.added), ...Object.values(diff.updated).flat(), ...Object.values(diff.removed)]) {
    if (record.type === 'project') return 'all'
    if ('asset' in record) reached.add(record.asset)
  }
  return reached
}
