import { distance, scliteCosts } from '#shared/text/align.ts'
import { textOf, type Word } from '#shared/consensus/text/words.ts'

/** One transcript of a task. */
export interface Transcript {
  readonly worker: string
  readonly words: readonly Word[]
  /** 0 … 1, one a word; absent: all 1. */
  readonly confidence?: readonly number[] | undefined
}

/** One place of the network: what each transcript has there, null for nothing (a null arc). The places of `arcs` are those of the transcripts. */
export interface Column { readonly arcs: readonly (Arc | null)[] }
export interface Arc { readonly word: Word; readonly confidence: number }

/** A word transition network: columns in reading order, over transcripts in the order in which they were aligned. */
export interface TranscriptNetwork { readonly transcripts: readonly Transcript[]; readonly columns: readonly Column[] }

const plains = ({ words }: Transcript) => words.map(({ plain }) => plain)
const byCodeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The order in which transcripts join the network: first the one that is nearest to all others (least sum of word edit
 * distances), then the others by their distance to it. Ties go by text, then by worker. So the order of the input decides nothing.
 */
export function alignmentOrder(transcripts: readonly Transcript[]): Transcript[] {
  const sorted = transcripts
    .map((transcript) => ({ transcript, text: textOf(transcript.words), tokens: plains(transcript) }))
    .sort((a, b) => byCodeUnits(a.text, b.text) || byCodeUnits(a.transcript.worker, b.transcript.worker))
  const known = new Map<string, number>()
  const between = (a: number, b: number): number => {
    if (a === b) return 0
    const key = a < b ? `${a} ${b}` : `${b} ${a}`
    const found = known.get(key) ?? distance(sorted[Math.min(a, b)]!.tokens, sorted[Math.max(a, b)]!.tokens)
    known.set(key, found)
    return found
  }
  const sums = sorted.map((_, a) => sorted.reduce((sum, _other, b) => sum + between(a, b), 0))
  const centre = sums.indexOf(Math.min(...sums))
  return [...sorted.keys()].sort((a, b) => between(a, centre) - between(b, centre) || (a === centre ? -1 : b === centre ? 1 : a - b)).map((at) => sorted[at]!.transcript)
}

/**
 * Builds the network by iterative alignment (Fiscus 1997, section 2.1), in `alignmentOrder`. The first transcript is the
 * first network; each next one is aligned to the network as it stands, with sclite's costs (4 for another word, 3 for a word
 * against nothing) taken as a mean over the transcripts that are in it. Fiscus counts a column as met when any of them has the
 * word; the mean makes fewer wrong words (see referee.test.ts). A word that looks alike costs up to `likenessGain` less, so
 * that "colour" meets "color" and not its neighbour.
 */
export function buildNetwork(transcripts: readonly Transcript[]): TranscriptNetwork {
  const ordered = alignmentOrder(transcripts)
  let columns: Column[] = (ordered[0]?.words ?? []).map((_, at) => ({ arcs: [arcOf(ordered[0]!, at)] }))
  for (const [joined, transcript] of ordered.entries()) if (joined > 0) columns = join(columns, transcript, joined)
  return { transcripts: ordered, columns }
}

const arcOf = ({ words, confidence }: Transcript, at: number): Arc => ({ word: words[at]!, confidence: Math.min(1, Math.max(0, confidence?.[at] ?? 1)) })

/** Costs are whole numbers of thousandths of sclite's unit, so that sums of them are exact. */
const grain = 1000
const likenessGain = 1.8

function join(columns: readonly Column[], transcript: Transcript, joined: number): Column[] {
  const { words } = transcript
  const height = columns.length + 1
  const held = columns.map(tallied)
  const insertion = scliteCosts.insertion * grain
  const cost = new Float64Array((words.length + 1) * height)
  const skip = held.map(({ nothing }) => Math.round((1 - nothing) * scliteCosts.deletion * grain))
  for (let j = 1; j < height; j++) cost[j] = cost[j - 1]! + skip[j - 1]!
  const meeting = new Float64Array(cost.length)
  for (let i = 1; i <= words.length; i++) {
    cost[i * height] = i * insertion
    for (let j = 1; j < height; j++) {
      const both = meeting[i * height + j] = costOf(held[j - 1]!, words[i - 1]!.plain)
      cost[i * height + j] = Math.min(cost[(i - 1) * height + j - 1]! + both, cost[i * height + j - 1]! + skip[j - 1]!, cost[(i - 1) * height + j]! + insertion)
    }
  }
  const result: Column[] = []
  const absent = Array.from({ length: joined }, () => null)
  let [i, j] = [words.length, columns.length]
  while (i > 0 || j > 0) {
    const at = i * height + j
    if (i > 0 && j > 0 && cost[at] === cost[at - height - 1]! + meeting[at]!) result.push({ arcs: [...columns[--j]!.arcs, arcOf(transcript, --i)] })
    else if (j > 0 && cost[at] === cost[at - 1]! + skip[j - 1]!) result.push({ arcs: [...columns[--j]!.arcs, null] })
    else result.push({ arcs: [...absent, arcOf(transcript, --i)] })
  }
  return result.reverse()
}

/** What a column holds: the share of the transcripts for each word, and for nothing. */
interface Held { readonly words: ReadonlyMap<string, number>; readonly nothing: number }

function tallied({ arcs }: Column): Held {
  const words = new Map<string, number>()
  let nothing = 0
  for (const arc of arcs) {
    if (arc === null) nothing += 1 / arcs.length
    else words.set(arc.word.plain, (words.get(arc.word.plain) ?? 0) + 1 / arcs.length)
  }
  return { words, nothing }
}

/** What it costs to put a word into a column, on average over the transcripts, in whole grains. */
function costOf({ words, nothing }: Held, plain: string): number {
  let sum = nothing * scliteCosts.insertion
  for (const [other, share] of words) if (other !== plain) sum += share * (scliteCosts.substitution - likenessGain * likeness(other, plain))
  return Math.round(sum * grain)
}

/** 0 … 1: the shared beginning and end of two words over the longer's length. */
function likeness(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  let start = 0
  while (start < most && a[start] === b[start]) start++
  let end = 0
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return (start + end) / Math.max(a.length, b.length)
}
