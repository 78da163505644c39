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

interface Row { name: string; label: string; existence: number; disputes: unknown[]; decided: { decision: string; answer: string | null } | null; geometry: { x: number } }

const pictures = ['one.jpg', 'two.jpg', 'three.jpg', 'new.jpg']
const file = (images: readonly string[], boxes: readonly { of: number; x: number; category?: number }[]) => JSON.stringify({
  images: images.map((file_name, at) => ({ id: at + 1, file_name, width: 96, height: 64 })), categories: [{ id: 1, name: 'cup' }, { id: 2, name: 'jug' }],
  annotations: boxes.map(({ of, x, category = 1 }, at) => ({ id: at + 1, image_id: of, category_id: category, bbox: [x, 10, 20, 20], area: 400, iscrowd: 0 })),
})

/** Of three pictures all is known: one cup each. ada sees the cups; spam calls them jugs, 4 px to the right, and sees another thing beside each. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quorum-gold-'))
  process.env['QUORUM_DATA_DIR'] = join(folder, 'data')
  mkdirSync(join(folder, 'photos'))
  for (const [at, name] of pictures.entries()) writeFileSync(join(folder, 'photos', name), await photo(at + 1).jpeg().toBuffer())
  const project = join(folder, 'p')
  await run(init, [project], { name: 'P' })
  await run(importing, [project, join(folder, 'photos')])
  const all = [1, 2, 3, 4]
  writeFileSync(join(folder, 'gold.json'), file(pictures.slice(0, 3), all.slice(0, 3).map((of) => ({ of, x: 10 }))))
  writeFileSync(join(folder, 'ada.json'), file(pictures, all.map((of) => ({ of, x: 10 }))))
  writeFileSync(join(folder, 'spam.json'), file(pictures, all.flatMap((of) => [{ of, x: 14, category: 2 }, { of, x: 60 }])))
  for (const person of ['ada', 'spam']) await run(importing, [project, join(folder, `${person}.json`)], { as: person, format: 'coco' })
})
afterAll(() => {
  delete process.env['QUORUM_DATA_DIR']
  rmSync(folder, { recursive: true, force: true })
})

test('known answers without a decision: they stand, what is beside them is not there, and the people are known by them', async () => {
  const path = join(folder, 'p')
  const before = (await run(consensus, [path], { json: true, method: 'one-coin' })).json as { clusters: Row[] }
  const beside = ({ clusters }: { clusters: Row[] }, name: string) => clusters.find((row) => row.name === name && row.geometry.x > 50)!
  const imported = await run(importing, [path, join(folder, 'gold.json')], { gold: true, as: 'lea', format: 'coco' })
  expect(imported.json).toMatchObject({ annotations: 3 })
  const { json, lines } = await run(consensus, [path], { json: true, method: 'one-coin' })
  const after = json as { clusters: Row[]; profiles: { author: string; accuracy: number; recall: number; precision: number; bias: number[] | null }[]; people: string[]; decided: number }
  expect(after.people).toEqual(['ada', 'spam'])
  expect(after.decided).toBe(3)
  expect(after.clusters.filter(({ decided }) => decided?.decision === 'final')).toHaveLength(3)
  expect(beside(after, 'one.jpg')).toMatchObject({ existence: 0, disputes: [] })
  // Nobody knows the fourth picture; there the people's records speak.
  expect(beside(after, 'new.jpg').existence).toBeLessThan(beside(before, 'new.jpg').existence)
  expect(after.clusters.find((row) => row.name === 'new.jpg' && row.geometry.x < 50)!.label).toBe('cup')
  const [ada, spam] = after.profiles
  expect(ada!.accuracy).toBeGreaterThan(spam!.accuracy + 0.3)
  expect(ada!.precision).toBeGreaterThan(spam!.precision + 0.2)
  expect(lines.join('\n')).not.toContain('NaN')
})

test('they are nobody’s work: nobody submitted them, and everybody can still be handed the items', async () => {
  expect((await run(queue, [join(folder, 'p')], { for: 'lea', json: true })).json).toMatchObject({ state: { label: { submitted: 8 } } })
})

test('a second import of them changes nothing, whoever brings them in', async () => {
  const again = await run(importing, [join(folder, 'p'), join(folder, 'gold.json')], { gold: true, as: 'max', format: 'coco' })
  expect(again.json).toMatchObject({ annotations: 0, skipped: 3 })
})
