import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assetId, author } from '#shared/testing/records.ts'
import { nextToLabel, toReview, type Candidate } from './queue.ts'

const [ada, bo, chi] = [author('ada'), author('bo'), author('chi')]
const item = (name: string, parts: Partial<Candidate> = {}): Candidate => ({ asset: assetId(name), submitted: [], begun: [], wanted: 1, ...parts })
const free = () => 0

test('mine begun first, then what lacks another person, then what nobody did; never what I submitted or what has its people', () => {
  const candidates = [
    item('new'), item('done', { submitted: [bo] }), item('second', { submitted: [bo], wanted: 2 }), item('mine', { begun: [ada], wanted: 2 }),
    item('submitted', { submitted: [ada], wanted: 3 }), item('full', { submitted: [bo], begun: [chi], wanted: 2 }),
  ]
  expect(nextToLabel(candidates, ada, free)).toMatchObject([
    { asset: 'asset:mine', reason: 'begun' }, { asset: 'asset:second', reason: 'replica', people: 1, wanted: 2 }, { asset: 'asset:new', reason: 'new' },
  ])
})

test('what was handed to as many as it lacks comes last, and is still there', () => {
  const held = (asset: string) => (asset === 'asset:a' ? 1 : 0)
  expect(nextToLabel([item('a'), item('b')], ada, held)).toMatchObject([{ asset: 'asset:b', held: false }, { asset: 'asset:a', held: true }])
  expect(nextToLabel([item('a', { wanted: 2 }), item('b')], ada, held)[0]).toMatchObject({ asset: 'asset:a', held: false })
})

test('people who always take the first offer give every item exactly its people, whatever their turns', () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 5 }), fc.infiniteStream(fc.nat()),
    (wanted, count, turns) => {
      const people = Array.from({ length: count }, (_, at) => author(`person ${at}`))
      const submitted = wanted.map((): typeof people => [])
      const candidates = () => wanted.map((many, at) => item(String(at), { wanted: many, submitted: submitted[at]! }))
      let idle = new Set<string>()
      while (idle.size < people.length) {
        const person = people[turns.next().value % people.length]!
        const [offer] = nextToLabel(candidates(), person, free)
        if (!offer) { idle.add(person); continue }
        idle = new Set()
        submitted[Number(offer.asset.slice('asset:'.length))]!.push(person)
      }
      submitted.forEach((done, at) => {
        expect(done.length).toBe(Math.min(wanted[at]!, people.length))
        expect(new Set(done).size).toBe(done.length)
      })
    },
  ))
})

test('to look over: one other person did it, nobody is at it, it needs nobody else, and nobody settled it', () => {
  const candidates = [
    item('one', { submitted: [bo] }), item('mine', { submitted: [ada] }), item('two', { submitted: [bo, chi], wanted: 2 }), item('lacks', { submitted: [bo], wanted: 2 }),
    item('settled', { submitted: [bo] }), item('busy', { submitted: [bo], begun: [chi] }),
  ]
  expect(toReview(candidates, ada, (asset) => asset === 'asset:settled')).toMatchObject([{ asset: 'asset:one' }])
})
