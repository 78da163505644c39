import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import type { ImportRequest } from '#shared/contract/importing.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { Author, layerOf } from '#shared/model/author.ts'
import type { Label } from '#shared/model/label.ts'
import { photo, temporaryFolder } from '#electron/media/fixture.ts'
import { createMediaPool } from '#electron/media/mediaPool.ts'
import { importSources } from './importSources.ts'
import { memorySink } from './memorySink.ts'

// Real decoding on a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 })

const pool = createMediaPool({ size: 2 })
afterAll(() => pool.close())
const ana = Author.parse('Ana')

function bring(project: ReturnType<typeof memorySink>, source: string, more: Partial<ImportRequest> = {}) {
  const labels = [...project.records.values()].filter((record): record is Label => record.type === 'label')
  return importSources({
    request: { sources: [source], mode: 'copied', format: 'auto', media: null, layer: null, ...more }, sink: project.sink, pool, assets: () => project.assets(),
    job: { signal: new AbortController().signal, progress: () => undefined },
    target: { author: ana, layer: layerOf(ana), labels, tiers: [], markAt: (order) => ({ color: '#112233', glyph: `glyph-${order}` }), has: (id) => project.records.has(id) },
  })
}
const annotations = (project: ReturnType<typeof memorySink>) => [...project.records.values()].filter((record): record is Annotation => record.type === 'annotation')

const coco = (images: unknown[], annotations: unknown[]) => JSON.stringify({ images, annotations, categories: [{ id: 3, name: 'car' }, { id: 7, name: 'dog' }] })
const image = (id: number, name: string) => ({ id, file_name: name, width: 96, height: 64 })
const box = (id: number, image: number, x: number, more = {}) => ({ id, image_id: image, category_id: 3, bbox: [x, 4, 10, 12], area: 120, iscrowd: 0, ...more })

async function dataset(folder: ReturnType<typeof temporaryFolder>) {
  folder.put('in/images/a.jpg', await photo(1).jpeg().toBuffer())
  folder.put('in/images/b.jpg', await photo(2).jpeg().toBuffer())
  folder.put('in/annotations/instances.json', coco(
    [image(1, 'a.jpg'), image(2, 'images/B.JPG'), image(3, 'gone.jpg')],
    [box(1, 1, 5), box(2, 1, 30), box(3, 2, 8, { category_id: 7 }), box(4, 3, 1), box(5, 1, 9, { bbox: [1, 2, 'x', 3] })],
  ))
}

test('COCO and its pictures: labels made, items joined by name, what is missing told', async () => {
  using folder = temporaryFolder()
  await dataset(folder)
  const project = memorySink(join(folder.path, 'project'))
  const report = await bring(project, join(folder.path, 'in'))
  expect(report).toMatchObject({ assets: 2, annotations: 3, byLabel: { car: 2, dog: 1 }, byKind: { box: 3 }, skipped: 2 })
  expect(report.issues.map(({ code }) => code)).toContain('missing-media')
  expect(report.issues.find(({ code }) => code === 'missing-media')).toMatchObject({ path: 'annotations/instances.json', message: expect.stringContaining('gone.jpg') as string })
  const [first] = annotations(project)
  expect(first).toMatchObject({ author: 'Ana', layer: 'Ana', geometry: { kind: 'box', x: 5, y: 4, width: 10, height: 12 }, provenance: { by: 'import', format: 'coco' } })
  expect(project.assets().find(({ id }) => id === first?.asset)?.name).toBe('images/a.jpg')
})

test('importing annotations twice gives one set of them', async () => {
  using folder = temporaryFolder()
  await dataset(folder)
  const project = memorySink(join(folder.path, 'project'))
  await bring(project, join(folder.path, 'in'))
  const before = [...project.records.keys()].sort()
  const report = await bring(project, join(folder.path, 'in'))
  expect(report).toMatchObject({ assets: 0, annotations: 0 })
  expect([...project.records.keys()].sort()).toEqual(before)
})

test('an annotation file alone finds its pictures in the project, beside it, or in the folder that is named', async () => {
  using folder = temporaryFolder()
  await dataset(folder)
  const file = join(folder.path, 'in/annotations/instances.json')
  const beside = memorySink(join(folder.path, 'one'))
  expect(await bring(beside, file)).toMatchObject({ assets: 1, annotations: 2 })
  const there = memorySink(join(folder.path, 'two'))
  await bring(there, join(folder.path, 'in/images'), { format: 'media' })
  expect(await bring(there, file)).toMatchObject({ annotations: 3 })
  const named = memorySink(join(folder.path, 'three'))
  expect(await bring(named, file, { media: join(folder.path, 'in/images') })).toMatchObject({ assets: 2, annotations: 3 })
})

test('a file that names a path outside its folders gets nothing from there', async () => {
  using folder = temporaryFolder()
  folder.put('secret.jpg', await photo(9).jpeg().toBuffer())
  const file = folder.put('x/in/annotations/instances.json', coco([image(1, '../../../secret.jpg'), image(2, join(folder.path, 'secret.jpg'))], [box(1, 1, 5), box(2, 2, 5)]))
  const project = memorySink(join(folder.path, 'project'))
  expect(await bring(project, file)).toMatchObject({ assets: 0, annotations: 0, skipped: 2 })
})

test('YOLO: fractions become pixels, the name has no ending, one that may be two is told', async () => {
  using folder = temporaryFolder()
  folder.put('in/images/train/a.jpg', await photo(1).jpeg().toBuffer())
  folder.put('in/images/val/a.png', await photo(2).png().toBuffer())
  folder.put('in/images/val/b.png', await photo(3).png().toBuffer())
  folder.put('in/labels/train/a.txt', '0 0.5 0.5 0.25 0.25\n')
  folder.put('in/labels/val/b.txt', '1 0.5 0.5 0.5 0.5\n')
  folder.put('in/data.yaml', 'path: .\ntrain: images/train\nval: images/val\nnames:\n  0: car\n  1: dog\n')
  mkdirSync(join(folder.path, 'in/labels/none'), { recursive: true })
  const project = memorySink(join(folder.path, 'project'))
  const report = await bring(project, join(folder.path, 'in'))
  expect(report).toMatchObject({ assets: 3, annotations: 2, byLabel: { car: 1, dog: 1 }, skipped: 0 })
  const car = annotations(project).find(({ geometry }) => geometry.kind === 'box' && geometry.width === 24)
  expect(car?.geometry).toMatchObject({ x: 36, y: 24, width: 24, height: 16 })
  expect(project.assets().find(({ id }) => id === car?.asset)?.name).toBe('images/train/a.jpg')
})

test('a format that is not there is told', async () => {
  using folder = temporaryFolder()
  folder.put('in/a.txt', 'x')
  await expect(bring(memorySink(folder.path), join(folder.path, 'in'), { format: 'no-such' })).rejects.toMatchObject({ code: 'unsupported' })
})

test('a transcript comes in without its recording, and says so', async () => {
  using folder = temporaryFolder()
  folder.put('in/talk.vtt', 'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nHello there\n')
  const project = memorySink(join(folder.path, 'project'))
  const report = await bring(project, join(folder.path, 'in'))
  expect(report).toMatchObject({ assets: 1, annotations: 1, skipped: 0, issues: [{ path: 'talk.vtt', code: 'missing-media' }] })
  expect(project.assets()).toMatchObject([{ name: 'talk', kind: 'audio', duration: 2.5, findings: ['missing-media'] }])
})

test('an export\'s own listing is known and is nobody\'s annotations', async () => {
  using folder = temporaryFolder()
  await dataset(folder)
  folder.put('in/quorum-export.json', '{"quorumExport": 1}')
  const project = memorySink(join(folder.path, 'project'))
  const report = await bring(project, join(folder.path, 'in'))
  expect(report.issues.map(({ path }) => path)).not.toContain('quorum-export.json')
  expect(report).toMatchObject({ assets: 2, annotations: 3, skipped: 2 })
})
