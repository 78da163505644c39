import { expect, test } from 'vitest'
import type { Layer } from '#shared/model/author.ts'
import { adding } from '#shared/model/diff.ts'
import { annotation, assetId, author, image, submission } from '#shared/testing/records.ts'
import { request, testProject } from './fixture.ts'

const items = ['1', '2', '10'].map((name) => image(name))
const [first, second, tenth] = ['1', '2', '10'].map(assetId) as [ReturnType<typeof assetId>, ReturnType<typeof assetId>, ReturnType<typeof assetId>]
const overlap = { people: 2, share: 1, slices: [] }
const next = async (host: Awaited<ReturnType<ReturnType<typeof testProject>['as']>>, person: string, limit = 20) => (await host.ask('queue.next', { for: author(person), limit })).rows

test('who asks is handed what is lacking, and says why; what I submitted never comes back', async () => {
  await using there = testProject([...items, submission(first, author('ada'))], { overlap })
  const host = await there.as('ada')
  expect(await next(host, 'ada')).toMatchObject([{ asset: second, reason: 'new', sentence: 'nobody has done it yet; it gets 2 people' }, { asset: tenth }])
  expect((await next(host, 'bo'))[0]).toMatchObject({ asset: first, reason: 'replica', sentence: 'needs a second person', people: 1, wanted: 2 })
  await host.ask('changes.apply', request(adding(annotation('begun', { asset: tenth })), { asset: tenth }))
  expect((await next(host, 'ada'))[0]).toMatchObject({ asset: tenth, reason: 'begun' })
})

test('two people who ask one after the other get different items while there are enough, and the same only when nothing else is left', async () => {
  await using there = testProject(items)
  const host = await there.as('ada')
  const [ada] = await next(host, 'ada', 1)
  const [bo] = await next(host, 'bo', 1)
  const [chi] = await next(host, 'chi', 1)
  expect(new Set([ada!.asset, bo!.asset, chi!.asset]).size).toBe(3)
  expect((await next(host, 'dan', 1))[0]!.sentence).toContain('was handed to somebody else a moment ago')
  // Who asks again is handed the same.
  expect((await next(host, 'ada', 1))[0]!.asset).toBe(ada!.asset)
})

test('an imported layer is nobody at work', async () => {
  await using there = testProject([...items, annotation('before', { asset: first, layer: 'old labels' as Layer, author: author('ada') })])
  expect((await next(await there.as('ada'), 'ada'))[0]).toMatchObject({ asset: first, reason: 'new', people: 0 })
})

test('how much is left', async () => {
  const there = [submission(first, author('ada')), annotation('begun', { asset: second, layer: 'bo' as Layer, author: author('bo') })]
  await using project = testProject([...items, ...there], { overlap })
  const host = await project.as('bo')
  expect(await host.ask('queue.state', { for: author('bo') })).toEqual({
    items: 3, label: { wanted: 6, submitted: 1, begun: 1, open: 4, mine: 3, mineBegun: 1 }, review: { items: 0 }, adjudicate: null,
  })
})

test('to look over: what one other person did; to adjudicate: only after a run', async () => {
  await using there = testProject([...items, submission(first, author('ada'))])
  const host = await there.as('bo')
  expect((await host.ask('queue.next', { for: author('bo'), stage: 'review' })).rows).toMatchObject([{ asset: first, reason: 'single' }])
  expect((await host.ask('queue.next', { for: author('ada'), stage: 'review' })).rows).toEqual([])
  await expect(host.ask('queue.next', { for: author('bo'), stage: 'adjudicate' })).rejects.toThrow('Run consensus first.')
})

test('who has begun what they were handed counts once: it is not held from the next person', async () => {
  await using there = testProject([image('1')], { overlap })
  const host = await there.as('ada')
  await next(host, 'ada', 1)
  expect((await next(host, 'bo', 1))[0]!.sentence).toBe('nobody has done it yet; it gets 2 people')
  await host.ask('changes.apply', request(adding(annotation('begun', { asset: first })), { asset: first }))
  expect((await next(host, 'bo', 1))[0]!.sentence).toBe('needs a second person')
  await host.ask('changes.apply', request(adding(submission(first, author('ada'))), { asset: first }))
  expect((await next(host, 'bo', 1))[0]!.sentence).toBe('needs a second person')
})
