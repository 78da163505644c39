import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { createHost } from '#electron/host/host.ts'
import { createProject } from '#electron/storage/projectFolder.ts'
import { ended } from './job.ts'
import { writePictures } from './pictures.ts'
import { author, inScratch, project } from './records.ts'
import { median, row, type BenchRow } from './row.ts'

const files = 500
const rounds = 3

/**
 * Files a second of an import of 500 JPEGs of 1,600 × 1,200 into a new project, referenced and copied: hashed, read,
 * decoded for the perceptual hash, compared and committed. The bare loop hashes each file and reads its header alone.
 */
export default async function importMedia(): Promise<BenchRow[]> {
  const times = { referenced: [] as number[], copied: [] as number[], bare: [] as number[] }
  await inScratch(async (folder) => {
    const source = join(folder, 'source')
    await writePictures(source, files)
    for (let round = 0; round < rounds; round++) {
      times.bare.push(await bareLoop(source))
      for (const mode of ['referenced', 'copied'] as const) times[mode].push(await imported(join(folder, `${mode}-${round}`), source, mode))
    }
  })
  const perSecond = (mode: keyof typeof times) => files / median(times[mode])
  return (['referenced', 'copied'] as const).map((mode) => row(`import of 500 JPEGs, ${mode} (peer: hash and header)`, perSecond(mode), perSecond('bare'), 'files/s', rounds, 'higher'))
}

async function bareLoop(source: string): Promise<number> {
  const start = performance.now()
  for (const name of readdirSync(source)) {
    const bytes = readFileSync(join(source, name))
    createHash('sha256').update(bytes).digest('hex')
    await sharp(bytes).metadata()
  }
  return (performance.now() - start) / 1000
}

async function imported(folder: string, source: string, mode: 'referenced' | 'copied'): Promise<number> {
  const made = createProject(folder, Date.now)
  made.store.addNew('create project', author, [project])
  made.close()
  const host = createHost({ dataDir: `${folder}-data`, version: 'bench', as: author, remember: false })
  try {
    await host.open(folder, 'write')
    const start = performance.now()
    const { job } = await host.ask('imports.start', { sources: [source], format: 'media', media: null, layer: null, mode })
    await ended(host, job)
    const took = (performance.now() - start) / 1000
    const { assets } = await host.ask('imports.report', { job })
    if (assets !== files) throw new Error(`The import took ${assets} of ${files} files.`)
    return took
  } finally {
    await host.close()
  }
}
