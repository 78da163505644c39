import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ProjectId } from '#shared/model/id.ts'
import { assetId, author } from '#shared/testing/records.ts'
import { controlSeed, isControl } from './control.ts'

const project = 'project:street' as ProjectId
const hex = (index: number) => assetId(index.toString(16).padStart(40, '0'))
const items = Array.from({ length: 20_000 }, (_, index) => hex(index))
const chosen = (name: string, share: number, of = project) => {
  const seed = controlSeed(of, author(name))
  return items.map((asset) => isControl(seed, asset, share))
}
const count = (flags: readonly boolean[]) => flags.filter(Boolean).length

describe('control items', () => {
  test.each([0.01, 0.1, 0.2, 0.5, 0.9])('a share of %d holds within five standard errors of a fair draw, for every person', (share) => {
    for (const name of ['ada', 'bo', 'Ωμέγα', 'a', 'b'])
      expect(Math.abs(count(chosen(name, share)) - items.length * share)).toBeLessThan(5 * Math.sqrt(items.length * share * (1 - share)))
  })

  test('nothing at 0, everything at 1', () => {
    expect(count(chosen('ada', 0))).toBe(0)
    expect(count(chosen('ada', 1))).toBe(items.length)
  })

  test('two people, and one person in two projects, are drawn apart: both hold on a quarter of the items at one half', () => {
    const bound = 5 * Math.sqrt(items.length * 0.25 * 0.75)
    const both = (a: boolean[], b: boolean[]) => count(a.map((flag, at) => flag && b[at]!))
    expect(Math.abs(both(chosen('ada', 0.5), chosen('bo', 0.5)) - items.length / 4)).toBeLessThan(bound)
    expect(Math.abs(both(chosen('ada', 0.5), chosen('ada', 0.5, 'project:other' as ProjectId)) - items.length / 4)).toBeLessThan(bound)
  })

  test('it is the same whenever and wherever it is asked', () => {
    expect(controlSeed(project, author('ada'))).toBe(3_517_595_634)
    expect(items.slice(0, 40).map((asset) => (isControl(controlSeed(project, author('ada')), asset, 0.5) ? 1 : 0)).join('')).toBe('1100011101010000011000000010011010010101')
  })

  test('a greater share only adds', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (asset, name, a, b) => {
      const seed = controlSeed(project, author(name))
      if (isControl(seed, assetId(asset), Math.min(a, b))) expect(isControl(seed, assetId(asset), Math.max(a, b))).toBe(true)
    }))
  })
})
