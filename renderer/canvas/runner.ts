import type { Diff } from '#shared/model/diff.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { RunningTool } from '#renderer/tools/running.ts'
import type { ToolEvent, ToolId, ToolView } from '#renderer/tools/tool.ts'

export interface RunnerListener {
  /** A gesture ended. `durationMs` counts from the event that began it. */
  readonly onCommit: (name: string, diff: Diff, durationMs: number) => void
  readonly onSelect: (selection: readonly AnnotationId[]) => void
  /** After each event, when all else was told. */
  readonly onEvent?: () => void
}

/** Feeds events to the tool in hand and passes on what it asks for; each commit exactly once. */
export class ToolRunner {
  #tool: RunningTool
  #began: number
  readonly #start: (id: ToolId) => RunningTool
  readonly #listener: RunnerListener
  readonly #now: () => number

  constructor(start: (id: ToolId) => RunningTool, first: ToolId, listener: RunnerListener, now: () => number = () => performance.now()) {
    this.#start = start
    this.#tool = start(first)
    this.#listener = listener
    this.#now = now
    this.#began = now()
  }

  /** The tool in the state it is in now. */
  get tool(): RunningTool {
    return this.#tool
  }

  get busy(): boolean {
    return this.#tool.busy
  }

  /** Returns whether the tool took notice: a gesture is under way, or it committed or selected something. */
  send(event: ToolEvent, view: ToolView): boolean {
    const wasBusy = this.#tool.busy
    if (!wasBusy) this.#began = this.#now()
    const { next, commit, select } = this.#tool.step(event, view)
    // The state is put down first: a listener that comes back with an event must not end the gesture twice.
    this.#tool = next
    if (commit) this.#listener.onCommit(commit.name, commit.diff, Math.max(0, Math.round(this.#now() - this.#began)))
    if (select) this.#listener.onSelect(select)
    this.#listener.onEvent?.()
    return wasBusy || next.busy || commit !== undefined || select !== undefined
  }

  /** Ends what is under way: finished where the tool can finish it, else cancelled. */
  settle(view: ToolView): void {
    if (this.busy) this.send({ type: 'complete' }, view)
    if (this.busy) this.send({ type: 'cancel' }, view)
  }

  /** The tool in hand as if it were just taken up: for another item. */
  reset(): void {
    this.#tool = this.#start(this.#tool.id)
  }

  /** Lays the tool in hand down, settled, and takes another up. */
  use(id: ToolId, view: ToolView): void {
    if (id === this.#tool.id) return
    this.settle(view)
    this.#tool = this.#start(id)
  }
}
