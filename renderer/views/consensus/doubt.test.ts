import { expect, test } from 'vitest'
import type { ProbabilityMap } from '#shared/consensus/proposal.ts'
import { heatAt, opacityOf, strongest } from './doubt.ts'

const map = (columns: number, rows: number, bytes: readonly number[]): ProbabilityMap => ({ x: 10, y: 20, width: columns * 4, height: rows * 4, columns, rows, values: btoa(String.fromCharCode(...bytes)) })

test('what is certain either way is clear, and even odds are the strongest', () => {
  expect([heatAt(0), heatAt(0.5), heatAt(1)]).toEqual([0, strongest, 0])
  expect(heatAt(0.2)).toBe(heatAt(0.8))
  expect(heatAt(0.3)).toBeGreaterThan(heatAt(0.1))
})

test('a map is read row by row from the top left', () => {
  const opacity = opacityOf(map(3, 2, [0, 128, 255, 255, 64, 0]))
  expect([...opacity].map((value) => value > 0)).toEqual([false, true, false, false, true, false])
  expect(opacity[1]).toBe(strongest)
  expect(opacity[4]).toBe(heatAt(64 / 255))
})

test('a map whose bytes break off is clear where they are missing', () => {
  expect([...opacityOf(map(2, 2, [128]))]).toEqual([strongest, 0, 0, 0])
})
