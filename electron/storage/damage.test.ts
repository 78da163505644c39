import { closeSync, existsSync, fstatSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { adding } from '#shared/model/diff.ts'
import { newChangeId } from '#shared/model/id.ts'
import { annotation, assetId, author, image, project } from '#shared/testing/records.ts'
import { checkFolder } from '#electron/host/check.ts'
import { applicationId, openForWriting } from './database.ts'
import { migrate, migrations } from './migrate.ts'
import { createProject, openProject } from './projectFolder.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorum-damage-'))
  path = join(folder, 'p')
  const made = createProject(path, Date.now, (store) => void store.addNew('create', author('ada'), [project(), image('a')]))
  for (let index = 0; index < 200; index++) {
    const text = `${index} `.repeat(400)
    made.store.apply({ id: newChangeId(), name: 'draw', asset: assetId('a'), intent: { kind: 'do' }, durationMs: null, diff: adding(annotation(`n${index}`, { text })) }, author('ada'))
  }
  made.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const database = () => join(path, 'project.db')
const codes = (report: { findings: { code: string }[] }) => [...new Set(report.findings.map(({ code }) => code))]

/** Writes rubbish over a share of the file, beginning at `from` of it. */
function damage(from: number, share: number): void {
  const file = openSync(database(), 'r+')
  const { size } = fstatSync(file)
  writeSync(file, Buffer.alloc(Math.floor(size * share), 0xa5), 0, null, Math.max(4096, Math.floor(size * from)))
  closeSync(file)
}

test('a database with pages of rubbish is told, and what its log holds is saved; the damaged file is kept', async () => {
  damage(0.5, 0.1)
  const told = await checkFolder(path, Date.now, false)
  expect(told.ok).toBe(false)
  expect(codes(told)).toContain('sqlite')
  const before = readFileSync(database())
  const mended = await checkFolder(path, Date.now, true)
  expect(codes(mended)).toContain('salvaged')
  const kept = readdirSync(path).find((name) => name.includes('.damaged-') && !/-(?:wal|shm)$/u.test(name))!
  expect(readFileSync(join(path, kept)).equals(before)).toBe(true)
  const after = await checkFolder(path, Date.now, false)
  expect(codes(after)).toEqual(['media-missing'])
  expect(after.changes).toBeGreaterThan(100)
  // It can be worked in.
  const open = openProject(path, Date.now)
  open.store.apply({ id: newChangeId(), name: 'draw', asset: assetId('a'), intent: { kind: 'do' }, durationMs: null, diff: adding(annotation('new')) }, author('ada'))
  open.close()
})

test('a database whose second half is gone is told and mended as far as it goes', async () => {
  truncateSync(database(), Math.floor(readFileSync(database()).length / 2 / 4096) * 4096)
  expect((await checkFolder(path, Date.now, false)).ok).toBe(false)
  expect(codes(await checkFolder(path, Date.now, true))).toContain('sqlite')
  expect(readdirSync(path).some((name) => name.includes('.damaged-') || name === 'project.db')).toBe(true)
})

test.each([false, true])('a file of rubbish is told in words and never overwritten (repair: %s)', async (repair) => {
  const rubbish = Buffer.alloc(50_000, 'rubbish ')
  writeFileSync(database(), rubbish)
  const report = await checkFolder(path, Date.now, repair)
  expect(report).toMatchObject({ ok: false, changes: 0 })
  expect(codes(report)).toEqual(repair ? ['sqlite', 'log-lost'] : ['sqlite'])
  expect(readFileSync(database()).equals(rubbish)).toBe(true)
})

test('a table that was dropped is told as damage, and comes back from the log', async () => {
  const db = openForWriting(database())
  db.exec('DROP TABLE annotations')
  db.close()
  expect(codes(await checkFolder(path, Date.now, false))).toEqual(['sqlite'])
  expect(await checkFolder(path, Date.now, true)).toMatchObject({ changes: 201 })
  expect(codes(await checkFolder(path, Date.now, false))).toEqual(['media-missing'])
})

test('a sound project is not touched by repair', async () => {
  const before = (await checkFolder(path, Date.now, false)).logHash
  const report = await checkFolder(path, Date.now, true)
  expect(report.logHash).toBe(before)
  expect(readdirSync(path).some((name) => name.includes('damaged'))).toBe(false)
})

const second = 'ALTER TABLE meta ADD COLUMN note TEXT'

test('a migration backs the database up first, keeps every row, and is done once', () => {
  const db = openForWriting(database())
  migrate(db, database(), [...migrations, second])
  migrate(db, database(), [...migrations, second])
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length + 1)
  expect(db.prepare('SELECT count(*) FROM changes').pluck().get()).toBe(201)
  db.close()
  const backups = readdirSync(join(path, 'backups'))
  expect(backups).toHaveLength(1)
  const backup = openForWriting(join(path, 'backups', backups[0]!))
  expect(backup.pragma('user_version', { simple: true })).toBe(migrations.length)
  expect(backup.prepare('SELECT count(*) FROM changes').pluck().get()).toBe(201)
  backup.close()
  expect(() => openProject(path, Date.now)).toThrow('written by a newer Quorum')
  expect(() => openProject(path, Date.now, 'read')).toThrow('written by a newer Quorum')
})

test('a project of format 1 gets its table of verdicts and keeps its rows', () => {
  const old = join(mkdtempSync(join(tmpdir(), 'quorum-format-1-')), 'project.db')
  const db = openForWriting(old)
  db.pragma(`application_id = ${applicationId}`)
  migrate(db, old, migrations.slice(0, 1))
  db.prepare(`INSERT INTO labels VALUES ('label:a', 'a', '{}')`).run()
  migrate(db, old)
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length)
  expect(db.prepare('SELECT count(*) FROM labels').pluck().get()).toBe(1)
  expect(db.prepare('SELECT count(*) FROM verdicts').pluck().get()).toBe(0)
  db.close()
})

test('a migration that fails leaves the database as it was', () => {
  const db = openForWriting(database())
  expect(() => migrate(db, database(), [...migrations, `${second}; CREATE TABLE changes (x)`])).toThrow('already exists')
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length)
  expect(db.prepare(`SELECT count(*) FROM pragma_table_info('meta') WHERE name = 'note'`).pluck().get()).toBe(0)
  db.close()
  openProject(path, Date.now).close()
})

test('a backup that cannot be made stops the migration, and no half of one is left', () => {
  writeFileSync(join(path, 'backups'), 'a file where the folder should be')
  const db = openForWriting(database())
  expect(() => migrate(db, database(), [...migrations, second])).toThrow()
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length)
  db.close()
  expect(existsSync(`${join(path, 'backups')}.part`)).toBe(false)
})
