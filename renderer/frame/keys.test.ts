import { expect, test } from 'vitest'
import { isPlain, keyOf } from './keys.ts'

const stroke = (key: string, more: Partial<Parameters<typeof keyOf>[0]> = {}) =>
  keyOf({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })

test.each([
  ['a letter', stroke('n'), 'N'],
  ['a letter with Shift', stroke('N', { shiftKey: true }), 'Shift+N'],
  ['Caps Lock alone is no Shift', stroke('N'), 'N'],
  ['Ctrl and ⌘ are one', stroke('k', { metaKey: true }), 'Mod+K'],
  ['redo', stroke('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z'],
  ['a sign that needs Shift', stroke('?', { shiftKey: true }), '?'],
  ['a Cyrillic layout presses the key by its place', stroke('т', { code: 'KeyN' }), 'N'],
  ['Alt on a Mac makes another sign', stroke('¡', { code: 'Digit1', altKey: true }), 'Alt+1'],
  ['space', stroke(' '), 'Space'],
  ['a modifier alone', stroke('Shift', { shiftKey: true }), null],
  ['an umlaut key stays itself when nothing else is known', stroke('ö'), 'ö'],
])('%s', (_, got, wanted) => expect(got).toBe(wanted))

test('what typing would press', () => {
  expect(['N', 'Shift+N', '?', 'Space', 'Enter'].every(isPlain)).toBe(true)
  expect(['Mod+K', 'Alt+1', 'F5'].some(isPlain)).toBe(false)
})
