import { createStore } from 'zustand/vanilla'
import type { AppState, AssetFilter, ProjectState, Settings } from '#shared/contract/api.ts'
import { messageOf, QuorumError } from '#shared/contract/errors.ts'
import type { HostEvent } from '#shared/contract/events.ts'
import type { Job } from '#shared/contract/job.ts'
import type { Author } from '#shared/model/author.ts'
import { isEmpty, type Diff } from '#shared/model/diff.ts'
import { newChangeId, type AssetId } from '#shared/model/id.ts'
import type { SaveQueue, SaveState } from '#renderer/editor/saveQueue.ts'
import type { Client } from '#renderer/transport/client.ts'
import type { ToastMessage } from '#renderer/ui/toastMessage.ts'
import { createCommandTable } from './commands.ts'
import { createProjectQueue, withDiff } from './projectQueue.ts'
import { words } from './words.ts'

/** What the status bar says of the last gesture. */
export type Saving = { readonly state: 'saved' } | { readonly state: 'saving' } | { readonly state: 'failed'; readonly why: string; readonly action: NonNullable<ToastMessage['action']> }

/** What stands over the views; one at a time. */
export type Overlay =
  | { readonly kind: 'palette' } | { readonly kind: 'sheet' } | { readonly kind: 'keys' } | { readonly kind: 'person' }
  | { readonly kind: 'import'; readonly sources: readonly string[] }
  | { readonly kind: 'import-report'; readonly job: string }
  /** `model`, `asset`: chosen beforehand; `filter`: the list of items as the person has it. */
  | { readonly kind: 'prelabel'; readonly model: string | null; readonly asset: AssetId | null; readonly filter: AssetFilter | null }
  | { readonly kind: 'prelabel-report'; readonly job: string }
  | { readonly kind: 'new-project' } | { readonly kind: 'open-project' }

export interface SessionState {
  readonly app: AppState | null
  /** Why the host could not be reached at the start. */
  readonly failure: string | null
  readonly jobs: readonly Job[]
  readonly saving: Saving
  readonly toasts: readonly ToastMessage[]
  readonly overlay: Overlay | null
}

/** What every view shares: the host, what is open, what runs, what is said. One a window. */
export function createSession(client: Client) {
  const store = createStore<SessionState>(() => ({ app: null, failure: null, jobs: [], saving: { state: 'saved' }, toasts: [], overlay: null }))
  const commands = createCommandTable()
  let toastCount = 0
  let failureToast: string | null = null

  const toast = (message: Omit<ToastMessage, 'id' | 'stays'> & { readonly stays?: boolean }) => {
    const id = `toast-${++toastCount}`
    const stays = message.stays ?? message.tone === 'problem'
    // The same sentence twice is one message.
    store.setState(({ toasts }) => ({ toasts: [...toasts.filter(({ text }) => text !== message.text), { ...message, id, stays }].slice(-4) }))
    return id
  }
  const dismiss = (id: string) => store.setState(({ toasts }) => ({ toasts: toasts.filter((message) => message.id !== id) }))
  const show = (overlay: Overlay | null) => store.setState({ overlay })
  const setApp = (app: AppState) => { store.setState({ app, failure: null }); follow(app.open, app.me) }
  const setProject = (open: ProjectState | null) => { store.setState(({ app }) => (app === null ? {} : { app: { ...app, open } })); follow(open, store.getState().app?.me) }

  let saver: ReturnType<typeof createProjectQueue> | null = null
  let switching = 0
  /** One queue for the project that is open and the person who works there, a new one when another is opened or works on. */
  function follow(open: ProjectState | null, me: Author | undefined) {
    const project = open?.project.id
    if (saver?.project === project && (saver === null || saver.me === me)) return
    saver?.stop()
    saver = null
    setSaving({ state: 'saved' })
    if (project === undefined || me === undefined) return
    const isOpen = () => switching === 0 && store.getState().app?.open?.project.id === project
    saver = createProjectQueue(client, project, me, isOpen, showSaving)
  }

  function showSaving(state: SaveState, queue: SaveQueue) {
    if (state.kind !== 'failed') return setSaving({ state: state.kind })
    const discard = { name: words.discard, run: () => { queue.discard(); void refreshProject() } }
    setSaving({ state: 'failed', why: state.why, action: state.refused ? discard : { name: words.tryAgain, run: () => queue.retry() } })
  }

  /** Does something of the host; a failure is said, not thrown, and gives null. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof QuorumError && error.code === 'cancelled')) toast({ tone: 'problem', text: messageOf(error) })
      return null
    }
  }

  async function refresh(): Promise<AppState | null> {
    try {
      const [app, { jobs }] = await Promise.all([client.call('app.state', {}), client.call('jobs.list', {})])
      setApp(app)
      store.setState({ jobs })
      return app
    } catch (error) {
      store.setState({ failure: messageOf(error) })
      return null
    }
  }

  const refreshProject = async () => {
    // What still waits to be saved is shown already; the last to be saved asks for the whole.
    const waits = () => (saver?.queue.state.getState().pending ?? 0) > 0
    if (store.getState().app?.open == null || waits()) return
    const open = await attempt(() => client.call('projects.state', {}))
    if (open !== null && !waits()) setProject(open)
  }

  /** Another window may have opened another project, or another person works there now. */
  async function readAnew(): Promise<void> {
    const now = await client.call('app.state', {}).catch(() => null)
    const before = store.getState().app
    if (now && before && switching === 0 && (now.me !== before.me || now.open?.project.id !== before.open?.project.id)) setApp(now)
    else await refreshProject()
  }

  function setSaving(saving: Saving) {
    const before = store.getState().saving
    store.setState({ saving })
    if (saving.state === 'saved' && failureToast !== null) { dismiss(failureToast); failureToast = null }
    if (saving.state === 'failed' && (before.state !== 'failed' || before.why !== saving.why)) {
      failureToast = toast({ tone: 'problem', text: words.status.notSaved(saving.why), action: saving.action })
    }
  }

  /** A change of the project as a whole (its name, its labels), one entry of the log. It shows at once and is saved in its turn. */
  function applyToProject(name: string, diff: Diff): void {
    const open = store.getState().app?.open
    if (isEmpty(diff) || open == null || saver === null) return
    setProject(withDiff(open, diff))
    const request = { id: newChangeId(), name, asset: null, intent: { kind: 'do' as const }, durationMs: null, diff }
    saver.queue.push(request, () => void refreshProject())
  }

  /** The save queue of the open project, for a view that edits items. */
  const queue = () => saver?.queue ?? null

  /** Holds saving back while the host changes from one project to another; returns what lets it go on. */
  const holdSaving = () => { switching++; return () => { switching-- } }

  const setSettings = (settings: Partial<Settings>) => attempt(async () => setApp(await client.call('app.setSettings', { settings })))

  function jobChanged(job: Job) {
    const before = store.getState().jobs.find(({ id }) => id === job.id)
    store.setState(({ jobs }) => ({ jobs: before === undefined ? [...jobs, job] : jobs.map((other) => (other.id === job.id ? job : other)) }))
    if (job.state === 'running' || job.state === 'paused' || before?.state === job.state) return
    void refreshProject()
    const kind = job.kind === 'import' ? 'import-report' as const : job.kind === 'prelabel' ? 'prelabel-report' as const : null
    const report = kind !== null && job.state === 'done' ? { action: { name: words.jobs.report, run: () => show({ kind, job: job.id }) } } : {}
    if (job.state === 'done' && job.kind !== 'consensus') toast({ tone: 'ok', text: words.jobs.done(job.name, job.done), stays: kind !== null, ...report })
    if (job.state === 'failed') toast({ tone: 'problem', text: words.jobs.failed(job.name, job.message) })
  }

  function heard(event: HostEvent) {
    if (event.kind === 'job') jobChanged(event.job)
    if (event.kind === 'reload') void readAnew()
    if (event.kind === 'restarted') { toast({ tone: 'attention', text: event.message }); void refresh() }
    if (event.kind === 'changed' && touchesFrame(event.change.diff)) void refreshProject()
  }

  const close = client.on(heard)
  return { client, store, commands, toast, dismiss, show, setApp, setProject, attempt, refresh, refreshProject, queue, holdSaving, applyToProject, setSettings, close }
}
export type Session = ReturnType<typeof createSession>

/** Whether a change alters what the frame shows: the project, its labels or its tiers. */
function touchesFrame(diff: Diff): boolean {
  const held = new Set(['project', 'label', 'tier'])
  return [...Object.values(diff.added), ...Object.values(diff.removed), ...Object.values(diff.updated).map(([, to]) => to)].some(({ type }) => held.has(type))
}
