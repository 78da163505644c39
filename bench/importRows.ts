import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Annotation } from '#shared/model/annotation.ts'
import { createHost } from '#electron/host/host.ts'
import { projectSink } from '#electron/host/projectSink.ts'
import { openForWriting } from '#electron/storage/database.ts'
import { initialise } from '#electron/storage/migrate.ts'
import { naturalKey } from '#electron/storage/naturalOrder.ts'
import { openProject } from '#electron/storage/projectFolder.ts'
import { ended } from './job.ts'
import { annotation, asset, author, inScratch, makeProject } from './records.ts'
import { median, row, type BenchRow } from './row.ts'

const rounds = 5
const items = 1000
const each = 20
const batch = 500
const total = items * each

/**
 * Annotations a second into a new project, in batches of 500 of one durable transaction each: through the sink that an
 * import writes to, and through the whole import of a COCO file, against a bare loop of prepared statements.
 */
export default async function importRows(): Promise<BenchRow[]> {
  const sink: number[] = []
  const coco: number[] = []
  const bare: number[] = []
  for (let round = 0; round < rounds; round++) {
    await inScratch(async (folder) => {
      const records = Array.from({ length: total }, (_, index) => annotation(asset(Math.floor(index / each)).id, index))
      const turns = [() => bare.push(bareLoop(join(folder, 'bare.db'), records)), () => sink.push(throughSink(join(folder, 'ours'), records))]
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) turn()
      coco.push(await throughCoco(folder, records))
    })
  }
  const perSecond = (seconds: number[]) => total / median(seconds)
  return [
    row('import of annotations, the import’s sink', perSecond(sink), perSecond(bare), 'rows/s', rounds, 'higher'),
    row('import of a COCO file, read to last row', perSecond(coco), perSecond(bare), 'rows/s', rounds, 'higher'),
  ]
}

function seconds(work: () => void): number {
  const start = performance.now()
  work()
  return (performance.now() - start) / 1000
}

function throughSink(folder: string, records: readonly Annotation[]): number {
  makeProject(folder, items, 0)
  const project = openProject(folder, Date.now)
  try {
    const sink = projectSink(project, author)
    return seconds(() => {
      for (let from = 0; from < total; from += batch) sink.commit(`import ${batch} annotation records`, records.slice(from, from + batch))
    })
  } finally {
    project.close()
  }
}

/** The same tables, indexes and rows, the row of the log included, and the same durability; nothing but prepared statements. */
function bareLoop(path: string, records: readonly Annotation[]): number {
  const db = openForWriting(path)
  try {
    initialise(db, path)
    const insertAsset = db.prepare('INSERT INTO assets (id, name, sort_key, kind, perceptual_hash, record) VALUES (?, ?, ?, ?, ?, ?)')
    db.transaction(() => {
      for (let index = 0; index < items; index++) {
        const { id, name, kind, perceptualHash, ...rest } = asset(index)
        insertAsset.run(id, name, naturalKey(name), kind, perceptualHash, JSON.stringify({ id, name, kind, perceptualHash, ...rest }))
      }
    })()
    const insert = db.prepare('INSERT INTO annotations (id, asset, layer, author, label, kind, draft, text, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    const log = db.prepare(`INSERT INTO changes (id, clock, author, asset, name, intent, target, duration_ms, scope, labels, digest, diff) VALUES (?, ?, ?, NULL, 'import', 'do', NULL, NULL, 'bulk', 0, ?, ?)`)
    const write = db.transaction((some: readonly Annotation[], nth: number) => {
      const diff = JSON.stringify({ added: Object.fromEntries(some.map((each) => [each.id, each])), updated: {}, removed: {} })
      for (const each of some) insert.run(each.id, each.asset, each.layer, each.author, each.label, each.geometry.kind, each.draft ? 1 : 0, each.text, JSON.stringify(each))
      log.run(`change:${nth}`, String(nth).padStart(12, '0'), author, createHash('sha256').update(diff).digest('hex'), diff)
    })
    return seconds(() => {
      for (let from = 0; from < total; from += batch) write.immediate(records.slice(from, from + batch), from)
    })
  } finally {
    db.close()
  }
}

/** The job that the window and the command line start: reads, checks, joins and writes the same shapes from a file. */
async function throughCoco(folder: string, records: readonly Annotation[]): Promise<number> {
  const path = join(folder, 'coco')
  makeProject(path, items, 0)
  const source = join(folder, 'source')
  mkdirSync(source)
  writeFileSync(join(source, 'instances.json'), JSON.stringify(cocoOf(records)))
  const host = createHost({ dataDir: join(folder, 'data'), version: 'bench', as: author, remember: false })
  try {
    await host.open(path, 'write')
    const start = performance.now()
    const { job } = await host.ask('imports.start', { sources: [source], format: 'coco', media: null, layer: null, mode: 'referenced' })
    await ended(host, job)
    const took = (performance.now() - start) / 1000
    const { annotations } = await host.ask('imports.report', { job })
    if (annotations !== total) throw new Error(`The import took ${annotations} of ${total} annotations.`)
    return took
  } finally {
    await host.close()
  }
}

function cocoOf(records: readonly Annotation[]) {
  return {
    images: Array.from({ length: items }, (_, index) => ({ id: index + 1, file_name: asset(index).name, width: 1600, height: 1200 })),
    categories: [{ id: 1, name: 'thing' }],
    annotations: records.map(({ geometry }, index) => ({
      id: index + 1, image_id: Math.floor(index / each) + 1, category_id: 1, iscrowd: 0, area: 1,
      ...(geometry.kind === 'box' ? { bbox: [geometry.x, geometry.y, geometry.width, geometry.height] } : {}),
      ...(geometry.kind === 'polygon' ? { segmentation: geometry.parts.map(([ring]) => ring), bbox: [0, 0, 1, 1] } : {}),
    })),
  }
}
