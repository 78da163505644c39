import { expect, test, vi } from 'vitest'
import type { AppState, ProjectState } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import type { HostEvent } from '#shared/contract/events.ts'
import type { Author } from '#shared/model/author.ts'
import { updating } from '#shared/model/diff.ts'
import type { ProjectId } from '#shared/model/id.ts'
import type { Client } from '#renderer/transport/client.ts'
import { createSession } from './session.ts'

const stored = new Map<string, string>()
vi.stubGlobal('localStorage', { get length() { return stored.size }, key: (index: number) => [...stored.keys()][index] ?? null, getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => stored.set(key, value), removeItem: (key: string) => stored.delete(key) })

const project = { type: 'project' as const, id: 'project:a' as ProjectId, name: 'Street', visibility: 'open' as const, guideline: '' }
const open: ProjectState = { path: '/a', practice: false, readOnly: null, project, labels: [], tiers: [], schemaVersion: 1, revision: 1, assets: 0, layers: [] }
const app: AppState = { version: '0', me: 'Ana' as Author, nameChosen: true, recent: [], settings: { theme: 'system', hotkeys: {} }, open, nativeDialogs: false }

/** A host that holds one project and can be told to refuse. */
function opened() {
  stored.clear()
  const sent: unknown[] = []
  let refusal: QuorumError | null = null
  let tell: (event: HostEvent) => void = () => {}
  const answers: Partial<Record<string, (input: unknown) => unknown>> = {
    'changes.apply': (input) => { if (refusal !== null) throw refusal; sent.push(input); return { differing: [] } },
    'projects.state': () => ({ ...open, project: { ...project, name: 'Road' }, revision: 2 }),
  }
  const client = { call: async (method: string, input: unknown) => answers[method]?.(input), on: (listener: typeof tell) => { tell = listener; return () => {} } }
  // The session calls nothing else of a client; its typed methods are the contract's concern.
  const session = createSession(client as unknown as Client)
  session.setApp(app)
  return { session, sent, refuse: (error: QuorumError | null) => { refusal = error }, tell: (event: HostEvent) => tell(event), state: session.store.getState }
}
const rename = updating([project, { ...project, name: 'Road' }])

test('an edit of the project shows at once and is saved', async () => {
  const { session, sent, state } = opened()
  session.applyToProject('rename project', rename)
  expect(state().app?.open?.project.name).toBe('Road')
  await session.queue()?.settled()
  expect(sent).toHaveLength(1)
  expect(state().saving).toEqual({ state: 'saved' })
})

test('an edit that cannot be saved stays in sight, says why once, and is saved when it can be', async () => {
  const { session, sent, refuse, state } = opened()
  refuse(new QuorumError('disk-full', 'The disk is full.'))
  session.applyToProject('rename project', rename)
  session.applyToProject('change visibility', updating([project, { ...project, visibility: 'blind' }]))
  await vi.waitFor(() => expect(state().saving.state).toBe('failed'))
  expect(state().toasts.map(({ text }) => text)).toEqual(['Not saved: The disk is full.'])
  expect(state().app?.open?.project.visibility).toBe('blind')
  refuse(null)
  state().toasts[0]?.action?.run()
  await session.queue()?.settled()
  expect(sent).toHaveLength(2)
  expect(state().toasts).toEqual([])
})

test('a change never lands in another project', async () => {
  const { session, sent, state } = opened()
  const goOn = session.holdSaving()
  session.applyToProject('rename project', rename)
  await vi.waitFor(() => expect(state().saving.state).toBe('failed'))
  session.setProject({ ...open, path: '/b', project: { ...project, id: 'project:b' as ProjectId } })
  goOn()
  expect(sent).toEqual([])
  expect([...stored].find(([key]) => key.startsWith('unsaved project:a Ana '))?.[1]).toContain('rename project')
})

test('when another person works on, what the first did waits in their own name', async () => {
  const { session, sent, refuse, state } = opened()
  refuse(new QuorumError('host-gone', 'The host does not answer.'))
  session.applyToProject('rename project', rename)
  await vi.waitFor(() => expect(state().saving.state).toBe('failed'))
  session.setApp({ ...app, me: 'Bo' as Author })
  refuse(null)
  expect(session.queue()?.state.getState().pending).toBe(0)
  session.setApp(app)
  await session.queue()?.settled()
  expect(sent).toMatchObject([{ name: 'rename project', of: { project: 'project:a', author: 'Ana' } }])
  expect(stored.size).toBe(0)
})

test('a job that ends says so once and leads to its report', () => {
  const { tell, state } = opened()
  const job = { id: 'j', kind: 'import' as const, name: 'Import street', done: 2, total: 2, message: '', resumable: false }
  tell({ kind: 'job', job: { ...job, state: 'running' } })
  tell({ kind: 'job', job: { ...job, state: 'done' } })
  tell({ kind: 'job', job: { ...job, state: 'done' } })
  expect(state().toasts.map(({ text }) => text)).toEqual(['Import street: done, 2 items.'])
  state().toasts[0]?.action?.run()
  expect(state().overlay).toEqual({ kind: 'import-report', job: 'j' })
})
