import type { FormatInput, Parsed } from '../format.ts'
import { rateOf } from '../timed/decimal.ts'
import { hasEnding, readEach, segmentOf, stemOf, tierNamed, timesOf, type Collector } from '../timed/reading.ts'
import { praatTokens, type Token } from './tokens.ts'

export const isTextGrid = (path: string) => hasEnding(path, '.textgrid')

/** Praat's TextGrids, long and short, in any of its encodings. */
export const readTextGrid = (input: FormatInput): Promise<Parsed> => readEach(input, 'textgrid', isTextGrid, readFile)

/** The file ended, or another value stood there. */
class Broken extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

class Cursor {
  readonly #tokens: Token[]
  #at = 0

  constructor(tokens: Token[]) {
    this.#tokens = tokens
  }

  next(kind: Token['kind'], what: string): Token {
    const token = this.#tokens[this.#at]
    if (token === undefined) throw new Broken(this.#tokens.at(-1)?.line ?? 1, `the file ends where ${what} should stand.`)
    if (token.kind !== kind) throw new Broken(token.line, `${JSON.stringify(token.value.slice(0, 40))} stands where ${what} should.`)
    this.#at++
    return token
  }

  count(what: string): number {
    const { value, line } = this.next('number', what)
    if (!/^\d{1,9}$/u.test(value)) throw new Broken(line, `${value} is no ${what}.`)
    return Number(value)
  }
}

interface Row { readonly start: Token; readonly end: Token; readonly text: Token }
interface RawTier { readonly name: string; readonly points: boolean; readonly rows: Row[]; readonly problem: Broken | null }

function readTier(cursor: Cursor): RawTier {
  const { value: kind, line } = cursor.next('text', "a tier's class")
  if (kind !== 'IntervalTier' && kind !== 'TextTier') throw new Broken(line, `${JSON.stringify(kind.slice(0, 40))} is no class of a tier.`)
  const { value: name } = cursor.next('text', "a tier's name")
  cursor.next('number', "a tier's beginning")
  cursor.next('number', "a tier's end")
  const rows: Row[] = []
  const tier = { name, points: kind === 'TextTier', rows }
  try {
    for (let left = cursor.count('number of rows'); left > 0; left--) {
      const start = cursor.next('number', 'a time')
      const end = tier.points ? start : cursor.next('number', 'a time')
      rows.push({ start, end, text: cursor.next('text', 'a text') })
    }
  } catch (error) {
    if (error instanceof Broken) return { ...tier, problem: error }
    throw error
  }
  return { ...tier, problem: null }
}

function readTiers(source: string): { tiers: RawTier[]; problem: Broken | null } {
  const tiers: RawTier[] = []
  try {
    const cursor = new Cursor([...praatTokens(source)])
    const type = cursor.next('text', '"ooTextFile"')
    const object = cursor.next('text', '"TextGrid"')
    if (!type.value.startsWith('ooTextFile') || object.value !== 'TextGrid') throw new Broken(object.line, 'the file holds no TextGrid.')
    cursor.next('number', 'the beginning')
    cursor.next('number', 'the end')
    if (cursor.next('flag', '<exists>').value !== '<exists>') return { tiers, problem: null }
    for (let left = cursor.count('number of tiers'); left > 0; left--) {
      const tier = readTier(cursor)
      tiers.push(tier)
      if (tier.problem !== null) return { tiers, problem: tier.problem }
    }
  } catch (error) {
    if (error instanceof Broken) return { tiers, problem: error }
    throw error
  }
  return { tiers, problem: null }
}

function readFile(text: string, to: Collector): void {
  if (text.startsWith('ooBinaryFile')) {
    to.fail('', 'binary', "this is Praat's binary form. Save it in Praat as a text file.")
    return
  }
  const { tiers, problem } = readTiers(text.replaceAll(/\r\n?/gu, '\n'))
  if (problem !== null) to.fail(`line ${problem.line}`, 'not-a-textgrid', `${problem.message} What stands before it was read.`)
  if (problem !== null && tiers.length === 0) return
  const item = to.item(stemOf(to.file), false)
  const rate = rateOf(tiers.flatMap(({ rows }) => rows.flatMap(({ start, end }) => [start.value, end.value])))
  const names = new Set<string>()
  for (const tier of tiers) {
    const wanted = tierNamed(tier.name, tier.points ? 'points' : 'intervals')
    let name = wanted
    for (let number = 2; names.has(name); number++) name = `${wanted.slice(0, 190)} (${number})`
    if (name !== tier.name) to.note('', 'tier-renamed', `the tier ${JSON.stringify(tier.name.slice(0, 60))} is called ${name}.`)
    names.add(name)
    to.tier(name, { points: tier.points })
    for (const [index, { start, end, text: words }] of tier.rows.entries()) {
      if (!tier.points && isGap(tier.rows, index)) continue
      const place = `line ${words.line}`
      const times = timesOf(start.value, end.value, rate, place, to)
      if (times !== null) item.annotations.push(segmentOf(to, item.annotations.length, name, times, { text: words.value, extra: times.literal }))
    }
  }
}

/** Praat fills a tier with empty intervals. One between two spoken ones is a gap; several side by side are boundaries that somebody set. */
function isGap(rows: readonly Row[], index: number): boolean {
  const empty = (at: number) => rows[at]?.text.value === ''
  return empty(index) && !empty(index - 1) && !empty(index + 1)
}
