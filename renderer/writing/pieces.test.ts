import fc from 'fast-check'
import { expect, test } from 'vitest'
import { piecesOf } from './pieces.ts'

test('pieces joined are the text', () => {
  const range = fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 20 })).map(([start, length]) => ({ start, end: start + length, kind: 'unclear' as const, alternative: null }))
  fc.assert(fc.property(fc.string({ maxLength: 20 }), fc.array(range, { maxLength: 3 }), (text, spans) => {
    expect(piecesOf(text, spans, []).map((piece) => piece.text).join('')).toBe(text)
  }))
})
