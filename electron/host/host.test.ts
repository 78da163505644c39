import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { LabelSeed } from '#shared/contract/api.ts'
import { adding, updating } from '#shared/model/diff.ts'
import { annotation, assetId, image, label, labelId, project } from '#shared/testing/records.ts'
import { createProject } from '#electron/storage/projectFolder.ts'
import { request, testProject } from './fixture.ts'
import { createHost } from './host.ts'
import { clearOldUploads, clearUpload } from './uploads.ts'

const seed = (name: string, parts: Partial<LabelSeed> = {}): LabelSeed => ({ name, color: null, glyph: null, hotkey: null, kinds: [], attributes: [], ...parts })
const start = [label('car'), label('bus', { order: 1 }), image('a'), annotation('one', { label: labelId('car') })]

test.each([
  ['twice', [seed('car'), seed('car')]], ['in two forms of Unicode', [seed('é'), seed('e\u0301')]],
  ['too long', [seed('x'.repeat(201))]], ['of no colour', [seed('car', { color: 'red; }' })]],
])('a project with a label %s is not made, and leaves nothing behind', async (_what, labels) => {
  await using there = testProject(start)
  const host = await there.as('ada')
  const path = join(there.folder, 'new')
  await expect(host.ask('projects.create', { path, name: 'New', labels })).rejects.toMatchObject({ code: 'invalid-input' })
  expect(existsSync(path)).toBe(false)
  expect((await host.ask('projects.state', {})).path).toBe(there.path)
})

test('a project whose making fails half way leaves an empty folder, which can be used', async () => {
  await using there = testProject(start)
  const path = join(there.folder, 'new')
  expect(() => createProject(path, Date.now, () => { throw new Error('The disk is full.') })).toThrow('full')
  expect(readdirSync(path)).toEqual([])
  createProject(path, Date.now).close()
})

test('two windows that open two projects at once leave one open and the other free', async () => {
  await using there = testProject(start)
  const host = await there.as('ada')
  const paths = ['x', 'y'].map((name) => join(there.folder, name))
  await Promise.all(paths.map((path) => host.ask('projects.create', { path, name: 'New', labels: [] })))
  expect((await host.ask('projects.state', {})).path).toBe(paths[1])
  const other = createHost({ dataDir: join(there.folder, 'other'), version: '0' })
  for (const path of [paths[0]!, there.path]) await other.open(path, 'write')
  await other.close()
})

test.each(['with space', 'Straße 日本', 'new\nline', 'q?x=1#%41', '-dash'])('a project lives in a folder named %j', async (name) => {
  await using there = testProject(start)
  const host = await there.as('ada')
  const path = join(there.folder, name)
  await host.ask('projects.create', { path, name, labels: [] })
  await host.ask('projects.close', {})
  expect(await host.ask('projects.open', { path })).toMatchObject({ path, project: { name } })
})

test.each(['move', 'unlabel', 'delete'] as const)('a label that goes takes its annotations where it is said: %s', async (kind) => {
  await using there = testProject(start)
  const host = await there.as('ada')
  const successor = kind === 'move' ? { kind, into: labelId('bus') } : { kind }
  const state = await host.ask('labels.retire', { label: labelId('car'), successor })
  expect(state.labels.map(({ name }) => name)).toEqual(['bus'])
  expect(state.schemaVersion).toBe(2)
  const { records } = await host.ask('assets.open', { asset: assetId('a') })
  expect(records).toEqual(kind === 'delete' ? [] : [annotation('one', { label: kind === 'move' ? labelId('bus') : null })])
  await expect(host.ask('labels.retire', { label: labelId('bus'), successor: { kind: 'move', into: labelId('bus') } })).rejects.toThrow('into itself')
  await expect(host.ask('labels.retire', { label: labelId('car'), successor: { kind: 'unlabel' } })).rejects.toMatchObject({ code: 'not-found' })
})

test('a folder with a link that leads in a circle, and one that leads nowhere, is listed', async () => {
  await using there = testProject(start)
  const host = await there.as('ada')
  symlinkSync('loop', join(there.folder, 'loop'))
  symlinkSync('/nowhere', join(there.folder, 'gone'))
  const { entries } = await host.ask('files.list', { path: there.folder })
  expect(entries.filter(({ folder }) => !folder).map(({ name }) => name)).toEqual(['gone', 'loop'])
  expect(entries.find(({ name }) => name === 'p')).toMatchObject({ folder: true, project: true })
  await expect(host.ask('files.list', { path: join(there.folder, 'none') })).rejects.toMatchObject({ code: 'no-permission' })
})

test('an import goes into no layer that is another person’s work', async () => {
  await using there = testProject(start)
  const host = await there.as('bob')
  const into = (layer: string) => host.ask('imports.start', { sources: [there.folder], mode: 'copied', format: 'media', media: null, layer })
  await expect(into('ada')).rejects.toThrow('ada’s own work'.replace('’', "'"))
  await expect(into('a/b')).rejects.toMatchObject({ code: 'invalid-input' })
  expect(await into('ground truth')).toHaveProperty('job')
})

test('settings that cannot be read are kept aside; those that cannot be written are said, and work goes on', async () => {
  await using there = testProject(start)
  const data = join(there.folder, 'broken')
  mkdirSync(data)
  writeFileSync(join(data, 'settings.json'), '{"me": 5')
  const host = createHost({ dataDir: data, version: '0' })
  await host.ask('app.setMe', { name: 'ada' })
  expect(readdirSync(data).filter((name) => name.includes('.unreadable-'))).toHaveLength(1)
  expect(JSON.parse(readFileSync(join(data, 'settings.json'), 'utf8')).me).toBe('ada')
  await host.close()
  // A file where the folder should be: not even root can write there.
  const nowhere = createHost({ dataDir: join(data, 'settings.json'), version: '0' })
  await expect(nowhere.ask('app.setMe', { name: 'bob' })).rejects.toMatchObject({ code: 'no-permission' })
  expect(await nowhere.ask('projects.open', { path: there.path })).toMatchObject({ path: there.path })
  await nowhere.close()
})

test('two processes do not write over each other’s settings', async () => {
  await using there = testProject(start)
  const dataDir = join(there.folder, 'shared')
  const [one, two] = [createHost({ dataDir, version: '0' }), createHost({ dataDir, version: '0' })]
  await one.ask('app.setMe', { name: 'ada' })
  await two.ask('app.setSettings', { settings: { theme: 'dark' } })
  const third = createHost({ dataDir, version: '0' })
  expect(await third.ask('app.state', {})).toMatchObject({ me: 'ada', settings: { theme: 'dark' } })
  for (const host of [one, two, third]) await host.close()
})

test('the practice project reset keeps nothing that was done in it', async () => {
  await using there = testProject(start)
  const host = createHost({ dataDir: join(there.folder, 'data'), version: '0' })
  const fresh = await host.ask('projects.practice', { reset: false })
  await host.ask('changes.apply', request(updating([fresh.project, { ...fresh.project, name: 'Spoilt' }]), { asset: null }))
  // Nobody's open practice is taken away under their hands.
  const other = createHost({ dataDir: join(there.folder, 'data'), version: '0' })
  await expect(other.ask('projects.practice', { reset: true })).rejects.toMatchObject({ code: 'project-busy' })
  const again = await host.ask('projects.practice', { reset: true })
  expect(again).toMatchObject({ project: fresh.project, revision: fresh.revision, layers: fresh.layers })
  await other.close()
  await host.close()
}, 60_000)

test('uploads go when they are imported or a week old, and nothing beside them', async () => {
  await using there = testProject(start)
  const place = (name: string) => {
    mkdirSync(join(there.folder, 'uploads', name), { recursive: true })
    writeFileSync(join(there.folder, 'uploads', name, 'f.png'), '')
    return join(there.folder, 'uploads', name, 'f.png')
  }
  const [done, old, young] = ['done', 'old', 'young'].map(place)
  clearUpload(there.folder, done!)
  clearUpload(there.folder, join(there.path, 'project.db'))
  clearUpload(there.folder, join(there.folder, 'uploads', '..', 'p'))
  utimesSync(join(old!, '..'), 0, 0)
  clearOldUploads(there.folder, Date.now())
  expect([done, old, young].map((path) => existsSync(path!))).toEqual([false, false, true])
  expect(existsSync(join(there.path, 'project.db'))).toBe(true)
})

test('a folder that cannot be written is opened for reading, and says so', async () => {
  await using there = testProject(start)
  const host = await there.as('ada')
  await host.ask('projects.close', {})
  chmodSync(there.path, 0o500)
  chmodSync(join(there.path, 'project.db'), 0o400)
  const state = await host.ask('projects.open', { path: there.path })
  // Root may write everywhere.
  if (process.getuid?.() !== 0) {
    expect(state.readOnly).toContain('cannot be written')
    await expect(host.ask('changes.apply', request(adding(annotation('new'))))).rejects.toMatchObject({ code: 'read-only' })
  }
  expect(state.project).toEqual(project())
  chmodSync(there.path, 0o700)
})
