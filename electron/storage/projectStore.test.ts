import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChangeRequest } from '#shared/model/change.ts'
import { adding, invert, removing, updating, type Diff } from '#shared/model/diff.ts'
import { newChangeId } from '#shared/model/id.ts'
import { annotation, assetId, author, box, image, project } from '#shared/testing/records.ts'
import { openForWriting } from './database.ts'
import { migrations } from './migrate.ts'
import { createProject, openProject, type OpenProject } from './projectFolder.ts'
import { compare, rebuild, replay } from './replay.ts'

let folder: string
let open: OpenProject

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorum-test-'))
  open = createProject(join(folder, 'p'), Date.now)
  open.store.addNew('create', author('ada'), [project(), image('a')])
})
afterEach(() => {
  open.close()
  rmSync(folder, { recursive: true, force: true })
})

const request = (diff: Diff, parts: Partial<ChangeRequest> = {}): ChangeRequest => ({
  id: newChangeId(), name: 'test', asset: assetId('a'), intent: { kind: 'do' }, durationMs: null, diff, ...parts,
})

test('commits are durable: FULL, although WAL makes the driver forget it', () => {
  expect(open.store.db.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(open.store.db.pragma('synchronous', { simple: true })).toBe(2)
  expect(open.store.db.pragma('foreign_keys', { simple: true })).toBe(1)
})

test('the same request twice is one change', () => {
  const draw = request(adding(annotation('one')))
  const first = open.store.apply(draw, author('ada'))
  const second = open.store.apply(draw, author('ada'))
  expect(second.change.clock).toBe(first.change.clock)
  expect(open.store.log.count()).toBe(2)
})

test('the log cannot be rewritten', () => {
  expect(() => open.store.db.exec(`UPDATE changes SET author = 'eve'`)).toThrow('append-only')
  expect(() => open.store.db.exec('DELETE FROM changes')).toThrow('append-only')
})

test('a change that fails leaves neither a row nor a log entry', () => {
  const orphan = request(adding(annotation('orphan', { asset: assetId('missing') })))
  expect(() => open.store.apply(orphan, author('ada'))).toThrow()
  expect(open.store.log.count()).toBe(1)
  expect(open.store.records.read('annotation:orphan')).toBeUndefined()
})

test('whatever is done and undone, the log replays to the tables', () => {
  const step = fc.record({ name: fc.constantFrom('p', 'q', 'r'), what: fc.constantFrom('add', 'move', 'text', 'remove', 'undo'), x: fc.integer({ min: 0, max: 99 }) })
  fc.assert(fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
    const done: ChangeRequest[] = []
    for (const { name, what, x } of steps) {
      const was = open.store.records.read(`annotation:${name}`)
      const is = was?.type === 'annotation' ? was : undefined
      const last = done.at(-1)
      const made =
        what === 'undo' && last ? request(invert(last.diff), { intent: { kind: 'undo', target: last.id } })
        : what === 'add' || !is ? request(adding(annotation(name, { geometry: box(x, 0, 1, 1) })))
        : what === 'move' ? request(updating([is, { ...is, geometry: box(x, 1, 1, 1) }]))
        : what === 'text' ? request(updating([is, { ...is, text: `text ${x}` }]))
        : request(removing(is))
      open.store.apply(made, author('ada'))
      if (made.intent.kind === 'do') done.push(made)
      else done.pop()
    }
    expect(compare(open.store.db, replay(open.store.log))).toEqual([])
  }), { numRuns: 30 })
})

test('tables that were tampered with are found and rebuilt from the log', () => {
  open.store.apply(request(adding(annotation('one'), annotation('two'))), author('ada'))
  open.store.db.exec(`DELETE FROM annotations WHERE id = 'annotation:one'; UPDATE annotations SET record = json_set(record, '$.text', 'x')`)
  const state = replay(open.store.log)
  expect(compare(open.store.db, state).map(({ code }) => code).sort()).toEqual(['differing-record', 'missing-record'])
  rebuild(open.store.db, open.store.records, state)
  expect(compare(open.store.db, state)).toEqual([])
})

test('a change that was tampered with is found by its digest', () => {
  open.store.db.exec(`DROP TRIGGER changes_are_never_updated; UPDATE changes SET author = 'eve'`)
  const findings: Parameters<typeof replay>[1] = []
  replay(open.store.log, findings)
  expect(findings.map(({ code }) => code)).toEqual(['digest'])
})

test('a second writer is refused and told who holds the project; a reader is not', () => {
  expect(() => openProject(open.folder, Date.now)).toThrow(new RegExp(`already open: by .* process ${process.pid}`, 'u'))
  const reader = openProject(open.folder, Date.now, 'read')
  expect(reader.store.log.hash()).toBe(open.store.log.hash())
  reader.close()
})

test('a database from the future, a foreign one and a damaged one are refused in words', () => {
  open.close()
  const path = join(open.folder, 'project.db')
  const db = openForWriting(path)
  db.pragma(`user_version = ${migrations.length + 1}`)
  db.close()
  expect(() => openProject(open.folder, Date.now)).toThrow('written by a newer Quorum')
  const foreign = openForWriting(path)
  foreign.pragma('application_id = 7')
  foreign.close()
  expect(() => openProject(open.folder, Date.now)).toThrow('is not a Quorum project')
})
