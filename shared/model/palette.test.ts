import { expect, test } from 'vitest'
import { freeMark, labelColors, markAt } from './palette.ts'

const channels = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
type Matrix = readonly (readonly [number, number, number])[]
const through = (matrix: Matrix, [r = 0, g = 0, b = 0]: number[]) => matrix.map(([x, y, z]) => Math.min(1, Math.max(0, x * r + y * g + z * b)))

/** Machado, Oliveira, Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1.0. */
const sights: Record<string, Matrix> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}

/** Ottosson, "A perceptual color space for image processing", 2020. */
function oklab([r = 0, g = 0, b = 0]: number[]): readonly number[] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s]
}
const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((value, index) => value - b[index]!))

test('any two label colours stay apart in OKLab for every kind of sight', () => {
  for (const [sight, matrix] of Object.entries(sights)) {
    const seen = labelColors.map((value) => oklab(through(matrix, channels(value).map(linear))))
    const least = Math.min(...seen.flatMap((a, i) => seen.slice(i + 1).map((b) => distance(a, b))))
    expect(least, sight).toBeGreaterThan(0.08)
  }
})

test('144 labels have 144 different marks, and a new one takes a free mark', () => {
  const marks = Array.from({ length: 144 }, (_, index) => markAt(index))
  expect(new Set(marks.map((mark) => `${mark.color} ${mark.glyph}`)).size).toBe(144)
  expect(freeMark(marks.slice(0, 143))).toEqual(marks[143])
  expect(freeMark([markAt(1)])).toEqual(markAt(2))
})
