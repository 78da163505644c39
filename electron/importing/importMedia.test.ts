import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { bmp24, photo, pngBomb, temporaryFolder, tone, wav } from '#electron/media/fixture.ts'
import { createMediaPool } from '#electron/media/mediaPool.ts'
import { importMedia } from './importMedia.ts'
import type { MediaImportOptions } from './importMedia.ts'
import { memorySink } from './memorySink.ts'

// Real decoding on a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 })

const pool = createMediaPool({ size: 2 })
afterAll(() => pool.close())

const quiet = () => ({ signal: new AbortController().signal, progress: () => undefined })
type Project = ReturnType<typeof memorySink>
const bring = (project: Project, source: string | string[], more: Partial<MediaImportOptions> = {}) =>
  importMedia({ sources: [source].flat(), mode: 'copied', sink: project.sink, pool, job: quiet(), ...more })
const codes = (issues: readonly { path: string; code: string }[]) => issues.map(({ path, code }) => `${path}: ${code}`).sort()

test('every format comes in as what its bytes are, whatever its name', async () => {
  using folder = temporaryFolder()
  const shot = photo(1)
  folder.put('in/a.jpg', await shot.clone().jpeg().toBuffer())
  folder.put('in/b.png', await photo(2).png().toBuffer())
  folder.put('in/c.webp', await photo(3).webp().toBuffer())
  folder.put('in/d.tif', await photo(4).tiff().toBuffer())
  folder.put('in/e.bmp', bmp24(20, 18, (x, y) => [x * 12, y * 14, 90]))
  folder.put('in/f.avif', await photo(5).avif({ effort: 0 }).toBuffer())
  folder.put('in/g.gif', await photo(6).gif().toBuffer())
  folder.put('in/h.wav', wav(tone(0.5)))
  folder.put('in/i.txt', await photo(7).jpeg().toBuffer())
  folder.put('in/j.png', await photo(8).jpeg().toBuffer())
  folder.put('in/k[1]', await photo(9).jpeg().toBuffer())
  const project = memorySink(join(folder.path, 'project'))
  const { report } = await bring(project, join(folder.path, 'in'))
  expect(codes(report.issues)).toEqual(['j.png: wrong-ending'])
  expect(report).toMatchObject({ assets: 11, skipped: 0 })
  expect(project.assets().map((asset) => asset.mime.split('/')[1])).toEqual(['jpeg', 'png', 'webp', 'tiff', 'bmp', 'avif', 'gif', 'wav', 'jpeg', 'jpeg', 'jpeg'])
  expect(project.assets()[0]).toMatchObject({ name: 'a.jpg', kind: 'image', width: 96, height: 64, orientation: 1 })
  for (const asset of project.assets()) expect(existsSync(join(folder.path, 'project', asset.source.path))).toBe(true)
})

test('bad files are named with a code and the rest comes in', async () => {
  using folder = temporaryFolder()
  const jpeg = await photo(11, 640, 480).jpeg().toBuffer()
  folder.put('in/cut.jpg', jpeg.subarray(0, jpeg.length / 2))
  folder.put('in/empty.jpg', '')
  folder.put('in/good.jpg', await photo(12).jpeg().toBuffer())
  folder.put('in/header-only.webp', (await photo(13).webp().toBuffer()).subarray(0, 30))
  folder.put('in/icon.png', await photo(14, 12, 12).png().toBuffer())
  folder.put('in/note.txt', 'nothing to see')
  folder.put('in/turned.jpg', await photo(15).withMetadata({ orientation: 6 }).jpeg().toBuffer())
  folder.put('in/.DS_Store', 'litter')
  const project = memorySink(join(folder.path, 'project'))
  const { report } = await bring(project, join(folder.path, 'in'))
  expect(codes(report.issues)).toEqual([
    'cut.jpg: truncated', 'empty.jpg: empty', 'header-only.webp: unreadable', 'icon.png: tiny', 'in: hidden', 'note.txt: unsupported', 'turned.jpg: rotated',
  ])
  expect(report).toMatchObject({ assets: 4, skipped: 4 })
  const turned = project.assets().find((asset) => asset.name === 'turned.jpg')
  expect(turned).toMatchObject({ width: 64, height: 96, orientation: 6, findings: ['rotated'] })
  for (const { message } of report.issues) expect(message).toMatch(/\.$/u)
})

test('a PNG of 600 kB that unpacks to gigabytes is refused without unpacking it', async () => {
  using folder = temporaryFolder()
  const bomb = folder.put('in/bomb.png', pngBomb(40_000))
  expect(readFileSync(bomb).length).toBeLessThan(600_000)
  folder.put('in/good.jpg', await photo(12).jpeg().toBuffer())
  const project = memorySink(join(folder.path, 'project'))
  const { report } = await bring(project, join(folder.path, 'in'))
  expect(report).toMatchObject({ assets: 1, skipped: 1, issues: [{ path: 'bomb.png', code: 'huge' }] })
  expect(report.issues[0]?.message).toContain('40,000 × 40,000')
})

test('equal files are one asset, near ones two, and two of one name with other bytes are both kept', async () => {
  using folder = temporaryFolder()
  const first = await photo(21, 400, 300).jpeg({ quality: 95 }).toBuffer()
  folder.put('in/a.jpg', first)
  folder.put('in/b/a.jpg', await photo(22, 400, 300).jpeg().toBuffer())
  folder.put('in/c.jpg', first)
  folder.put('in/d.jpg', await photo(21, 200, 150).jpeg({ quality: 40 }).toBuffer())
  const project = memorySink(join(folder.path, 'project'))
  const { report, assetByName } = await bring(project, join(folder.path, 'in'))
  expect(codes(report.issues)).toEqual(['c.jpg: duplicate', 'd.jpg: near-duplicate'])
  expect(report.issues.find(({ code }) => code === 'duplicate')?.message).toContain('a.jpg')
  expect(project.assets().map(({ name }) => name)).toEqual(['a.jpg', 'b/a.jpg', 'd.jpg'])
  expect(assetByName.get('c.jpg')).toBe(assetByName.get('a.jpg'))
})

test('importing twice gives the same assets, and a near one of the project is told', async () => {
  using folder = temporaryFolder()
  folder.put('in/a.jpg', await photo(31, 400, 300).jpeg().toBuffer())
  folder.put('in/b.jpg', await photo(32).jpeg().toBuffer())
  const project = memorySink(join(folder.path, 'project'))
  await bring(project, join(folder.path, 'in'))
  const before = new Set(project.records.keys())
  folder.put('in/c.jpg', await photo(31, 300, 225).jpeg({ quality: 50 }).toBuffer())
  const { report } = await bring(project, join(folder.path, 'in'))
  expect(codes(report.issues)).toEqual(['a.jpg: duplicate', 'b.jpg: duplicate', 'c.jpg: near-duplicate'])
  expect(report).toMatchObject({ assets: 1, skipped: 2 })
  for (const id of before) expect(project.records.has(id)).toBe(true)
  expect(project.records.size).toBe(3)
})

test('a cancelled import keeps what it committed and goes on where it stopped', async () => {
  using folder = temporaryFolder()
  for (let seed = 100; seed < 140; seed++) folder.put(`in/${seed}.jpg`, await photo(seed, 40, 30).jpeg().toBuffer())
  const project = memorySink(join(folder.path, 'project'))
  const abort = new AbortController()
  const job = { signal: abort.signal, progress: (done: number) => { if (done === 10) abort.abort() } }
  await bring(project, join(folder.path, 'in'), { job })
  expect(project.records.size).toBeGreaterThanOrEqual(10)
  expect(project.records.size).toBeLessThan(40)
  const { report } = await bring(project, join(folder.path, 'in'))
  expect(project.records.size).toBe(40)
  expect(report.assets + report.skipped).toBe(40)
})

test('a copy whose file was lost is taken in again', async () => {
  using folder = temporaryFolder()
  folder.put('in/a.jpg', await photo(41).jpeg().toBuffer())
  const project = memorySink(join(folder.path, 'project'))
  await bring(project, join(folder.path, 'in'))
  const copy = join(folder.path, 'project', project.assets()[0]!.source.path)
  rmSync(copy)
  const { report } = await bring(project, join(folder.path, 'in'))
  expect(codes(report.issues)).toEqual(['a.jpg: found-again'])
  expect(existsSync(copy)).toBe(true)
})

test('what a process that died left half written is cleared away', async () => {
  using folder = temporaryFolder()
  folder.put('in/a.jpg', await photo(42).jpeg().toBuffer())
  const part = folder.put('project/media/ab/.1-0011223344556677.part', 'half')
  await bring(memorySink(join(folder.path, 'project')), join(folder.path, 'in'))
  expect(existsSync(part)).toBe(false)
})

test('a loop of links, a pipe, a lost link and odd names', async () => {
  using folder = temporaryFolder()
  folder.put('in/a/one.jpg', await photo(51).jpeg().toBuffer())
  symlinkSync(join(folder.path, 'in'), join(folder.path, 'in/a/loop'))
  symlinkSync(join(folder.path, 'nowhere.jpg'), join(folder.path, 'in/lost.jpg'))
  execFileSync('mkfifo', [join(folder.path, 'in/pipe')])
  folder.put(`in/${'é'.normalize('NFD')}.jpg`, await photo(52).jpeg().toBuffer())
  folder.put('in/two\nlines.jpg', await photo(53).jpeg().toBuffer())
  const project = memorySink(join(folder.path, 'project'))
  const { report } = await bring(project, join(folder.path, 'in'))
  expect(codes(report.issues)).toEqual([
    'a/loop: symlink-loop', 'lost.jpg: unreadable', 'pipe: unsupported', 'two\\nlines.jpg: name-normalised', 'é.jpg: name-normalised',
  ].sort())
  expect(project.assets().map(({ name }) => name).sort()).toEqual(['a/one.jpg', 'two\\nlines.jpg', 'é.jpg'])
})

// Only Linux lets such a name be.
test.runIf(process.platform === 'linux')('a name that is no UTF-8', async () => {
  using folder = temporaryFolder()
  folder.put('in/a.jpg', await photo(54).jpeg().toBuffer())
  writeFileSync(Buffer.concat([Buffer.from(join(folder.path, 'in/')), Buffer.from([0xff, 0xfe]), Buffer.from('.jpg')]), 'x')
  const { report } = await bring(memorySink(join(folder.path, 'project')), join(folder.path, 'in'))
  expect(report).toMatchObject({ assets: 1, skipped: 1, issues: [{ code: 'bad-name' }] })
})

test.skipIf(process.getuid?.() === undefined)('a folder and a file without permission', async () => {
  using folder = temporaryFolder()
  folder.put('in/good.jpg', await photo(61).jpeg().toBuffer())
  folder.put('in/shut/inside.jpg', await photo(62).jpeg().toBuffer())
  folder.put('in/locked.jpg', await photo(63).jpeg().toBuffer())
  for (const path of ['', 'in']) chmodSync(join(folder.path, path), 0o755)
  mkdirSync(join(folder.path, 'project'), { mode: 0o777 })
  chmodSync(join(folder.path, 'project'), 0o777)
  chmodSync(join(folder.path, 'in/shut'), 0o000)
  chmodSync(join(folder.path, 'in/locked.jpg'), 0o000)
  const project = memorySink(join(folder.path, 'project'))
  // The superuser may read everything, so the test steps down for a moment.
  const root = process.getuid?.() === 0
  if (root) process.seteuid?.(65_534)
  try {
    const { report } = await bring(project, join(folder.path, 'in'))
    expect(codes(report.issues)).toEqual(['locked.jpg: no-permission', 'shut: no-permission'])
    expect(report).toMatchObject({ assets: 1, skipped: 2 })
  } finally {
    if (root) process.seteuid?.(0)
    chmodSync(join(folder.path, 'in/shut'), 0o755)
  }
})

test('a project that cannot be written ends the import in words', async () => {
  using folder = temporaryFolder()
  folder.put('in/a.jpg', await photo(71).jpeg().toBuffer())
  folder.put('project/media', 'a file where the folder should be')
  await expect(bring(memorySink(join(folder.path, 'project')), join(folder.path, 'in'))).rejects.toThrow(/could not be written/u)
})

test('referenced files stay where they are, and a link that leads out is not followed', async () => {
  using folder = temporaryFolder()
  const path = folder.put('in/a.jpg', await photo(81).jpeg().toBuffer())
  folder.put('elsewhere/b.jpg', await photo(82).jpeg().toBuffer())
  folder.put('behind/c.jpg', await photo(83).jpeg().toBuffer())
  symlinkSync(join(folder.path, 'elsewhere/b.jpg'), join(folder.path, 'in/b.jpg'))
  symlinkSync(join(folder.path, 'behind'), join(folder.path, 'in/way'))
  const project = memorySink(join(folder.path, 'project'))
  const { report } = await bring(project, join(folder.path, 'in'), { mode: 'referenced' })
  expect(codes(report.issues)).toEqual(['b.jpg: link-outside', 'way/c.jpg: link-outside'])
  expect(project.assets()[0]?.source).toEqual({ mode: 'referenced', path })
  expect(project.roots).toEqual([join(folder.path, 'in')])
  expect(existsSync(join(folder.path, 'project/media')) && readdirSync(join(folder.path, 'project/media'))).toBeFalsy()
})
