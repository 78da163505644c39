import { scliteCosts, type AlignmentOp, type EditCosts } from '#shared/text/align.ts'

/** One word of a network with the arcs that may come just before it; −1 stands for the beginning. */
interface Arc { readonly word: string; readonly before: readonly number[] }
/** A transcript with alternatives: what sclite's trn format writes as `i've { um / uh / @ } seen`. `ends` are the arcs that may come last. */
export interface WordNetwork { readonly arcs: readonly Arc[]; readonly ends: readonly number[] }

/** `@` is no word: to skip it costs next to nothing and counts as nothing (SCTK, infmts: the trn format). */
const nothing = '@'

/** Whether a line uses the notation at all. */
export const hasAlternatives = (text: string) => /[{}]/u.test(text) || /(^|\s)@(\s|$)/u.test(text)

/** Words, braces, and the slashes inside braces; a slash outside belongs to its word. */
function tokensWithBraces(text: string): string[] {
  const tokens: string[] = []
  let depth = 0
  for (const part of text.match(/[{}/]|[^\s{}/]+|\s+/gu) ?? []) {
    if (part === '{') depth++
    else if (part === '}') depth--
    if (/^[{}]$/u.test(part) || depth > 0 || /^\s/u.test(part) || !joins(tokens.at(-1))) tokens.push(part)
    else tokens.push((tokens.pop() ?? '') + part)
  }
  return tokens.filter((token) => token.trim() !== '')
}

const joins = (token: string | undefined) => token !== undefined && !/^[{}\s]/u.test(token)

/** Reads `ALTERNATE :== "{" TEXT ("/" TEXT)+ "}"`, nested at will. Throws a RangeError when the braces don't match. */
export function parseNetwork(text: string): WordNetwork {
  const tokens = tokensWithBraces(text)
  const arcs: Arc[] = []
  let at = 0
  const add = (word: string, before: readonly number[]) => [arcs.push({ word, before }) - 1]
  const alternatives = (before: readonly number[], depth: number): number[] => {
    const ends = new Set<number>()
    for (let closed = false; !closed; at++) {
      const branch = sequence(before, depth + 1)
      for (const end of branch === before ? add(nothing, before) : branch) ends.add(end)
      if (at >= tokens.length) throw new RangeError('A { has no }.')
      closed = tokens[at] === '}'
    }
    return [...ends]
  }
  const sequence = (before: readonly number[], depth: number): readonly number[] => {
    if (depth > 100) throw new RangeError('Alternatives are nested more than 100 deep.')
    let ends = before
    for (; at < tokens.length; ) {
      const token = tokens[at]!
      if (depth > 0 && (token === '/' || token === '}')) return ends
      if (token === '}') throw new RangeError('A } has no {.')
      at++
      ends = token === '{' ? alternatives(ends, depth) : add(token, ends)
    }
    return ends
  }
  const ends = sequence([-1], 0)
  return { arcs, ends }
}

/** The words that the alignment chose on both sides, and the columns over them. */
export interface NetworkAlignment { readonly ref: string[]; readonly hyp: string[]; readonly ops: AlignmentOp[] }

interface Cell { readonly cost: number; readonly a: number; readonly b: number }

const maxCells = 25_000_000
/** Skipping `@`: a thousandth of sclite's unit, so that it decides ties and nothing else. */
const grain = 1000

const drop = (word: string, cost: number) => (word === nothing ? 1 : cost * grain)

/** The cheapest of the cells that may come before; the first wins a tie. */
function cheapest(table: readonly (readonly Cell[])[], before: readonly number[], others: readonly number[]): Cell {
  let best: Cell = { cost: Infinity, a: 0, b: 0 }
  for (const p of before) {
    for (const q of others) {
      const { cost } = table[p + 1]![q + 1]!
      if (cost < best.cost) best = { cost, a: p + 1, b: q + 1 }
    }
  }
  return best
}

function fill(ref: WordNetwork, hyp: WordNetwork, costs: EditCosts): Cell[][] {
  const match = (x: string, y: string) =>
    x === nothing || y === nothing ? Infinity : x === y ? 0 : costs.substitution * grain
  const table: Cell[][] = []
  for (let a = 0; a <= ref.arcs.length; a++) {
    const row: Cell[] = []
    table.push(row)
    for (let b = 0; b <= hyp.arcs.length; b++) {
      const x = ref.arcs[a - 1]
      const y = hyp.arcs[b - 1]
      if (!x && !y) {
        row.push({ cost: 0, a: -1, b: -1 })
        continue
      }
      const skipX = x && cheapest(table, x.before, [b - 1])
      const skipY = y && cheapest(table, [a - 1], y.before)
      const both = x && y && cheapest(table, x.before, y.before)
      const del = skipX ? skipX.cost + drop(x.word, costs.deletion) : Infinity
      const ins = skipY ? skipY.cost + drop(y.word, costs.insertion) : Infinity
      const sub = both ? both.cost + match(x.word, y.word) : Infinity
      if (both && sub <= del && sub <= ins) row.push({ cost: sub, a: both.a, b: both.b })
      else if (skipX && (del < ins || !skipY)) row.push({ cost: del, a: skipX.a, b })
      else row.push({ cost: ins, a, b: skipY!.b })
    }
  }
  return table
}

/**
 * Aligns two transcripts that hold alternatives: the cheapest path through both, with sclite's tie-break (SCTK, net_dp.c).
 * Memory grows with the product of the lengths: meant for sentences. Throws a RangeError beyond 25 million cells.
 */
export function alignNetworks(ref: WordNetwork, hyp: WordNetwork, costs: EditCosts = scliteCosts): NetworkAlignment {
  if ((ref.arcs.length + 1) * (hyp.arcs.length + 1) > maxCells) throw new RangeError('A line with alternatives is too long to align.')
  const table = fill(ref, hyp, costs)
  let { a, b } = cheapest(table, ref.ends, hyp.ends)
  const columns: { ref: string | null; hyp: string | null }[] = []
  while (a > 0 || b > 0) {
    const cell = table[a]![b]!
    const x = cell.a === a ? null : ref.arcs[a - 1]!.word
    const y = cell.b === b ? null : hyp.arcs[b - 1]!.word
    if ((x ?? y) !== nothing) columns.push({ ref: x, hyp: y })
    a = cell.a
    b = cell.b
  }
  return numbered(columns.reverse())
}

function numbered(columns: readonly { ref: string | null; hyp: string | null }[]): NetworkAlignment {
  const result: NetworkAlignment = { ref: [], hyp: [], ops: [] }
  for (const column of columns) {
    if (column.ref === null) result.ops.push({ op: 'ins', ref: null, hyp: result.hyp.push(column.hyp!) - 1 })
    else if (column.hyp === null) result.ops.push({ op: 'del', ref: result.ref.push(column.ref) - 1, hyp: null })
    else {
      const op = column.ref === column.hyp ? 'ok' : 'sub'
      result.ops.push({ op, ref: result.ref.push(column.ref) - 1, hyp: result.hyp.push(column.hyp) - 1 })
    }
  }
  return result
}

/** The same network with every word rewritten (for normalisers); a word that becomes several is a chain, one that vanishes is `@`. */
export function mapWords(network: WordNetwork, rewrite: (word: string) => readonly string[]): WordNetwork {
  const arcs: Arc[] = []
  const moved = new Map<number, number>([[-1, -1]])
  for (const [index, { word, before }] of network.arcs.entries()) {
    let ends = before.map((arc) => moved.get(arc)!)
    const words = word === nothing ? [nothing] : rewrite(word)
    for (const part of words.length > 0 ? words : [nothing]) ends = [arcs.push({ word: part, before: ends }) - 1]
    moved.set(index, ends[0]!)
  }
  return { arcs, ends: network.ends.map((arc) => moved.get(arc)!) }
}
