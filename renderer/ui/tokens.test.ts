import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const channels = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)

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
