import type { Bounds } from '#shared/geometry/point.ts'
import type { Diff } from '#shared/model/diff.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { Hit, Preview, StepResult, Tool, ToolEvent, ToolId, ToolView } from '#renderer/tools/tool.ts'

/** A tool with a state of its own; what state that is, nobody else needs to know. */
export interface ToolSession {
  readonly id: ToolId
  readonly send: (event: ToolEvent, view: ToolView) => Outcome
  readonly preview: (view: ToolView) => readonly Preview[]
  readonly marquee: () => Bounds | null
  readonly hint: () => string
  readonly cursor: (hits: readonly Hit[]) => string
  readonly busy: () => boolean
}
type Outcome = Omit<StepResult<unknown>, 'state'> & { readonly changed: boolean }

/** Takes a tool up: a session begins in the tool's initial state. */
export function takeUp<State>(tool: Tool<State>): ToolSession {
  let state = tool.initial
  return {
    id: tool.id,
    send: (event, view) => {
      const { state: next, ...asked } = tool.step(state, event, view)
      const changed = next !== state
      state = next
      return { ...asked, changed }
    },
    preview: (view) => tool.preview(state, view),
    marquee: () => tool.marquee(state),
    hint: () => tool.hint(state),
    cursor: (hits) => tool.cursor(state, hits),
    busy: () => tool.busy(state),
  }
}

export interface RunnerListener {
  /** A gesture ended. `durationMs` counts from the event that began it. */
  readonly onCommit: (name: string, diff: Diff, durationMs: number) => void
  readonly onSelect: (selection: readonly AnnotationId[]) => void
  /** After each event, when all else was told. */
  readonly onEvent?: () => void
}

/** Feeds events to the tool in hand and passes on what it asks for; each commit exactly once. */
export class ToolRunner {
  #session: ToolSession | null = null
  #began: number | null = null
  readonly #listener: RunnerListener
  readonly #now: () => number

  constructor(listener: RunnerListener, now: () => number = () => performance.now()) {
    this.#listener = listener
    this.#now = now
  }

  get session(): ToolSession | null {
    return this.#session
  }

  get busy(): boolean {
    return this.#session?.busy() ?? false
  }

  /** Returns whether the tool took notice: its state changed, or it committed or selected something. */
  send(event: ToolEvent, view: ToolView): boolean {
    const session = this.#session
    if (!session) return false
    const wasBusy = session.busy()
    if (!wasBusy) this.#began = this.#now()
    const { commit, select, changed } = session.send(event, view)
    const durationMs = Math.max(0, Math.round(this.#now() - (this.#began ?? this.#now())))
    if (commit) this.#listener.onCommit(commit.name, commit.diff, durationMs)
    if (select) this.#listener.onSelect(select)
    this.#listener.onEvent?.()
    return changed || commit !== undefined || select !== undefined
  }

  /** Ends what is under way: finished where the tool can finish it, else cancelled. */
  settle(view: ToolView): void {
    if (this.busy) this.send({ type: 'complete' }, view)
    if (this.busy) this.send({ type: 'cancel' }, view)
  }

  /** Lays the tool in hand down, settled, and takes another up. */
  use(next: ToolSession | null, view: ToolView): void {
    if (next === this.#session) return
    this.settle(view)
    this.#session = next
  }
}
