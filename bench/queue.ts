import { randomFrom } from '#shared/agreement/random.ts'
import type { Host } from '#electron/host/host.ts'
import { testProject } from '#electron/host/fixture.ts'
import type { Layer } from '#shared/model/author.ts'
import { adding } from '#shared/model/diff.ts'
import { newChangeId, type AssetId } from '#shared/model/id.ts'
import type { ItemOrder } from '#shared/model/itemOrder.ts'
import { annotation, author, box, image, label, labelId, submission } from '#shared/testing/records.ts'
import { median, row, type BenchRow } from './row.ts'

const items = 10_000, classes = 12, guesses = 5, rounds = 15
const models = ['yolo', 'detr']
const limitMs = 150
const me = author('ada')
const order: ItemOrder = { mix: { uncertain: 2, disagreed: 1, diverse: 1, rare: 1, random: 1 }, seed: 1 }

/**
 * What is next for a person through the host, by all five strategies: 10,000 pictures with ten drafts of two models each, half of them labelled, half of
 * the items for two people; each time after a submission, as people work. Against the limit of 150 ms, and against the order of names.
 */
export default async function queue(): Promise<BenchRow[]> {
  await using there = testProject(records(), { overlap: { people: 2, share: 0.5, slices: [] } })
  const byNames: ItemOrder = { mix: {}, seed: 1 }
  const beginner = await there.as(me)
  const firstByNames = await timed(() => next(beginner, byNames))
  // What is read once when the queue is first asked is measured apart.
  const host = await there.as(me)
  const first = await timed(() => next(host, order))
  const [ours, plain]: number[][] = [[], []]
  for (let round = 0; round < rounds; round++) {
    await submit(host, (await next(host, order))[0]!.asset)
    ours!.push(await timed(() => next(host, order)))
    plain!.push(await timed(() => next(host, byNames)))
  }
  return [
    row(`the next of ${items.toLocaleString('en')} items after a submission, five strategies, against the limit of ${limitMs} ms`, median(ours!), limitMs, 'ms', rounds),
    row(`the same against the order of names`, median(ours!), median(plain!), 'ms', rounds),
    row(`the first answer, for which everything is read, against the order of names`, first, firstByNames, 'ms', 1),
  ]
}

const next = async (host: Host, by: ItemOrder) => (await host.ask('queue.next', { for: me, order: by, limit: 20 })).rows

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const submit = (host: Host, asset: AssetId) =>
  host.ask('changes.apply', { id: newChangeId(), name: 'submit item', asset, intent: { kind: 'do' }, durationMs: null, diff: adding(submission(asset, me, { at: Date.now() })) })

function records() {
  const random = randomFrom(1)
  const digits = () => Array.from({ length: 16 }, () => Math.floor(random() * 16).toString(16)).join('')
  const some = () => labelId(`l${Math.floor(random() * classes)}`)
  const pictures = Array.from({ length: items }, (_, at) => image(`i${at}`, { perceptualHash: digits(), hash: String(at).padStart(64, '0') }))
  const drafts = pictures.flatMap(({ id }, at) => models.flatMap((model) => Array.from({ length: guesses }, (_, nth) => annotation(`${model}-${at}-${nth}`, {
    asset: id, layer: `model:${model}` as Layer, author: author('bot'), draft: true, label: some(), geometry: box(nth * 50, at % 100, 40, 40),
    provenance: { by: 'model', model, version: '1', hash: '0'.repeat(64), settings: {}, score: random(), backend: 'wasm', at: 1 },
  }))))
  const work = pictures.filter((_, at) => at % 2 === 0).flatMap(({ id }, at) => {
    const person = author(at % 2 === 0 ? 'ada' : 'bo')
    return [submission(id, person), annotation(`m${at}`, { asset: id, layer: person as string as Layer, author: person, label: some() })]
  })
  return [...Array.from({ length: classes }, (_, at) => label(`l${at}`)), ...pictures, ...drafts, ...work]
}
