import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as ort from 'onnxruntime-web'
import { preprocess } from '#shared/prelabel/picture/preprocess.ts'
import { wantedSize } from '#shared/prelabel/picture/frame.ts'
import type { ImageInput } from '#shared/prelabel/manifest.ts'
import { createHost, type Host } from '#electron/host/host.ts'
import { ModelLibrary } from '#electron/prelabel/library.ts'
import { nanodet } from '#electron/prelabel/models/nanodet.ts'
import { pictureSample } from '#electron/prelabel/sample.ts'
import { createProject } from '#electron/storage/projectFolder.ts'
import { ended } from './job.ts'
import { writePictures } from './pictures.ts'
import { framesDuringBatch } from './prelabelFrames.ts'
import { author, inScratch, project } from './records.ts'
import { median, row, type BenchRow } from './row.ts'

const pictures = 24
const rounds = 5

export default async function prelabel(): Promise<BenchRow[]> {
  return [...await detection(), ...await framesDuringBatch()]
}

/**
 * Milliseconds an item of a detection run over 24 JPEGs of 1,600 × 1,200, from the files to drafts on the disk: decoded, resized, run,
 * chosen from, committed. The peer is onnxruntime-web alone, with as many threads, on the tensor of one of these pictures.
 */
async function detection(): Promise<BenchRow[]> {
  return inScratch(async (folder) => {
    const source = join(folder, 'source')
    await writePictures(source, pictures)
    const made = createProject(join(folder, 'p'), Date.now)
    made.store.addNew('create project', author, [project])
    made.close()
    const host = createHost({ dataDir: join(folder, 'data'), version: 'bench', as: author, remember: false })
    const bare = await bareRun(join(folder, 'data'), join(source, '0.jpg'))
    try {
      await host.open(join(folder, 'p'), 'write')
      const { job } = await host.ask('imports.start', { sources: [source], format: 'media', media: null, layer: null, mode: 'referenced' })
      await ended(host, job)
      const times = { ours: [] as number[], bare: [] as number[] }
      for (let round = 0; round <= rounds; round++) {
        const ours = await detected(host, round), alone = await bare.perRun()
        // The first round loads and warms.
        if (round > 0) {
          times.ours.push(ours)
          times.bare.push(alone)
        }
      }
      return [row('detection an item, file to draft (peer: the graph alone)', median(times.ours), median(times.bare), 'ms', rounds * pictures)]
    } finally {
      await host.close()
      await bare.close()
    }
  })
}

/** One run of its own: another threshold is another run. */
async function detected(host: Host, round: number): Promise<number> {
  const { job } = await host.ask('prelabel.start', { model: nanodet.id, assets: null, threshold: 0.3 + round / 100, makeLabels: true })
  await ended(host, job)
  const { perItemMs, failed, items } = await host.ask('prelabel.report', { job })
  if (failed.length > 0 || items !== pictures || perItemMs === null) throw new Error(`${items} items, ${failed.length} failed: ${failed[0]?.reason ?? ''}`)
  return perItemMs
}

async function bareRun(dataDir: string, picture: string): Promise<{ perRun(): Promise<number>; close(): Promise<void> }> {
  const library = new ModelLibrary(dataDir)
  const { model } = await library.files(library.need(nanodet.id))
  const input = nanodet.input as ImageInput
  const { sample } = await pictureSample({ kind: 'image', path: picture, mime: 'image/jpeg', width: 1600, height: 1200 }, null, (width, height) => wantedSize(input, width, height))
  const { tensor } = preprocess(input, sample)
  const { availableParallelism } = await import('node:os')
  ort.env.wasm.numThreads = Math.min(8, Math.max(1, availableParallelism()))
  const session = await ort.InferenceSession.create(await readFile(model!), { executionProviders: ['wasm'] })
  return {
    async perRun() {
      const start = performance.now()
      for (let run = 0; run < pictures; run++) await session.run({ [session.inputNames[0]!]: new ort.Tensor('float32', tensor.data as Float32Array, tensor.dims) })
      return (performance.now() - start) / pictures
    },
    close: () => session.release(),
  }
}
