import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffText, diffTokens } from '#shared/text/diff.ts'
import { matches } from '#shared/text/myers.ts'

const brief = (left: string, right: string, by: 'word' | 'char' = 'word') =>
  diffText(left, right, { by }).map(({ kind, left, right }) => (kind === 'equal' ? left : `[${left}|${right}]`)).join('')

test('runs that a person can read', () => {
  expect(brief('the cat sat', 'the dog sat down')).toBe('the [cat|dog] sat[| down]')
  expect(brief('colour', 'color', 'char')).toBe('colo[u|]r')
  expect(brief('', 'a')).toBe('[|a]')
  expect(diffText('', '')).toEqual([])
})

test('a letter keeps its marks and an emoji its family', () => {
  expect(brief('e\u0301', 'e', 'char')).toBe('[e\u0301|e]')
  expect(brief('👩‍👩‍👧', '👩', 'char')).toBe('[👩‍👩‍👧|👩]')
})

test('each run knows its direction', () => {
  expect(diffText('abc שלום', 'abc עולם').map(({ direction }) => direction)).toEqual(['ltr', 'rtl'])
})

const tokens = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 })

test('the runs joined are the texts, and no two neighbours are of the same kind of change', () => {
  fc.assert(fc.property(tokens, tokens, (left, right) => {
    const runs = diffTokens(left, right)
    expect(runs.map((run) => run.left).join('')).toBe(left.join(''))
    expect(runs.map((run) => run.right).join('')).toBe(right.join(''))
    for (const [index, run] of runs.entries()) {
      expect((run.kind === 'equal') === (run.left === run.right)).toBe(true)
      if (index > 0) expect(run.kind === 'equal').not.toBe(runs[index - 1]!.kind === 'equal')
    }
  }))
})

/** The longest common subsequence, the slow way. */
function lcs(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0).concat(0)
  for (const x of a) {
    const next = [0]
    for (const [j, y] of b.entries()) next.push(x === y ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!))
    row = next
  }
  return row.at(-1)!
}

const codes = (list: string[]) => Int32Array.from(list, (token) => token.charCodeAt(0))

test('short texts share as much as they can (Myers 1986)', () => {
  fc.assert(fc.property(tokens, tokens, (left, right) => {
    const shared = matches(codes(left), codes(right)).reduce((sum, { length }) => sum + length, 0)
    expect(shared).toBe(lcs(left, right))
  }))
})

test('long texts that share little end all the same, and are whole', () => {
  const left = Array.from({ length: 8000 }, (_, index) => `a${index % 97}`)
  const right = Array.from({ length: 8000 }, (_, index) => `${index % 3 ? 'b' : 'a'}${(index * 7) % 97}`)
  const runs = diffTokens(left, right)
  expect(runs.map((run) => run.left).join('')).toBe(left.join(''))
  expect(runs.map((run) => run.right).join('')).toBe(right.join(''))
})
