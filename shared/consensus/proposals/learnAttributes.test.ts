import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import type { AttributeValue, AttributeValues } from '#shared/model/attribute.ts'
import type { Label } from '#shared/model/label.ts'
import type { Proposal } from '#shared/consensus/proposal.ts'
import { randomFrom } from '#shared/agreement/random.ts'
import { label } from '#shared/testing/records.ts'
import { asset, box, itemOf, labelId, mark } from './fixtures.ts'
import { estimateProject } from './project.ts'

type Answering = (truth: AttributeValue, random: () => number) => AttributeValue | undefined
const wrong = (truth: AttributeValue, options: readonly AttributeValue[], random: () => number) => options.filter((one) => one !== truth)[Math.floor(random() * (options.length - 1))]!
const right = (share: number, options: readonly AttributeValue[]): Answering => (truth, random) => (random() < share ? truth : wrong(truth, options, random))
const always = (value: AttributeValue): Answering => () => value

/** One car an item, of which everybody answers one attribute; what is true is drawn evenly from the options. */
function project(people: Record<string, Answering>, options: readonly AttributeValue[], items: number, more: (truth: AttributeValue, at: number) => Annotation[] = () => [], seed = 5) {
  const random = randomFrom(seed)
  const truths = Array.from({ length: items }, () => options[Math.floor(random() * options.length)]!)
  const names = Object.keys(people)
  const inputs = truths.map((truth, at) => itemOf(names, [
    ...names.map((name) => mark(`${at}-${name}`, name, 'car', box(0, 0), { asset: asset(`i${at}`), attributes: valuesOf(people[name]!(truth, random)) })), ...more(truth, at),
  ], { asset: asset(`i${at}`) }))
  return { truths, inputs }
}
const valuesOf = (value: AttributeValue | undefined): AttributeValues => (value === undefined ? {} : { seen: value })
const accuracy = (items: readonly { readonly proposals: readonly Proposal[] }[], truths: readonly AttributeValue[]) =>
  items.filter(({ proposals }, at) => JSON.stringify(proposals[0]!.attributes['seen']) === JSON.stringify(truths[at])).length / truths.length
const how = (items: readonly { readonly proposals: readonly Proposal[] }[]) => items[0]!.proposals[0]!.parameters['attribute seen']

test('three who always answer no do not outvote two who look', () => {
  const { truths, inputs } = project({ ada: right(0.95, [true, false]), ben: right(0.93, [true, false]), x: always(false), y: always(false), z: always(false) }, [true, false], 200)
  const vote = estimateProject(inputs, { method: 'majority' }), model = estimateProject(inputs)
  expect(accuracy(vote.items, truths)).toBeLessThan(0.6)
  expect(how(model.items)).toBe('dawid-skene')
  expect(accuracy(model.items, truths)).toBeGreaterThan(0.9)
  // Posteriors and not shares: where ada and ben agree, three who never say yes change little.
  const agreed = model.items.find(({ proposals: [one] }) => one!.attributes['seen'] === true)!
  expect(agreed.proposals[0]!.disputes).toEqual([])
})

test('who mixes two values up is read the other way round', () => {
  const swaps: Answering = (truth) => (truth === 'oak' ? 'ash' : truth === 'ash' ? 'oak' : truth)
  const options = ['ash', 'elm', 'oak']
  const { truths, inputs } = project({ ada: right(0.9, options), ben: right(0.85, options), cleo: right(0.85, options), dan: swaps, eve: swaps, fay: right(0.8, options) }, options, 250)
  const vote = accuracy(estimateProject(inputs, { method: 'majority' }).items, truths), model = accuracy(estimateProject(inputs).items, truths)
  expect(model).toBeGreaterThan(vote + 0.03)
  expect(model).toBeGreaterThan(0.97)
})

test('with few answers the weighted vote decides, and says why', () => {
  const { inputs } = project({ ada: right(1, [true, false]), ben: right(0.9, [true, false]), cleo: right(0.9, [true, false]) }, [true, false], 19)
  expect(how(estimateProject(inputs, { method: 'dawid-skene' }).items)).toBe('weighted vote, because only 19 things were answered by two people or more (20 are needed)')
})

test('labels with little data lean on the others that ask the same', () => {
  const vans = (truth: AttributeValue, at: number) => (at < 5 ? ['ada', 'x', 'y'].map((name) => mark(`van-${at}-${name}`, name, 'van', box(500, 0), { asset: asset(`i${at}`), attributes: { seen: name === 'ada' ? truth : false } })) : [])
  const { truths, inputs } = project({ ada: right(0.98, [true, false]), ben: right(0.95, [true, false]), x: always(false), y: always(false), z: always(false) }, [true, false], 150, vans)
  const { items } = estimateProject(inputs)
  const found = items.slice(0, 5).map(({ proposals }) => proposals.find(({ label: { value } }) => value === labelId('van'))!)
  expect(found.map(({ attributes }) => attributes['seen'])).toEqual(truths.slice(0, 5))
  expect(found[0]!.parameters['attribute seen']).toBe('dawid-skene')
})

test('several choices at once are each judged by how people answer them', () => {
  const options = ['top', 'left', 'back']
  const random = randomFrom(3)
  const truths = Array.from({ length: 120 }, () => options.filter(() => random() < 0.5))
  const noisy = (truth: readonly string[], share: number) => options.filter((one) => (random() < share ? truth.includes(one) : !truth.includes(one)))
  const inputs = truths.map((truth, at) => itemOf([], [
    ...['ada', 'ben'].map((name) => mark(`${at}-${name}`, name, 'car', box(0, 0), { asset: asset(`i${at}`), attributes: { seen: noisy(truth, 0.96) } })),
    ...['x', 'y', 'z'].map((name) => mark(`${at}-${name}`, name, 'car', box(0, 0), { asset: asset(`i${at}`), attributes: { seen: ['left'] } })),
  ], { asset: asset(`i${at}`) }))
  const right = (items: readonly { readonly proposals: readonly Proposal[] }[]) => items.filter(({ proposals: [one] }, at) => options.every((choice) => (one!.attributes['seen'] as string[]).includes(choice) === truths[at]!.includes(choice))).length / 120
  expect(right(estimateProject(inputs).items)).toBeGreaterThan(right(estimateProject(inputs, { method: 'majority' }).items) + 0.3)
})

test('numbers and texts are never classes; answers that a person decided teach', () => {
  const schema: Label[] = [label('car', { attributes: [{ id: 'seen', name: 'Seen', required: false, type: 'text', default: null }] })]
  const { inputs } = project({ ada: always('one'), ben: always('two'), cleo: always('two') }, ['one', 'two'], 30)
  expect(estimateProject(inputs, { labels: schema }).items[0]!.proposals[0]!.parameters['attribute Seen']).toBe('weighted vote')
  const numbers = project({ ada: always(3), ben: always(4), cleo: always(5) }, [3, 4], 30)
  expect(estimateProject(numbers.inputs).items[0]!.proposals[0]).toMatchObject({ attributes: { seen: 4 }, parameters: { 'attribute seen': 'weighted median' } })
  // Of two who always differ nothing says who is right, until forty answers are known.
  const twins = { ada: right(1, [true, false]), ben: ((truth) => !truth) as Answering }
  const known = project(twins, [true, false], 120, (truth, at) => (at < 40 ? [mark(`final-${at}`, 'final', 'car', box(0, 0), { asset: asset(`i${at}`), attributes: { seen: truth } })] : []))
  expect(accuracy(estimateProject(known.inputs, { method: 'dawid-skene' }).items, known.truths)).toBe(1)
})
