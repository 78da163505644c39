import { expect, test } from 'vitest'
import { median, percentile, row } from './row.ts'
import { run } from './run.ts'

const trivial = { trivial: async () => ({ default: async () => [row('adding', 2, 4, 'ms', 3), row('copying', 9, 3, 'files/s', 5, 'higher')] }) }

async function ran(words: string[], known: Parameters<typeof run>[1] = trivial) {
  let out = ''
  let said = ''
  const code = await run(words, known, (text) => { out += text }, (text) => { said += text })
  return { code, out, said }
}

test('--json prints one document of the promised shape and nothing else', async () => {
  const { code, out } = await ran(['trivial', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual([
    { name: 'adding', ours: 2, peer: 4, ratio: 0.5, unit: 'ms', better: 'lower', n: 3 },
    { name: 'copying', ours: 9, peer: 3, ratio: 3, unit: 'files/s', better: 'higher', n: 5 },
  ])
})

test('without --json there is a line a figure', async () => {
  const { out } = await ran([])
  expect(out.trim().split('\n')).toHaveLength(3)
  expect(out).toContain('copying')
})

test('a name that is not there is wrong usage and names those that are', async () => {
  const { code, out, said } = await ran(['tivial', '--json'])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(said).toContain('trivial')
})

test('a benchmark that fails leaves the others their figures', async () => {
  const failing = { broken: async () => ({ default: async () => { throw new Error('no disk') } }), ...trivial }
  const { code, out, said } = await ran(['--json'], failing)
  expect(code).toBe(1)
  expect(JSON.parse(out)).toHaveLength(2)
  expect(said).toContain('no disk')
})

test('percentiles are nearest ranks', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect([median(hundred), percentile(hundred, 0.99), percentile(hundred, 1)]).toEqual([50, 99, 100])
  expect(percentile([], 0.5)).toBeNaN()
})
