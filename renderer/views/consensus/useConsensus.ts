import { useCallback, useEffect, useRef, useState } from 'react'
import type { ConsensusItem, ConsensusMethod, ConsensusSummary, DisputeRow, RankWeights } from '#shared/contract/consensus.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { DisputeKind } from '#shared/model/verdict.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { messageOf } from '#renderer/frame/session.ts'

const refreshPauseMs = 200
/** Disputes asked for at once. */
export const pageSize = 100

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
export function useRun(): (method: ConsensusMethod) => void {
  const session = useSession()
  return useCallback((method) => void session.attempt(() => session.client.call('consensus.run', { method })), [session])
}

export interface DisputeQuery { readonly weights: RankWeights; readonly kind: DisputeKind | null; readonly decided: boolean }

export interface Disputes {
  readonly total: number | null
  readonly row: (index: number) => DisputeRow | null
  /** Asks for the pages that hold these rows. */
  readonly want: (first: number, last: number) => void
  /** The first page again, and what it holds now. */
  readonly refresh: () => Promise<readonly DisputeRow[]>
}

/** The ranked disputes, a page at a time as they come into sight; asked anew when something changed. */
export function useDisputes(query: DisputeQuery, stamp: number): Disputes {
  const session = useSession()
  const [pages, setPages] = useState<{ readonly total: number | null; readonly rows: ReadonlyMap<number, readonly DisputeRow[]> }>({ total: null, rows: new Map() })
  const asked = useRef(new Set<number>())
  const { weights, kind, decided } = query
  const load = useCallback(async (page: number, anew: boolean) => {
    const answer = await session.attempt(() => session.client.call('consensus.disputes', { weights, kinds: kind === null ? null : [kind], decided, offset: page * pageSize, limit: pageSize }))
    if (answer === null) return []
    setPages((before) => ({ total: answer.total, rows: new Map([...(anew ? [] : before.rows), [page, answer.rows]]) }))
    return answer.rows
  }, [session, weights, kind, decided])
  const refresh = useCallback(() => {
    asked.current = new Set([0])
    return load(0, true)
  }, [load])
  useEffect(() => { void refresh() }, [refresh, stamp])
  const want = useCallback((first: number, last: number) => {
    for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page++) {
      if (asked.current.has(page)) continue
      asked.current.add(page)
      void load(page, false)
    }
  }, [load])
  return { total: pages.total, row: (index) => pages.rows.get(Math.floor(index / pageSize))?.[index % pageSize] ?? null, want, refresh }
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
