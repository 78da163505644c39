import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { HostEvent } from '#shared/contract/events.ts'
import { HostProcess } from './host-process.ts'

/** Answers with what it was asked and which project is open; never answers `hang`; dies of `die`. */
const host = `
let open = null
process.on('message', (message) => {
  if (message.kind === 'close') process.exit(0)
  if (message.kind === 'file') return process.send({ kind: 'file', id: message.id, file: { path: '/' + message.asset, mime: 'image/png' } })
  if (message.method === 'die') process.exit(1)
  if (message.method === 'hang') return
  if (message.method === 'fail') return process.send({ kind: 'reply', id: message.id, reply: { ok: false, error: { code: 'disk-full', message: 'The disk is full.', detail: null } } })
  if (message.method === 'projects.open') open = message.input.path
  process.send({ kind: 'reply', id: message.id, reply: { ok: true, value: { method: message.method, path: open, bytes: message.input?.bytes ?? null, pid: process.pid } } })
})
process.send({ kind: 'ready' })
`

const started: HostProcess[] = []

const start = (): { host: HostProcess, events: HostEvent[] } => {
  const entry = join(mkdtempSync(join(tmpdir(), 'quorum-host-')), 'host.cjs')
  writeFileSync(entry, host)
  const supervisor = new HostProcess({ node: process.execPath, entry, env: process.env })
  const events: HostEvent[] = []
  supervisor.on((event) => events.push(event))
  supervisor.start()
  started.push(supervisor)
  return { host: supervisor, events }
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.close(1000)))
})

test('forwards calls and media questions, and keeps binary values', async () => {
  const { host: one } = start()
  expect(await one.call('echo', { bytes: new Uint8Array([1, 2]) })).toMatchObject({ ok: true, value: { method: 'echo', bytes: new Uint8Array([1, 2]) } })
  expect(await one.file('media', 'a')).toEqual({ path: '/a', mime: 'image/png' })
})

test('a refusal arrives with its code', async () => {
  const { host: one } = start()
  expect(await one.call('fail', {})).toMatchObject({ ok: false, error: { code: 'disk-full', message: 'The disk is full.' } })
})

test('a host that died is started again, opens the same project, and the window is told', async () => {
  const { host: one, events } = start()
  await one.call('projects.open', { path: '/street' })
  const hanging = one.call('hang', {})
  const dying = one.call('die', {})
  const media = one.file('media', 'hang')
  expect(await hanging).toMatchObject({ ok: false, error: { code: 'host-gone' } })
  expect(await dying).toMatchObject({ ok: false, error: { code: 'host-gone' } })
  expect(await media).toBeNull()
  // Asked while there is no host: it waits for the next one.
  expect(await one.call('echo', {})).toMatchObject({ value: { path: '/street' } })
  expect(events).toEqual([{ kind: 'restarted', message: expect.stringContaining('started again') }])
})

test('closing does not restart', async () => {
  const { host: one } = start()
  await one.call('echo', {})
  await one.close()
  expect(one.pid).toBeNull()
})
