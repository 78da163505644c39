import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { glyphNames, glyphPath, glyphs } from './glyph.ts'
import { freeMark, markAt, palette } from './palette.ts'

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
    const seen = palette.map(({ value }) => oklab(through(matrix, channels(value).map(linear))))
    const least = Math.min(...seen.flatMap((a, i) => seen.slice(i + 1).map((b) => distance(a, b))))
    expect(least, sight).toBeGreaterThan(0.08)
  }
})

test('144 labels have 144 different marks, and a new one takes a free mark', () => {
  const marks = Array.from({ length: 144 }, (_, index) => markAt(index))
  expect(new Set(marks.map((mark) => `${mark.color} ${mark.glyph}`)).size).toBe(144)
  expect(marks).not.toContainEqual(freeMark(marks.slice(0, 143)) === marks[143] ? null : { color: '' })
  expect(freeMark([markAt(1)])).toEqual(markAt(2))
  expect(glyphNames).toHaveLength(12)
  expect(glyphPath('unheard-of')).toBe(glyphs.circle)
})

/** WCAG 2.2, relative luminance and contrast ratio. */
const luminance = (hex: string) => { const [r = 0, g = 0, b = 0] = channels(hex).map(linear); return 0.2126 * r + 0.7152 * g + 0.0722 * b }
const contrast = (a: string, b: string) => { const [x, y] = [luminance(a), luminance(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05) }

function tokensOf(theme: 'light' | 'dark'): Record<string, string> {
  const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')
  const block = new RegExp(`\\[data-theme='${theme}'\\] \\{([^}]*)\\}`, 'u').exec(css)?.[1] ?? ''
  return Object.fromEntries([...block.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/gu)].map((match) => [match[1]!, match[2]!]))
}

const grounds = ['--surface', '--surface-sunken', '--surface-hover', '--surface-pressed', '--surface-floating']
const pairs: [text: string, ground: string, least: number][] = [
  ...grounds.flatMap((ground): [string, string, number][] => [['--text', ground, 7], ['--text-muted', ground, 4.5]]),
  ...['--surface', '--surface-sunken', '--surface-floating'].flatMap((ground): [string, string, number][] =>
    [['--accent', ground, 4.5], ['--ok', ground, 4.5], ['--attention', ground, 4.5], ['--problem', ground, 4.5], ['--line-control', ground, 3], ['--focus', ground, 3]]),
  ['--on-accent', '--accent', 4.5], ['--on-accent', '--accent-hover', 4.5], ['--on-problem', '--problem', 4.5], ['--on-problem', '--problem-hover', 4.5],
  ['--on-accent-soft', '--accent-soft', 4.5], ['--ok', '--ok-soft', 4.5], ['--attention', '--attention-soft', 4.5], ['--problem', '--problem-soft', 4.5],
  ['--text', '--problem-soft', 4.5], ['--text', '--attention-soft', 4.5], ['--text-muted', '--accent-soft', 4.5], ['--text-muted', '--surface-canvas', 4.5],
]

test.each(['light', 'dark'] as const)('text, controls and focus reach AA in the %s theme', (theme) => {
  const tokens = tokensOf(theme)
  const weak = pairs.filter(([text, ground, least]) => !(contrast(tokens[text] ?? '#000000', tokens[ground] ?? '#000000') >= least))
  expect(weak.map(([text, ground]) => `${text} on ${ground}: ${contrast(tokens[text] ?? '#000000', tokens[ground] ?? '#000000').toFixed(2)}`)).toEqual([])
})
