import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Layer } from '#shared/model/author.ts'
import { annotation, assetId, author, image, label, labelId, project } from '#shared/testing/records.ts'
import { queue } from '#electron/cli/commands/queue.ts'
import { createProject } from '#electron/storage/projectFolder.ts'

let folder: string
const names = ['a', 'b', 'c', 'd', 'e', 'f']

/** Drafts of one model, the later the less sure. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorum-queue-'))
  process.env['QUORUM_DATA_DIR'] = join(folder, 'data')
  const drafts = names.map((name, at) => annotation(`d-${name}`, {
    asset: assetId(name), layer: 'model:yolo' as Layer, author: author('bot'), draft: true, label: labelId('car'),
    provenance: { by: 'model', model: 'yolo', version: '1', hash: '0'.repeat(64), settings: {}, score: 0.9, backend: 'wasm', at: 1, margin: 0.9 - at / 10 },
  }))
  for (const [path, order] of [['plain', undefined], ['ordered', { mix: { random: 1 }, seed: 5 }]] as const) {
    createProject(join(folder, path), Date.now, (store) => void store.addNew('create', author('quorum'), [project(order ? { order } : {}), label('car'), ...names.map((name) => image(name)), ...drafts])).close()
  }
})
afterAll(() => {
  delete process.env['QUORUM_DATA_DIR']
  rmSync(folder, { recursive: true, force: true })
})

interface Json { order: unknown; items: { name: string; strategy: string | null; value: number | null }[] }
const run = async (path: string, flags: Record<string, string> = {}) => {
  const { json, lines } = await queue.run({ words: [join(folder, path)], flags: { for: 'ada', ...flags }, say: () => {}, print: async () => {}, progress: () => {} })
  return { ...(json as Json), lines }
}
const ofNames = ({ items }: Json) => items.map(({ name }) => name.replace('.jpg', ''))

test('an order on the command line: strategy and value in the document, the reason in words', async () => {
  const asked = await run('plain', { order: 'uncertain=2,random=1', seed: '3' })
  expect(asked.order).toEqual({ mix: { uncertain: 2, random: 1 }, seed: 3 })
  expect(asked.items[0]).toMatchObject({ name: 'f.jpg', strategy: 'uncertain', value: 0.6 })
  expect(asked.lines![0]).toBe('f.jpg: nobody has done it yet; the model is unsure: two classes are close')
  expect(asked.items.slice(0, 3).filter(({ strategy }) => strategy === 'random')).toHaveLength(1)
  expect(ofNames(await run('plain'))).toEqual(names)
  expect((await run('plain')).order).toBeNull()
})

test('the project’s own order, another seed for it, and the order of names in its place', async () => {
  const own = await run('ordered')
  expect(own.order).toEqual({ mix: { random: 1 }, seed: 5 })
  expect(await run('ordered')).toEqual(own)
  expect(ofNames(await run('ordered', { seed: '6' }))).not.toEqual(ofNames(own))
  expect(ofNames(await run('ordered', { order: 'names' }))).toEqual(names)
})

test('wrong use', async () => {
  expect(() => queue.run({ words: ['x'], flags: { for: 'ada', order: 'luck=1' }, say: () => {}, print: async () => {}, progress: () => {} })).toThrow('--order luck=1: choose from uncertain, disagreed, diverse, rare, random, or names.')
  await expect(async () => run('plain', { order: 'rare=-1' })).rejects.toThrow('a share is a number from 0 to 1000')
  await expect(async () => run('plain', { order: 'rare=0' })).rejects.toThrow('one share at least is greater than 0')
  await expect(async () => run('plain', { order: 'rare,rare' })).rejects.toThrow('can stand there once')
  await expect(async () => run('plain', { order: 'rare', stage: 'review' })).rejects.toThrow('go with --stage label alone')
  await expect(async () => run('plain', { seed: '3' })).rejects.toThrow('the project keeps no order of its own')
})
