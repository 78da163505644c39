import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ReadText } from './ctc.ts'
import { withSpaces } from './spaces.ts'

const stride = 8, height = 48

/** A line in which each character is a black bar of 12 px with `gap` px of paper after it, read a step of 8 px at a time; the space is as sure as `sure` in wide gaps (everywhere where there is none). */
function line(text: string, gaps: readonly number[], sure: number, [ink, paper] = [0, 255]) {
  const starts: number[] = [], wide: number[] = []
  let width = 16
  ;[...text].forEach((_, index) => {
    starts.push(width)
    width += 12 + (gaps[index] ?? 4)
    if ((gaps[index] ?? 4) > 8) wide.push(Math.floor((width - (gaps[index] ?? 4) / 2) / stride))
  })
  const steps = Math.ceil(width / stride), padded = steps * stride
  const data = new Uint8Array(padded * height * 3).fill(paper!)
  for (const start of starts) {
    for (let y = 10; y < 38; y++) data.fill(ink!, (y * padded + start) * 3, (y * padded + start + 12) * 3)
  }
  const read: ReadText = { text, characters: [...text].map((character, index) => ({ text: character, confidence: 0.9, step: Math.floor((starts[index]! + 6) / stride) })), score: 0.9, broken: 0 }
  return { read, reading: { scores: { steps, classes: 1, data: Float32Array.from({ length: steps }, (_, step) => (wide.includes(step) || wide.length === 0 ? sure : 0)) }, space: 0, line: { width: padded, height, data }, padded } }
}
const spaced = ({ read, reading }: ReturnType<typeof line>) => withSpaces(read, reading)

describe('spaces that the best path left out', () => {
  test('one is put where the recogniser holds it for possible and the paper is empty; the score stays', () => {
    const { text, score, characters } = spaced(line('seeme', [4, 4, 14], 0.05))
    expect(text).toBe('see me')
    expect(score).toBe(0.9)
    expect(characters[3]!.text).toBe(' ')
  })

  test('white on black is read alike', () => expect(spaced(line('seeme', [4, 4, 14], 0.05, [255, 0])).text).toBe('see me'))

  test('neither a gap alone nor a thought alone is a space: wide print, and a recogniser that is unsure', () => {
    expect(spaced(line('seeme', [14, 14, 14, 14], 0.001)).text).toBe('seeme')
    expect(spaced(line('seeme', [4, 4, 4], 0.4)).text).toBe('seeme')
  })

  test('a comma stands close to its word, and a word to its bracket', () => expect(spaced(line('a,b(c', [14, 14, 14, 14], 0.3)).text).toBe('a, b (c'))

  test('Chinese has none, and no space gets a second one', () => {
    expect(spaced(line('你好，世界', [14, 14, 14, 14], 0.3)).text).toBe('你好，世界')
    expect(spaced(line('a b', [14, 14], 0.9)).text).toBe('a b')
  })

  test('characters are never lost or changed, whatever the scores say, NaN too', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'B', ' ', '字'), maxLength: 9 }), fc.array(fc.nat(20), { maxLength: 9 }), fc.oneof(fc.double(), fc.constant(NaN)), (text, gaps, sure) => {
      expect(spaced(line(text, gaps, sure)).text.replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    }))
  })
})
