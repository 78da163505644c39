import { createHash } from 'node:crypto'
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ExportRequest } from '#shared/contract/exporting.ts'
import { sampleAnnotation, sampleAsset, sampleLabel } from '#shared/formats/samples.ts'
import type { ImageAsset } from '#shared/model/asset.ts'
import type { Layer } from '#shared/model/author.ts'
import type { AssetId } from '#shared/model/id.ts'
import { type ExportSource, planExport } from './planExport.ts'
import { selectLayer } from './selectLayer.ts'
import { type ExportWriting, writeExport } from './writeExport.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quorum-export-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const request: ExportRequest = { format: 'coco', layer: null, includeDrafts: false, split: null }
const label = sampleLabel(0, 'cat')

async function picture(number: number, name: string, changes: Partial<ImageAsset> = {}): Promise<ImageAsset> {
  const content = `picture ${number}`
  const hash = createHash('sha256').update(content).digest('hex')
  const asset = sampleAsset(number, name, { ...changes, hash, id: `asset:${hash.slice(0, 40)}` as AssetId })
  await writeFile(join(folder, asset.id.replace(':', '-')), content)
  return asset
}

async function source(): Promise<ExportSource> {
  const assets = [await picture(1, 'a.jpg'), await picture(2, 'sub/a.jpg'), await picture(3, 'a.jpg'), await picture(4, 'turned.jpg', { orientation: 6 })]
  const annotations = assets.flatMap((asset, index) => [
    sampleAnnotation(index * 2, asset, label, { kind: 'box', x: 1.5, y: 2, width: 30.25, height: 40 }),
    sampleAnnotation(index * 2 + 1, asset, label, { kind: 'polygon', parts: [[[5, 5, 50, 5, 50, 50]]] }, { draft: index === 0 }),
  ])
  return { labels: [label], tiers: [], assets, annotations, relations: [], logHash: 'ab'.repeat(32) }
}

const writing = (from: ExportSource, changes: Partial<ExportWriting> = {}, asked = request): ExportWriting => ({
  plan: planExport(from, asked), out: join(folder, 'deep', 'out'), mediaPath: (id) => join(folder, id.replace(':', '-')),
  bake: (_, original, to) => copyFile(original, to), cut: () => Promise.resolve(), signal: new AbortController().signal, onProgress: () => undefined, ...changes,
})
const tree = async (path: string) => (await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1)).sort()

test('writes a whole folder with its manifest, and the same bytes a second time', async () => {
  const from = await source()
  const report = await writeExport(writing(from))
  expect(report).toMatchObject({ files: 6, annotations: 7, withheld: [{ reason: 'draft', count: 1 }], snapshot: from.logHash })
  expect(report.losses.map((loss) => loss.code)).toEqual(['name-changed', 'orientation-baked'])
  const files = await tree(join(folder, 'deep', 'out'))
  expect(files).toHaveLength(report.files)
  expect(files).toContain('images/default/sub/a.jpg')
  await writeExport(writing({ ...from, annotations: [...from.annotations].reverse(), assets: [...from.assets].reverse() }, { out: join(folder, 'again') }))
  for (const file of files) expect(await readFile(join(folder, 'again', file))).toEqual(await readFile(join(folder, 'deep', 'out', file)))
  const manifest = JSON.parse(await readFile(join(folder, 'again', 'quorum-export.json'), 'utf8')) as { files: Record<string, string>; snapshot: string }
  expect(Object.keys(manifest.files)).toEqual(files.filter((file) => file !== 'quorum-export.json'))
})

test.each(['yolo-detect', 'yolo-segment', 'coco'])('%s proves itself by reading again', async (format) => {
  const split = { shares: { train: 0.5, val: 0.5 }, seed: 1, groupBy: null, stratify: false }
  const report = await writeExport(writing(await source(), {}, { ...request, format, split, includeDrafts: true }))
  expect(report.annotations).toBe(8)
})

test('a reader that finds something else fails the export and leaves nothing', async () => {
  const wrong = writing(await source())
  const { serialized } = wrong.plan
  const files = [...serialized.files].map((file) => ({ path: file.path, content: String(file.content).replaceAll('31.75', '32.75') }))
  await expect(writeExport({ ...wrong, plan: { ...wrong.plan, serialized: { ...serialized, files } } })).rejects.toMatchObject({ code: 'unexpected', message: expect.stringContaining('not found again') as string })
  expect(await readdir(folder)).not.toContain('deep')
})

test('a folder with something in it is refused, an empty one is used', async () => {
  const from = await source()
  await mkdir(join(folder, 'full'))
  await writeFile(join(folder, 'full', 'mine.txt'), 'mine')
  await expect(writeExport(writing(from, { out: join(folder, 'full') }))).rejects.toMatchObject({ code: 'export-exists' })
  expect(await readFile(join(folder, 'full', 'mine.txt'), 'utf8')).toBe('mine')
  await mkdir(join(folder, 'empty'))
  await writeExport(writing(from, { out: join(folder, 'empty') }))
  expect(await readdir(join(folder, 'empty'))).toContain('quorum-export.json')
})

test.each([1, 3, 6])('cancelled at step %i, nothing is left', async (step) => {
  const before = await source()
  const names = await readdir(folder)
  const controller = new AbortController()
  let steps = 0
  const onProgress = () => {
    steps += 1
    if (steps === step) controller.abort()
  }
  await expect(writeExport(writing(before, { signal: controller.signal, onProgress }))).rejects.toMatchObject({ code: 'cancelled' })
  expect(await readdir(folder)).toEqual(names)
})

test('a picture that is gone or has changed is named and nothing is left', async () => {
  const from = await source()
  const file = join(folder, from.assets[1]!.id.replace(':', '-'))
  await writeFile(file, 'another picture')
  await expect(writeExport(writing(from))).rejects.toMatchObject({ message: expect.stringContaining('sub/a.jpg') as string })
  await rm(file)
  await expect(writeExport(writing(from))).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('sub/a.jpg') as string })
  expect(await readdir(folder)).not.toContain('deep')
})

test.skipIf(process.getuid?.() === 0)('a folder without permission is said so', async () => {
  const from = await source()
  await mkdir(join(folder, 'locked'))
  await chmod(join(folder, 'locked'), 0o500)
  await expect(writeExport(writing(from, { out: join(folder, 'locked', 'out') }))).rejects.toMatchObject({ code: 'no-permission' })
})

test('a file in the way of the path is said so', async () => {
  await writeFile(join(folder, 'file'), '')
  await expect(writeExport(writing(await source(), { out: join(folder, 'file', 'out') }))).rejects.toMatchObject({ code: 'invalid-input' })
})

test('the layer that leaves: final, else consensus, else the only one', () => {
  const layers = (...names: string[]) => names.map((layer) => ({ layer: layer as Layer, annotations: 3 }))
  expect(selectLayer(layers('ada', 'consensus', 'final'), null)).toBe('final')
  expect(selectLayer(layers('ada', 'consensus'), null)).toBe('consensus')
  expect(selectLayer([...layers('ada'), { layer: 'bob' as Layer, annotations: 0 }], null)).toBe('ada')
  expect(selectLayer([], null)).toBeNull()
  expect(selectLayer(layers('ada', 'bob'), 'bob')).toBe('bob')
  expect(() => selectLayer(layers('ada', 'bob'), null)).toThrow('ada, bob')
  expect(() => selectLayer(layers('ada'), 'eve')).toThrow('"eve"')
})

test('items that only others annotated are counted as withheld', async () => {
  const from = await source()
  const annotations = from.annotations.map((annotation, index) => ({ ...annotation, layer: (index < 2 ? 'final' : 'ada') as Layer }))
  expect(planExport({ ...from, annotations }, request).report.withheld).toEqual([{ reason: 'draft', count: 1 }, { reason: 'only-in-other-layers', count: 3 }])
})
