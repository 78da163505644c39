import { createStore, type StoreApi } from 'zustand/vanilla'
import { applyDiff } from '#shared/model/apply.ts'
import type { Change, ChangeRequest, Intent } from '#shared/model/change.ts'
import { invert, isEmpty, type Diff } from '#shared/model/diff.ts'
import { newChangeId, type AssetId, type ChangeId } from '#shared/model/id.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import type { SaveQueue } from './saveQueue.ts'

/** A change that can be taken back or brought again. `diff` is always the one of the original gesture. */
export interface Entry {
  readonly id: ChangeId
  readonly name: string
  readonly diff: Diff
}

export interface DocumentState {
  readonly records: ReadonlyMap<string, AnyRecord>
  readonly undo: readonly Entry[]
  readonly redo: readonly Entry[]
}

/** One item's records (asset null: the project's schema), with the undo of the person who looks at it. */
export interface Document {
  readonly asset: AssetId | null
  readonly state: StoreApi<DocumentState>
  /** A gesture ended: shown at once, saved in the background. An empty diff does nothing. */
  commit(name: string, diff: Diff, durationMs?: number): void
  /** Takes the last gesture back; answers its name, or null when there is none. */
  undo(): Promise<string | null>
  redo(): Promise<string | null>
  /** My change from another window. */
  receive(change: Change): void
  /** What the host now says the records are; unsaved changes stay on top. */
  reset(records: readonly AnyRecord[]): void
}

export interface DocumentOptions {
  readonly asset: AssetId | null
  readonly records: readonly AnyRecord[]
  readonly queue: SaveQueue
  /** The newest `limit` entries of each stack, read from the log. */
  readonly history: (limit: number) => Promise<{ undo: readonly Change[]; redo: readonly Change[] }>
}

const firstHistory = 100

export function createDocument({ asset, records, queue, history }: DocumentOptions): Document {
  const state = createStore<DocumentState>(() => ({ records: byId(records), undo: [], redo: [] }))
  const unsaved = new Map<ChangeId, Diff>()
  /** My own changes come back as events, before or after the answer that they are saved. */
  const mine = new Set<ChangeId>()
  let limit = firstHistory
  let complete = false
  let loading: Promise<void> | null = null
  let made = 0

  /** Shows the effect at once and hands the request to the queue. */
  function make(name: string, diff: Diff, intent: Intent, durationMs: number | null): ChangeId {
    const request: ChangeRequest = { id: newChangeId(), name: name.slice(0, 200), asset, intent, durationMs, diff }
    made++
    show(diff)
    unsaved.set(request.id, diff)
    mine.add(request.id)
    queue.push(request, (differing) => {
      unsaved.delete(request.id)
      if (unsaved.size === 0 && differing.length > 0) state.setState({ records: withRecords(state.getState().records, differing) })
    }, () => forget(request.id, diff))
    return request.id
  }

  /** The person gave up a change that the host refused: it was never made. */
  function forget(id: ChangeId, diff: Diff): void {
    unsaved.delete(id)
    mine.delete(id)
    show(invert(diff))
    const without = (entries: readonly Entry[]) => entries.filter((entry) => entry.id !== id)
    const { undo, redo } = state.getState()
    state.setState({ undo: without(undo), redo: without(redo) })
  }

  function show(diff: Diff): void {
    state.setState({ records: applied(state.getState().records, diff) })
  }

  /** Reads the stacks from the log when those in memory have run out. */
  function load(): Promise<void> {
    loading ??= (async () => {
      let undo: readonly Change[]
      let redo: readonly Change[]
      let seen: number
      do {
        seen = made
        await queue.settled()
        ;({ undo, redo } = await history(limit))
        // What was done while the log was read is not in it.
      } while (seen !== made)
      complete = undo.length < limit
      limit *= 4
      state.setState({ undo: undo.map(entryOf), redo: redo.map(entryOf) })
    })().finally(() => (loading = null))
    return loading
  }

  async function step(from: 'undo' | 'redo'): Promise<string | null> {
    if (state.getState()[from].length === 0) {
      if (loading) await loading.catch(() => undefined)
      else if (from === 'undo' && !complete) await load()
    }
    const entry = state.getState()[from].at(-1)
    if (!entry) return null
    make(`${from} ${entry.name}`, from === 'undo' ? invert(entry.diff) : entry.diff, { kind: from, target: entry.id }, null)
    move(entry, from)
    return entry.name
  }

  function move(entry: Entry, from: 'undo' | 'redo'): void {
    const to = from === 'undo' ? 'redo' : 'undo'
    const stacks = state.getState()
    state.setState({ [from]: stacks[from].filter(({ id }) => id !== entry.id), [to]: [...stacks[to], entry] })
  }

  // A host that does not answer now is asked again when somebody undoes.
  load().catch(() => undefined)
  return {
    asset, state,
    commit(name, diff, durationMs) {
      if (isEmpty(diff)) return
      const id = make(name, diff, { kind: 'do' }, durationMs === undefined ? null : Math.max(0, Math.round(durationMs)))
      state.setState({ undo: [...state.getState().undo, { id, name, diff }], redo: [] })
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
    receive(change) {
      if (mine.delete(change.id)) return
      made++
      show(change.diff)
      const { intent } = change
      if (intent.kind === 'do') return state.setState({ undo: [...state.getState().undo, entryOf(change)], redo: [] })
      const entry = state.getState()[intent.kind].find(({ id }) => id === intent.target)
      if (entry) move(entry, intent.kind)
    },
    reset(fresh) {
      let next: ReadonlyMap<string, AnyRecord> = byId(fresh)
      for (const diff of unsaved.values()) next = applied(next, diff)
      state.setState({ records: next })
    },
  }
}

const entryOf = ({ id, name, diff }: Change): Entry => ({ id, name, diff })
const byId = (records: readonly AnyRecord[]) => new Map<string, AnyRecord>(records.map((record) => [record.id, record]))

function withRecords(records: ReadonlyMap<string, AnyRecord>, changed: readonly AnyRecord[]): ReadonlyMap<string, AnyRecord> {
  const next = new Map(records)
  for (const record of changed) next.set(record.id, record)
  return next
}

function applied(records: ReadonlyMap<string, AnyRecord>, diff: Diff): ReadonlyMap<string, AnyRecord> {
  const effect = applyDiff((id) => records.get(id), diff)
  const next = new Map(records)
  for (const id in effect.removed) next.delete(id)
  for (const id in effect.added) next.set(id, effect.added[id]!)
  for (const id in effect.updated) next.set(id, effect.updated[id]![1])
  return next
}
