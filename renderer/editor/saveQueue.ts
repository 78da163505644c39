import { createStore, type StoreApi } from 'zustand/vanilla'
import { type ErrorCode, messageOf, QuorumError } from '#shared/contract/errors.ts'
import type { ChangeRequest } from '#shared/model/change.ts'
import type { AnyRecord } from '#shared/model/record.ts'

export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving' }
  /** `refused`: the host will never take the change at the head; it waits for the person to discard it or to try again. */
  | { readonly kind: 'failed'; readonly why: string; readonly refused: boolean }

/** Sends changes to the host one after the other, in the order they were made, each until it is durable. */
export interface SaveQueue {
  readonly state: StoreApi<SaveState & { readonly pending: number }>
  /** `dropped` is told when the person gives the change up. */
  push(request: ChangeRequest, saved: (differing: readonly AnyRecord[]) => void, dropped?: () => void): void
  /** Tries again now instead of after the pause. */
  retry(): void
  /** Gives up the change at the head (the host refused it); answers it. */
  discard(): ChangeRequest | null
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>
  /** Sends nothing any more; what waits stays on the shelf for the next queue of the same owner. */
  close(): void
}

/** Where changes wait through a reload, a crash or the end of the page until the host has answered that they are saved. */
export interface Shelf {
  load(): readonly ChangeRequest[]
  keep(requests: readonly ChangeRequest[]): void
}

export interface SaveQueueOptions {
  readonly send: (request: ChangeRequest) => Promise<readonly AnyRecord[]>
  readonly shelf: Shelf
  /** Runs `again` after the pause. */
  readonly later?: (again: () => void, pauseMs: number) => void
}

interface Waiting {
  readonly request: ChangeRequest
  readonly saved: (differing: readonly AnyRecord[]) => void
  readonly dropped?: (() => void) | undefined
}

/** Errors that mending the change, not waiting, would cure. */
const final: readonly ErrorCode[] = ['invalid-input', 'not-found']
const firstPauseMs = 500
const longestPauseMs = 10_000

export function createSaveQueue({ send, shelf, later = (again, pauseMs) => void setTimeout(again, pauseMs) }: SaveQueueOptions): SaveQueue {
  const waiting: Waiting[] = shelf.load().map((request) => ({ request, saved: () => undefined }))
  const state = createStore<SaveState & { readonly pending: number }>(() => ({ kind: 'saved', pending: waiting.length }))
  let sending = false
  let closed = false
  let pauseMs = firstPauseMs
  const settled: (() => void)[] = []
  const shelve = () => {
    try {
      shelf.keep(waiting.map(({ request }) => request))
    } catch {
      // The browser's storage is full: the changes wait in memory, and saving goes on.
    }
  }
  const show = (next: SaveState) => state.setState({ ...next, pending: waiting.length }, true)

  async function drain(): Promise<void> {
    if (sending || closed) return
    sending = true
    while (waiting.length > 0) {
      if (closed) break
      if (state.getState().kind !== 'failed') show({ kind: 'saving' })
      const head = waiting[0]!
      try {
        const differing = await send(head.request)
        if (waiting[0] === head) waiting.shift()
        pauseMs = firstPauseMs
        shelve()
        show({ kind: 'saving' })
        head.saved(differing)
      } catch (error) {
        sending = false
        return failed(error)
      }
    }
    sending = false
    if (closed) return
    show({ kind: 'saved' })
    for (const tell of settled.splice(0)) tell()
  }

  function failed(error: unknown): void {
    const refused = error instanceof QuorumError && final.includes(error.code)
    if (closed) return
    shelve()
    show({ kind: 'failed', why: messageOf(error), refused })
    if (refused) return
    later(() => void drain(), pauseMs)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }

  if (waiting.length > 0) void drain()
  return {
    state,
    push(request, saved, dropped) {
      waiting.push({ request, saved, dropped })
      shelve()
      const now = state.getState()
      if (now.kind === 'failed') {
        state.setState({ ...now, pending: waiting.length }, true)
        if (now.refused) return
      }
      void drain()
    },
    retry: () => void drain(),
    discard() {
      if (sending) return null
      const [head] = waiting.splice(0, 1)
      shelve()
      show({ kind: 'saving' })
      head?.dropped?.()
      void drain()
      return head?.request ?? null
    },
    settled: () => (waiting.length === 0 ? Promise.resolve() : new Promise((resolve) => settled.push(resolve))),
    close: () => { closed = true },
  }
}
