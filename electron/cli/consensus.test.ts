import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { consensus } from '#electron/cli/commands/consensus.ts'
import { exporting } from '#electron/cli/commands/export.ts'
import { queue } from '#electron/cli/commands/queue.ts'
import { createHost } from '#electron/host/host.ts'
import { createProject } from '#electron/storage/projectFolder.ts'
import { boxIou } from '#shared/geometry/iou.ts'
import { randomFrom } from '#shared/agreement/random.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { Box } from '#shared/model/geometry.ts'
import { annotation, assetId, author, box, image, label, labelId, project, submission } from '#shared/testing/records.ts'
import type { Command, Outcome } from './command.ts'

let folder: string
let path: string
const people = ['ada', 'bo', 'chi'] as const
const items = Array.from({ length: 8 }, (_, at) => `item${at}`)
const truth = items.flatMap((item, at) => [0, 1, 2].map((nth) => ({ item, box: box(40 + 190 * nth, 50 + 20 * at, 90 + 6 * at, 80 + 10 * nth) as Box, of: (at + nth) % 2 === 0 ? 'cat' : 'dog' })))

/** Three people draw the same things: ada a little loosely, bo 3 px to the left, chi with jitter; chi misses one, and one has three names. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorum-consensus-'))
  path = join(folder, 'p')
  process.env['QUORUM_DATA_DIR'] = join(folder, 'data')
  const random = randomFrom(7)
  const jitter = (size: number) => size * 2 * (random() - 0.5)
  const drawn = (person: string, { x, y, width, height }: Box): Box => {
    const [left, loose, shake] = [person === 'bo' ? -3 : 0, person === 'ada' ? 3 : 0, person === 'chi' ? 3 : 1]
    return { kind: 'box', x: x + left - loose + jitter(shake), y: y - loose + jitter(shake), width: width + 2 * loose + jitter(shake), height: height + 2 * loose + jitter(shake) }
  }
  const marks = truth.flatMap(({ item, box: is, of }, at) => people.flatMap((person) => (person === 'chi' && at === 4 ? [] : [
    annotation(`${person}-${at}`, { asset: assetId(item), layer: person as string as Layer, author: author(person), geometry: drawn(person, is), label: labelId(at === 7 ? { ada: of, bo: 'dog', chi: 'cow' }[person] : of) }),
  ])))
  createProject(path, Date.now, (store) => void store.addNew('create', author('quorum'), [
    project({ overlap: { people: 3, share: 1, slices: [] } }), label('cat'), label('dog', { order: 1 }), label('cow', { order: 2 }), ...[...items, 'left'].map((item) => image(item, { hash: createHash('sha256').update(item).digest('hex') })), ...marks,
    ...items.flatMap((item) => people.map((person) => submission(assetId(item), author(person)))),
  ])).close()
  for (const item of [...items, 'left']) writeFileSync(join(path, 'media', `${item}.jpg`), item)
})
afterEach(() => {
  delete process.env['QUORUM_DATA_DIR']
  rmSync(folder, { recursive: true, force: true })
})

const run = (command: Command, words: string[], flags: Record<string, string | boolean> = {}): Promise<Outcome> =>
  command.run({ words: [path, ...words], flags, say: () => {}, print: async () => {}, progress: () => {} })

interface Row { name: string; label: string; geometry: Box; settled: boolean; existence: number; contributors: { author: string; weight: number }[]; disputes: { kind: string }[] }
interface Json { proposals: number; settled: number; asked: number; clusters: Row[]; applied: { run: string; annotations: number; undecided: number } }

test('the document holds every cluster with its estimate, who contributed what, and the disputes; exit 3 for them', async () => {
  const { code, json, lines } = await run(consensus, [], { json: true, method: 'majority' })
  const found = json as Json
  expect(code).toBe(3)
  expect(found.proposals).toBe(truth.length)
  expect(found.clusters).toHaveLength(truth.length)
  expect(found.clusters.filter(({ settled }) => !settled).every(({ disputes }) => disputes.length > 0)).toBe(true)
  expect(found.clusters[0]!.contributors.map((one) => one.author).sort()).toEqual(['ada', 'bo', 'chi'])
  expect(found.clusters[0]!.contributors.reduce((sum, one) => sum + one.weight, 0)).toBeCloseTo(1, 9)
  expect(lines[0]).toMatch(/^8 items, 3 people, 24 things: \d+ settled, \d+ disputed, 0 decided by a person$/u)
})

test('the estimates are nearer to the truth than any one person', async () => {
  const { clusters } = (await run(consensus, [], { json: true })).json as Json
  const mean = (boxes: (at: number) => Box | undefined) => {
    const known = truth.flatMap(({ box: is }, at) => { const one = boxes(at); return one ? [boxIou(is, one)] : [] })
    return known.reduce((sum, one) => sum + one, 0) / known.length
  }
  const estimate = mean((at) => clusters.filter(({ name }) => name === `${truth[at]!.item}.jpg`).map(({ geometry }) => geometry).sort((a, b) => boxIou(b, truth[at]!.box) - boxIou(a, truth[at]!.box))[0])
  const host = createHost({ dataDir: join(folder, 'data'), version: '0', as: 'lea' as Author, remember: false })
  await host.open(path, 'read')
  const drawn = new Map((await Promise.all(items.map((item) => host.ask('assets.open', { asset: assetId(item) })))).flatMap(({ records }) => records).flatMap((record) => (record.type === 'annotation' ? [[record.id as string, record.geometry as Box]] : [])))
  await host.close()
  for (const person of people) expect(estimate).toBeGreaterThan(mean((at) => drawn.get(`annotation:${person}-${at}`)))
})

test('applied, exported, taken back', async () => {
  const { applied } = (await run(consensus, [], { apply: true, as: 'lea', method: 'majority' })).json as Json
  expect(applied.annotations).toBe(truth.length)
  expect(applied.undecided).toBeGreaterThan(0)
  await run(exporting, [join(folder, 'out')], { format: 'coco', layer: 'consensus' })
  const coco = JSON.parse(readFileSync(join(folder, 'out', 'annotations', 'instances_default.json'), 'utf8')) as { annotations: unknown[] }
  expect(coco.annotations).toHaveLength(truth.length)
  const again = await run(consensus, [], { apply: true, method: 'majority' })
  expect(again.lines.at(-1)).toBe(`The layer consensus is the same already (run ${applied.run}). Disputed and not decided by anybody: ${applied.undecided} of them; --settled leaves these out.`)
  expect((await run(consensus, [], { undo: applied.run, as: 'lea' })).json).toMatchObject({ undone: applied.run })
  await expect(run(exporting, [join(folder, 'none')], { format: 'coco', layer: 'consensus' })).rejects.toThrow('There is no layer "consensus"')
})

test('final leaves with what was not disputed, each thing once', async () => {
  await run(consensus, [], { apply: true })
  const host = createHost({ dataDir: join(folder, 'data'), version: '0', as: 'lea' as Author, remember: false })
  await host.open(path, 'write')
  const { items: found } = await host.ask('consensus.found', { limit: 100 })
  const [{ asset, proposals }] = found as [(typeof found)[number]]
  await host.ask('consensus.decide', { asset, key: proposals[0]!.key, decision: { kind: 'edited', into: [{ label: labelId('dog'), geometry: box(0, 0, 10, 10) }] } })
  await host.ask('consensus.decide', { asset, key: proposals[1]!.key, decision: { kind: 'none' } })
  await host.close()
  await run(exporting, [join(folder, 'out')], { format: 'coco' })
  const coco = JSON.parse(readFileSync(join(folder, 'out', 'annotations', 'instances_default.json'), 'utf8')) as { annotations: { bbox: number[] }[] }
  expect(coco.annotations).toHaveLength(truth.length - 1)
  expect(coco.annotations.filter(({ bbox }) => bbox.join() === '0,0,10,10')).toHaveLength(1)
})

test('the queue: what is left to label for somebody, and what is disputed', async () => {
  expect((await run(queue, [], { for: 'ada' })).json).toMatchObject({ for: 'ada', stage: 'label', items: [{ name: 'left.jpg', reason: 'new' }], state: { label: { open: 3, mine: 1 } } })
  await run(consensus, [], { method: 'majority', apply: true })
  const { json } = await run(queue, [], { for: 'lea', stage: 'adjudicate' })
  expect((json as { items: { reason: string }[] }).items[0]).toMatchObject({ reason: 'dispute' })
})

test('how much labels matter is kept in the project, and the queue of disputes follows it at once', async () => {
  const first = await run(consensus, [], { json: true, method: 'majority', importance: 'cow=0,Cat=0.25', as: 'lea' })
  expect(first.json).toMatchObject({ importance: { cow: 0, cat: 0.25 } })
  expect((await run(consensus, [], { json: true, method: 'majority', importance: 'cow=1' })).json).toMatchObject({ importance: { cat: 0.25 } })
  expect((await run(consensus, [], { json: true, importance: 'even' })).json).toMatchObject({ importance: {} })
  await expect(run(consensus, [], { importance: 'horse=1' })).rejects.toThrow('there is no label "horse" in this project. Its labels are cat, dog, cow.')
  expect(() => run(consensus, [], { importance: 'cat=2' })).toThrow('--importance cat=2: write LABEL=SHARE with a share from 0 to 1')
})

test('wrong use', () => {
  expect(() => run(consensus, [], { boxes: 'magic' })).toThrow('--boxes magic: choose from habits, fusion.')
  expect(() => run(consensus, [], { method: 'magic' })).toThrow('--method magic: choose from auto, majority,')
  expect(() => run(consensus, [], { undo: 'x', apply: true })).toThrow('--undo stands alone')
  expect(() => run(consensus, [], { settled: true })).toThrow('--settled goes with --apply.')
  expect(() => run(queue, [])).toThrow('--for NAME is missing')
  expect(() => run(queue, [], { for: 'ada', stage: 'dream' })).toThrow('--stage dream: choose from label, review, adjudicate.')
})
