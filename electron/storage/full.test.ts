import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LabelSuccessor } from '#shared/contract/api.ts'
import type { Change, ChangeRequest } from '#shared/model/change.ts'
import { adding, invert, removing, updating, type Diff } from '#shared/model/diff.ts'
import { newChangeId } from '#shared/model/id.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { annotation, assetId, author, box, image, label, labelId, project } from '#shared/testing/records.ts'
import { createHost, type Host } from '#electron/host/host.ts'
import { createProject, openProject, type OpenProject } from './projectFolder.ts'
import { compare, rebuild, replay } from './replay.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorum-full-'))
  path = join(folder, 'p')
  const labels = ['x', 'y', 'z'].map((name, order) => label(name, { order }))
  createProject(path, Date.now, (store) => void store.addNew('create', author('ada'), [project(), image('a'), ...labels])).close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const request = (diff: Diff, parts: Partial<ChangeRequest> = {}): ChangeRequest => ({ id: newChangeId(), name: 'draw', asset: assetId('a'), intent: { kind: 'do' }, durationMs: null, diff, ...parts })

test('a disk that fills up during a commit loses nothing that was answered, says so, and saves again when there is room', () => {
  const open = openProject(path, Date.now)
  const { db } = open.store
  // SQLite's own limit answers as a full disk does (SQLITE_FULL).
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 8}`)
  const answered: string[] = []
  const big = (name: string) => request(adding(annotation(name, { text: 'x'.repeat(4000) })))
  let refused: ChangeRequest | null = null
  for (let index = 0; refused === null && index < 100; index++) {
    const draw = big(`n${index}`)
    try {
      answered.push(open.store.apply(draw, author('ada')).change.id)
    } catch (error) {
      expect(error).toMatchObject({ code: 'disk-full', message: expect.stringContaining('nothing already saved is lost') })
      refused = draw
    }
  }
  expect(refused).not.toBeNull()
  expect(open.store.log.find(refused!.id)).toBeUndefined()
  for (const id of answered) expect(open.store.log.find(id as never)).toBeDefined()
  db.pragma('max_page_count = 1000000')
  open.store.apply(refused!, author('ada'))
  expect(compare(db, replay(open.store.log))).toEqual([])
  open.close()
})

/** One step of a session: a gesture on the item, undo, redo, or a label taken out of the schema. */
const step = fc.oneof(
  fc.record({ what: fc.constantFrom('add', 'move', 'relabel', 'remove'), name: fc.constantFrom('p', 'q', 'r'), x: fc.nat(9), label: fc.constantFrom('x', 'y', 'z') }),
  fc.record({ what: fc.constantFrom('undo', 'redo', 'undo schema', 'redo schema') }),
  fc.record({ what: fc.constant('retire'), label: fc.constantFrom('x', 'y', 'z'), to: fc.constantFrom('x', 'y', 'z', null, 'delete') }),
)
type Step = { what: string; name?: string; x?: number; label?: string; to?: string | null }

async function take(host: Host, { what, name = 'p', x = 0, label: mark = 'x', to = null }: Step): Promise<unknown> {
  const { records } = await host.ask('assets.open', { asset: assetId('a') })
  const was: AnyRecord | undefined = records.find(({ id }) => id === `annotation:${name}`)
  const is = was?.type === 'annotation' ? was : null
  const apply = (diff: Diff, parts: Partial<ChangeRequest> = {}) => host.ask('changes.apply', request(diff, parts))
  if (what === 'retire') {
    const successor: LabelSuccessor = to === null ? { kind: 'unlabel' } : to === 'delete' ? { kind: 'delete' } : { kind: 'move', into: labelId(to) }
    return host.ask('labels.retire', { label: labelId(mark), successor })
  }
  const [kind, schema] = what.split(' ')
  if (kind === 'undo' || kind === 'redo') {
    const asset = schema ? null : assetId('a')
    const last: Change | undefined = (await host.ask('changes.history', { asset, limit: 1 }))[kind].at(-1)
    return last && apply(kind === 'undo' ? invert(last.diff) : last.diff, { asset, intent: { kind, target: last.id } })
  }
  if (!is || what === 'add') return apply(adding(annotation(name, { label: labelId(mark), geometry: box(x, 0, 1, 1) })))
  if (what === 'remove') return apply(removing(is))
  return apply(updating([is, what === 'move' ? { ...is, geometry: box(x, 1, 1, 1) } : { ...is, label: labelId(mark) }]))
}

/** What the host refuses in words is refused; anything else that it throws is a mistake of ours. */
const known = ['invalid-input', 'not-found']

test('whatever a session does, with undo, redo and labels that go, its log gives its tables', async () => {
  const host = createHost({ dataDir: join(folder, 'data'), version: '0', as: author('ada') })
  await host.open(path, 'write')
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps: Step[]) => {
    for (const each of steps) await take(host, each).catch((error: { code?: string }) => { if (!known.includes(error.code ?? '')) throw error })
    const { findings } = await host.ask('projects.check', { repair: false })
    expect(findings.filter(({ code }) => code !== 'media-missing')).toEqual([])
  }), { numRuns: 25 })
  await host.close()
  const open: OpenProject = openProject(path, Date.now)
  const state = replay(open.store.log)
  const rows = () => ['labels', 'annotations', 'assets', 'projects'].map((table) => open.store.db.prepare(`SELECT * FROM ${table} ORDER BY id`).all())
  const before = rows()
  rebuild(open.store.db, open.store.records, state)
  expect(rows().map((table) => table.length)).toEqual(before.map((table) => table.length))
  expect(compare(open.store.db, state)).toEqual([])
  open.close()
}, 60_000)
