import { expect, test } from 'vitest'
import type { Mask } from '#shared/model/geometry.ts'
import type { Place } from '#shared/prelabel/prompt/alike/places.ts'
import { seekAlike, type SeekProgress } from './alike.ts'
import type { Inference, Seeking } from './inference.ts'
import { pictureItem, segmenter } from './testing/fakes.ts'

const box = (x: number, size = 10): Mask => ({ kind: 'mask', x, y: 0, width: size, height: size, counts: [0, size * size] })
const place = (x: number): Place => ({ x, y: 5, score: 1 })

function setUp(stands: ReadonlyMap<number, { mask: Mask; score: number }>, places: readonly Place[] | null, { marked = [box(0)], stopAfter = Infinity } = {}) {
  const looked: number[] = []
  const told: SeekProgress[] = []
  const going = new AbortController()
  const seeking: Seeking | null = places && {
    places,
    async look({ x }) {
      looked.push(x)
      if (looked.length > stopAfter) { going.abort(new Error('stopped')); throw new Error('stopped') }
      const one = stands.get(x)
      return one ? { cutout: { mask: one.mask, stepX: 1, stepY: 1, score: 0.9 }, score: one.score } : null
    },
  }
  const inference = { seek: async () => seeking } as unknown as Inference
  const run = () => seekAlike(inference, { manifest: segmenter(), item: pictureItem('a'), examples: [box(0)], marked, signal: going.signal, onProgress: (progress) => told.push(progress), onPreparing: () => {} })
  return { looked, told, run }
}
const four = new Map([[20, { mask: box(15), score: 0.7 }], [24, { mask: box(16), score: 0.9 }], [50, { mask: box(45), score: 0.8 }], [80, { mask: box(75), score: 0.95 }]])

test('what is found comes the most alike first, with how far the search is; of two that cover each other the better stays', async () => {
  const { run, told, looked } = setUp(four, [place(50), place(80), place(99)])
  expect((await run())!.map(({ score }) => score)).toEqual([0.95, 0.8])
  expect(told).toEqual([{ done: 0, total: 3, found: 0 }, { done: 1, total: 3, found: 1 }, { done: 2, total: 3, found: 2 }])
  expect(looked).toEqual([50, 80, 99])
  const rivals = setUp(new Map([[14, { mask: box(15), score: 0.7 }], [27, { mask: box(16), score: 0.9 }]]), [place(14), place(27)])
  expect((await rivals.run())!.map(({ score }) => score)).toEqual([0.9])
})

test('what is marked already is neither looked at nor found again; what a large thing lies under is', async () => {
  const { run, looked } = setUp(four, [place(5), place(20), place(24), place(50)], { marked: [box(0), box(15)] })
  expect((await run())!.map(({ score }) => score)).toEqual([0.8])
  expect(looked).toEqual([50])
  const table = setUp(four, [place(50), place(80)], { marked: [box(0), box(-50, 400)] })
  expect(await table.run()).toHaveLength(2)
})

test('stopped, it gives what was found until then; too small an example gives null, and a failure is told', async () => {
  expect((await setUp(four, [place(50), place(80), place(20)], { stopAfter: 1 }).run())!.map(({ score }) => score)).toEqual([0.8])
  expect(await setUp(four, null).run()).toBeNull()
  const inference = { seek: async () => ({ places: [place(1)], look: async () => { throw new Error('out of memory') } }) } as unknown as Inference
  await expect(seekAlike(inference, { manifest: segmenter(), item: pictureItem('a'), examples: [box(40)], marked: [], signal: new AbortController().signal, onProgress: () => {}, onPreparing: () => {} })).rejects.toThrow('out of memory')
})
