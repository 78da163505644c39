import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AssetFilter, AssetRow, Output } from '#shared/contract/api.ts'
import { messageOf } from '#shared/contract/errors.ts'
import type { AssetId } from '#shared/model/id.ts'

export interface PagesState {
  readonly total: number | null
  readonly rows: ReadonlyMap<number, AssetRow>
  readonly failure: string | null
}

/** A list of any length, of which only the pages that were looked at are in memory. */
export interface AssetPages {
  readonly state: StoreApi<PagesState>
  /** Reads what is missing of these rows. */
  want(first: number, last: number): void
  row(index: number): Promise<AssetRow | null>
  indexOf(asset: AssetId): Promise<number | null>
  /** Reads again what was looked at last. */
  refresh(): void
}

export interface Source {
  query(filter: AssetFilter, offset: number, limit: number): Promise<Output<'assets.query'>>
  locate(filter: AssetFilter, asset: AssetId): Promise<number | null>
}

const pageSize = 200

export function createAssetPages(source: Source, filter: AssetFilter): AssetPages {
  const state = createStore<PagesState>(() => ({ total: null, rows: new Map(), failure: null }))
  const pages = new Map<number, Promise<void>>()
  let shown = [0]

  function read(page: number): Promise<void> {
    const reading = (async () => {
      try {
        const { total, rows } = await source.query(filter, page * pageSize, pageSize)
        const all = new Map(state.getState().rows)
        rows.forEach((row, index) => all.set(page * pageSize + index, row))
        for (const index of all.keys()) if (index >= total) all.delete(index)
        state.setState({ total, rows: all, failure: null })
      } catch (error) {
        pages.delete(page)
        state.setState({ failure: messageOf(error) })
      }
    })()
    pages.set(page, reading)
    return reading
  }

  const need = (page: number) => pages.get(page) ?? read(page)
  void need(0)
  return {
    state,
    want(first, last) {
      shown = []
      for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page++) {
        shown.push(page)
        void need(page)
      }
    },
    async row(index) {
      if (index < 0) return null
      await need(Math.floor(index / pageSize))
      return state.getState().rows.get(index) ?? null
    },
    async indexOf(asset) {
      for (const [index, row] of state.getState().rows) if (row.id === asset) return index
      return source.locate(filter, asset)
    },
    refresh() {
      for (const page of pages.keys()) if (!shown.includes(page)) pages.delete(page)
      for (const page of shown) void read(page)
    },
  }
}
