import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import { adding } from '#shared/model/diff.ts'
import type { Author } from '#shared/model/author.ts'
import { author, image, label, project, submission } from '#shared/testing/records.ts'
import { request } from '#electron/host/fixture.ts'
import { createHost } from '#electron/host/host.ts'
import { practiceMedia } from '#electron/host/practice.ts'
import { createProject, openProject } from '#electron/storage/projectFolder.ts'

const pictures = Array.from({ length: 12 }, (_, at) => image(`p${String(at).padStart(2, '0')}`, { width: 600, height: 400 }))
let folder: string
let alive: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorum-shards-'))
  createProject(join(folder, 'p'), Date.now, (store) => void store.addNew('create', author('ada'), [project(), label('person'), ...pictures])).close()
  mkdirSync(join(folder, 'p', 'media'), { recursive: true })
  for (const { source } of pictures) copyFileSync(join(practiceMedia, 'coffee.jpg'), join(folder, 'p', source.path))
})
afterEach(async () => {
  for (const child of alive) if (child.exitCode === null && child.signalCode === null) await Promise.all([once(child, 'exit'), child.kill('SIGKILL')])
  alive = []
  rmSync(folder, { recursive: true, force: true })
})

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'prelabel', ...args, '--json'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, QUORUM_DATA_DIR: join(folder, 'data') } })
  alive.push(child)
  return child
}

async function ended(child: ChildProcess): Promise<{ code: number | null; err: string; report: { items: number; drafts: number; skipped: number; waiting: number; leftOut: { submitted: number; missing: number }; notes: string[] } }> {
  let out = '', err = ''
  child.stdout!.on('data', (text) => { out += String(text) })
  child.stderr!.on('data', (text) => { err += String(text) })
  const [code] = await once(child, 'close') as [number | null]
  return { code, err, report: out === '' ? null : JSON.parse(out) }
}
const quorum = (...args: string[]) => ended(start(...args))

/** By item, the drafts that it has; and that the tables are what the log says. */
function draftsIn(path: string): Map<string, Annotation[]> {
  const opened = openProject(path, Date.now, 'read')
  const found = new Map<string, Annotation[]>()
  for (const record of opened.store.db.prepare('SELECT record FROM annotations WHERE draft = 1').pluck().all() as string[]) {
    const draft = JSON.parse(record) as Annotation
    found.set(draft.asset, [...found.get(draft.asset) ?? [], draft])
  }
  opened.close()
  return found
}

/** What every item has after one whole run: the pictures are the same. */
const isWhole = (drafts: ReadonlyMap<string, Annotation[]>) => drafts.size === pictures.length && new Set([...drafts.values()].map(({ length }) => length)).size === 1
/** Groups that nobody has brought in. */
const waitingIn = (path: string) => (existsSync(join(path, 'incoming')) ? readdirSync(join(path, 'incoming')).filter((name) => name.endsWith('.jsonl')) : [])

test('shares of one project run at the same time: every item gets its drafts once, in the name of whoever asked', async () => {
  const runs = await Promise.all([1, 2].map((index) => quorum('p', '--model', 'rule-outlines', '--shard', `${index}/2`, '--as', `robot ${index}`)))
  expect(runs).toMatchObject([1, 2].map(() => ({ code: 0, report: { items: 6, skipped: 0, waiting: 0 } })))
  const drafts = draftsIn(join(folder, 'p'))
  expect(isWhole(drafts)).toBe(true)
  expect(runs.reduce((sum, { report }) => sum + report.drafts, 0)).toBe([...drafts.values()].flat().length)
  expect(new Set([...drafts.values()].flat().map((draft) => draft.author))).toEqual(new Set(['robot 1', 'robot 2']))
  expect(waitingIn(join(folder, 'p'))).toEqual([])
  // The same run twice at once drafts nothing twice.
  await Promise.all([1, 2].map(() => quorum('p', '--model', 'rule-outlines', '--threshold', '0.11')))
  expect(isWhole(draftsIn(join(folder, 'p')))).toBe(true)
}, 120_000)

test('a run beside an open window: the window brings the drafts in, hears of them, and leaves out what was submitted or is missing', async () => {
  const gone = { ...pictures[1]!, findings: ['missing-media' as const] }
  const window = createHost({ dataDir: join(folder, 'window'), version: '0', as: 'ada' as Author, remember: false })
  await window.open(join(folder, 'p'), 'write')
  try {
    await window.ask('changes.apply', request(adding(submission(pictures[0]!.id, author('ada'))), { asset: pictures[0]!.id }))
    await window.ask('changes.apply', request({ added: {}, removed: {}, updated: { [gone.id]: [pictures[1]!, gone] } }, { asset: null }))
    let heard = 0
    window.on((event) => { if (event.kind === 'changed') heard += 1 })
    const { code, report } = await quorum('p', '--model', 'rule-outlines')
    expect({ code, report }).toMatchObject({ code: 0, report: { items: 10, waiting: 0, leftOut: { submitted: 1, missing: 1 } } })
    expect(report.drafts).toBeGreaterThan(0)
    expect(heard).toBeGreaterThan(0)
    expect((await window.ask('projects.check', { repair: false })).findings.filter((finding) => !finding.code.includes('media'))).toEqual([])
  } finally {
    await window.close()
  }
  expect(draftsIn(join(folder, 'p')).size).toBe(10)
}, 60_000)

test('a run that is killed in the middle is gone on with: nothing is there twice, nothing half', async () => {
  const killed = start('p', '--model', 'rule-grabcut')
  while (draftsIn(join(folder, 'p')).size === 0) await new Promise((resolve) => { setTimeout(resolve, 50) })
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const there = draftsIn(join(folder, 'p')).size
  expect(there).toBeLessThan(pictures.length)
  const { code, report } = await quorum('p', '--model', 'rule-grabcut', '--resume')
  expect({ code, report }).toMatchObject({ code: 0, report: { items: 12 } })
  expect(report.skipped).toBeGreaterThanOrEqual(there)
  expect(isWhole(draftsIn(join(folder, 'p')))).toBe(true)
  expect(waitingIn(join(folder, 'p'))).toEqual([])
  expect(readdirSync(join(folder, 'p', 'cache')).filter((name) => name.startsWith('jobs-'))).toEqual([])
}, 120_000)

test('copies on other machines write files of drafts, which are brought in where the project is, once', async () => {
  for (const copy of ['one', 'two']) cpSync(join(folder, 'p'), join(folder, copy), { recursive: true })
  await Promise.all([quorum('one', '--model', 'rule-outlines', '--shard', '1/2', '--out', 'one.jsonl', '--as', 'cluster'), quorum('two', '--model', 'rule-outlines', '--shard', '2/2', '--out', 'two.jsonl')])
  expect([draftsIn(join(folder, 'one')).size, draftsIn(join(folder, 'two')).size]).toEqual([0, 0])
  // A kill tore off the end of a line; the same command again writes that item alone.
  const whole = readFileSync(join(folder, 'two.jsonl'), 'utf8')
  const kept = whole.trimEnd().split('\n').slice(0, -1).join('\n')
  rmSync(join(folder, 'two.jsonl'))
  appendFileSync(join(folder, 'two.jsonl'), `${kept}\n${whole.slice(kept.length + 1, kept.length + 40)}`)
  expect((await quorum('two', '--model', 'rule-outlines', '--shard', '2/2', '--out', 'two.jsonl')).report).toMatchObject({ items: 6, skipped: 5 })
  expect(readFileSync(join(folder, 'two.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(7)
  const { code, report } = await quorum('p', '--from', 'one.jsonl', 'two.jsonl')
  expect({ code, report }).toMatchObject({ code: 0, report: { items: 12, skipped: 0, waiting: 0 } })
  const drafts = draftsIn(join(folder, 'p'))
  expect(isWhole(drafts)).toBe(true)
  expect([...drafts.values()].flat().filter((draft) => draft.author === author('cluster')).length).toBe([...drafts.values()].flat().length / 2)
  expect((await quorum('p', '--from', 'one.jsonl', '--from', 'two.jsonl')).report).toMatchObject({ drafts: 0, skipped: 12 })
  expect(draftsIn(join(folder, 'p'))).toEqual(drafts)
  expect(await quorum('two', '--model', 'rule-outlines', '--threshold', '0.3', '--out', 'two.jsonl')).toMatchObject({ code: 1, err: expect.stringMatching(/two\.jsonl holds drafts of rule-outlines/u) })
  expect(await quorum('p', '--from', join(practiceMedia, 'coffee.jpg'))).toMatchObject({ code: 1, err: expect.stringMatching(/coffee\.jpg holds no drafts of Quorum/u) })
}, 120_000)
