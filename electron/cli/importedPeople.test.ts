import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { photo } from '#electron/media/fixture.ts'
import type { Command, Outcome } from './command.ts'
import { consensus } from './commands/consensus.ts'
import { importing } from './commands/import.ts'
import { init } from './commands/init.ts'
import { queue } from './commands/queue.ts'

vi.setConfig({ testTimeout: 60_000 })

let folder: string
const run = (command: Command, words: string[], flags: Record<string, string | boolean> = {}): Promise<Outcome> =>
  command.run({ words, flags, say: () => {}, print: async () => {}, progress: () => {} })

/** Three people's COCO files over the same two pictures; only one of them marked something in the second. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quorum-people-'))
  process.env['QUORUM_DATA_DIR'] = join(folder, 'data')
  mkdirSync(join(folder, 'photos'))
  for (const [at, name] of ['full.jpg', 'empty.jpg'].entries()) writeFileSync(join(folder, 'photos', name), await photo(at + 1).jpeg().toBuffer())
  await run(init, [join(folder, 'p')], { name: 'P' })
  await run(importing, [join(folder, 'p'), join(folder, 'photos')])
  for (const person of ['ada', 'bo', 'spam']) {
    const images = ['full.jpg', 'empty.jpg'].map((file_name, at) => ({ id: at + 1, file_name, width: 96, height: 64 }))
    const box = (id: number, image: number) => ({ id, image_id: image, category_id: 1, bbox: [10, 10, 30, 20], area: 600, iscrowd: 0 })
    const annotations = [box(1, 1), ...(person === 'spam' ? [box(2, 2)] : [])]
    writeFileSync(join(folder, `${person}.json`), JSON.stringify({ images, annotations, categories: [{ id: 1, name: 'cup' }] }))
    await run(importing, [join(folder, 'p'), join(folder, `${person}.json`)], { as: person, format: 'coco' })
  }
})
afterAll(() => {
  delete process.env['QUORUM_DATA_DIR']
  rmSync(folder, { recursive: true, force: true })
})

test('who is named with an import has done what the file names, also where they marked nothing', async () => {
  const { json } = await run(consensus, [join(folder, 'p')], { json: true })
  const { clusters } = json as { clusters: { name: string; existence: number; absent: string[] }[] }
  const alone = clusters.find(({ name }) => name === 'empty.jpg')
  expect(alone?.absent).toEqual(['ada', 'bo'])
  expect(alone?.existence).toBeLessThan(0.6)
  expect(clusters.find(({ name }) => name === 'full.jpg')).toMatchObject({ absent: [] })
})

test('and is handed none of it again; a second import changes nothing', async () => {
  const path = join(folder, 'p')
  const mine = async () => ((await run(queue, [path], { for: 'ada', json: true })).json as { items: unknown[]; state: { label: { submitted: number } } })
  const before = await mine()
  expect(before).toMatchObject({ items: [], state: { label: { submitted: 6 } } })
  await run(importing, [path, join(folder, 'ada.json')], { as: 'ada', format: 'coco' })
  expect(await mine()).toEqual(before)
})
