import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ConsensusItem, ConsensusSummary, DisputeRow, RankWeights } from '#shared/contract/consensus.ts'
import { messageOf } from '#shared/contract/errors.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { DisputeKind } from '#shared/model/verdict.ts'
import { useSession } from '#renderer/frame/context.tsx'
import type { RunOptions } from './runOptions.ts'
import { asPages, pageOf, pageSize, pagesFor, type RowRange } from './pages.ts'

const refreshPauseMs = 200

/** Grows when something changed that the estimates rest on. */
export function useStamp(): number {
  const { client } = useSession()
  const [stamp, setStamp] = useState(0)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = client.on((event) => {
      if (event.kind === 'job' && (event.job.state === 'running' || event.job.kind !== 'consensus')) return
      timer ??= setTimeout(() => {
        timer = undefined
        setStamp((before) => before + 1)
      }, refreshPauseMs)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [client])
  return stamp
}

/** Undefined while it is asked for the first time, null before the first run. */
export function useSummary(stamp: number): ConsensusSummary | null | undefined {
  const session = useSession()
  const [summary, setSummary] = useState<ConsensusSummary | null | undefined>(undefined)
  useEffect(() => {
    let current = true
    void session.attempt(() => session.client.call('consensus.summary', {})).then((answer) => {
      if (current) setSummary(answer === null ? (before) => before ?? null : answer.summary)
    })
    return () => { current = false }
  }, [session, stamp])
  return summary
}

/** Starts a run; whether one is at work stands in the session's jobs. */
export function useRun(): (options: RunOptions) => void {
  const session = useSession()
  return useCallback((options) => void session.attempt(() => session.client.call('consensus.run', options)), [session])
}

export interface DisputeQuery { readonly weights: RankWeights; readonly kind: DisputeKind | null; readonly decided: boolean }

/** Rows of the list from `offset` on, of `total` in all. */
export interface ReadRows { readonly total: number; readonly offset: number; readonly rows: readonly DisputeRow[] }

export interface Disputes {
  /** Null until this query is answered. */
  readonly total: number | null
  readonly row: (index: number) => DisputeRow | null
  /** Where the dispute stands among the rows read so far, or null. */
  readonly indexOf: (key: string) => number | null
  /** These rows are in sight: asks for the pages that hold them. */
  readonly want: (first: number, last: number) => void
  /** Reads the rows in sight and those around the one in hand anew; answers the latter, or null where the query changed meanwhile or the reading failed. */
  readonly refresh: () => Promise<ReadRows | null>
  /** The first dispute of an item, wherever it stands in the list; null where it has none, undefined where that could not be read. */
  readonly find: (asset: AssetId) => Promise<Found | null | undefined>
}

export interface Found { readonly row: DisputeRow; readonly index: number }

/** Rows that one answer of the host holds at most. */
const mostRows = 1000

interface Pages { readonly of: unknown; readonly generation: number; readonly total: number; readonly rows: ReadonlyMap<number, readonly DisputeRow[]> }

/** The ranked disputes, a page at a time as they come into sight; asked anew when something changed. `near`: the index of the one in hand. */
export function useDisputes(query: DisputeQuery, stamp: number, near: number): Disputes {
  const session = useSession()
  const [pages, setPages] = useState<Pages | null>(null)
  const asked = useRef(new Set<number>())
  const sight = useRef<RowRange>({ first: 0, last: 0 })
  const hand = useRef(near)
  /** Each reading anew begins a generation: its first answer takes the place of what stood there, and an earlier one's late answer is not put over it. */
  const generation = useRef(0)
  const newest = useRef<unknown>(null)
  const { weights, kind, decided } = query
  const asking = useMemo(() => ({ weights, kinds: kind === null ? null : [kind], decided }), [weights, kind, decided])
  const load = useCallback(async (first: number, last: number): Promise<ReadRows | null> => {
    const mine = generation.current
    const offset = first * pageSize
    const answer = await session.attempt(() => session.client.call('consensus.disputes', { ...asking, offset, limit: (last - first + 1) * pageSize }))
    if (answer === null || newest.current !== asking) return null
    const { total, rows } = answer
    setPages((before) => {
      if (before !== null && before.generation > mine) return before
      const kept = before !== null && before.of === asking && before.generation === mine ? before.rows : []
      return { of: asking, generation: mine, total, rows: new Map([...kept, ...asPages(rows, first)]) }
    })
    return { total, offset, rows }
  }, [session, asking])
  const want = useCallback((first: number, last: number) => {
    sight.current = { first, last }
    for (let page = pageOf(first); page <= pageOf(last); page++) {
      if (asked.current.has(page)) continue
      const begun = asked.current.add(page)
      void load(page, page).then((read) => { if (read === null) begun.delete(page) })
    }
  }, [load])
  const readAround = useCallback(async (row: number) => {
    const { first, last } = pagesFor(row, sight.current)
    generation.current++
    asked.current = new Set(Array.from({ length: last - first + 1 }, (_, at) => first + at))
    const read = load(first, last)
    want(sight.current.first, sight.current.last)
    return await read
  }, [load, want])
  const refresh = useCallback(async () => {
    const read = await readAround(hand.current)
    // The list may have become shorter than where the one in hand stood.
    return read !== null && read.rows.length === 0 && read.total > 0 ? await readAround(read.total - 1) : read
  }, [readAround])
  const find = useCallback(async (asset: AssetId): Promise<Found | null | undefined> => {
    for (let offset = 0; ; offset += mostRows) {
      // oxlint-disable-next-line no-await-in-loop -- the next part is asked for only where the item is not in this one
      const answer = await session.attempt(() => session.client.call('consensus.disputes', { ...asking, offset, limit: mostRows }))
      if (answer === null) return undefined
      const at = answer.rows.findIndex((row) => row.asset === asset)
      if (at >= 0) return { row: answer.rows[at]!, index: offset + at }
      if (offset + mostRows >= answer.total) return null
    }
  }, [session, asking])
  useEffect(() => { hand.current = near }, [near])
  useEffect(() => {
    if (newest.current !== asking) sight.current = { first: 0, last: 0 } // another list begins at its top
    newest.current = asking
    void refresh()
  }, [asking, refresh, stamp])
  const current = pages !== null && pages.of === asking ? pages : null
  return {
    total: current?.total ?? null, want, refresh, find,
    row: (index) => current?.rows.get(pageOf(index))?.[index % pageSize] ?? null,
    indexOf: (key) => {
      for (const [page, rows] of current?.rows ?? []) {
        const at = rows.findIndex((row) => row.key === key)
        if (at >= 0) return page * pageSize + at
      }
      return null
    },
  }
}

export interface LoadedItem { readonly item: ConsensusItem | null; readonly failure: string | null }

/** One item as it is adjudicated; read again when something changed or the names are to be shown. */
export function useConsensusItem(asset: AssetId | null, names: boolean, stamp: number): LoadedItem {
  const { client } = useSession()
  const [loaded, setLoaded] = useState<LoadedItem & { readonly asset: AssetId | null }>({ asset: null, item: null, failure: null })
  useEffect(() => {
    if (asset === null) return undefined
    let current = true
    client.call('consensus.item', { asset, names }).then(
      (item) => current && setLoaded({ asset, item, failure: null }),
      (error: unknown) => current && setLoaded({ asset, item: null, failure: messageOf(error) }),
    )
    return () => { current = false }
  }, [client, asset, names, stamp])
  return loaded.asset === asset ? loaded : { item: null, failure: null }
}
