import { expect, test } from 'vitest'
import { pairUtterances, readTranscript } from '#shared/text/trn.ts'

test('plain text: a sentence a line, empty lines are empty sentences, any line ending', () => {
  expect(readTranscript('\uFEFFa b\r\n\r\nc\n').utterances.map(({ text, line }) => [text, line])).toEqual([['a b', 1], ['', 2], ['c', 3]])
  expect(readTranscript('').utterances).toEqual([])
})

test('trn: comments and blank lines are skipped, the id is taken off', () => {
  const { format, utterances } = readTranscript(';; by hand\nshe had (cmh_sa01)\n\n(cmh_sa02)\ni am a (farmer) (cmh_sa03)\n')
  expect(format).toBe('trn')
  expect(utterances).toEqual([
    { id: 'cmh_sa01', text: 'she had', line: 2 }, { id: 'cmh_sa02', text: '', line: 4 }, { id: 'cmh_sa03', text: 'i am a (farmer)', line: 5 },
  ])
})

test('text whose lines happen to end in parentheses is text', () => {
  expect(readTranscript('no (laughs)\nyes (laughs)\n').format).toBe('text')
  expect(() => readTranscript('no id', 'trn')).toThrow('does not end with an id')
})

const pairs = (ref: string, hyp: string) => pairUtterances(readTranscript(ref), readTranscript(hyp)).map((pair) => [pair.ref.text, pair.hyp.text])

test('sentences meet by id, or by position', () => {
  expect(pairs('a (u-1)\nb (u-2)', 'y (U-2)\nx (u-1)')).toEqual([['a', 'x'], ['b', 'y']])
  expect(pairs('a (u-1)\nb (u-2)', 'x\ny')).toEqual([['a', 'x'], ['b', 'y']])
})

test('a sentence without a partner is an error that says which', () => {
  expect(() => pairs('a (u-1)\nb (u-2)', 'x (u-1)')).toThrow('lacks 1 of the reference\'s sentences: u-2.')
  expect(() => pairs('a (u-1)', 'x (u-1)\ny (u-9)')).toThrow('The reference lacks 1')
  expect(() => pairs('a\nb', 'x')).toThrow('The reference has 2 lines and the hypothesis 1.')
})
