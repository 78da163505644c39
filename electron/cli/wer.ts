import { readFile } from 'node:fs/promises'
import { QuorumError } from '#shared/contract/errors.ts'
import { scliteCosts, unitCosts } from '#shared/text/align.ts'
import { compareTexts, type Comparison } from '#shared/text/compare.ts'
import { countKinds, type DifferenceKind } from '#shared/text/kinds.ts'
import { parseNormalisers } from '#shared/text/normalise.ts'
import { errorsOf, meanErrorRate, ratesOf, referenceLength, sumEdits } from '#shared/text/rates.ts'
import { isUnspaced, type TextUnit } from '#shared/text/tokens.ts'
import { pairUtterances, readTranscript, TranscriptError, type TranscriptFormat, type UtterancePair } from '#shared/text/trn.ts'

export interface WerOptions {
  /** Paths of the two files. */
  readonly ref: string
  readonly hyp: string
  readonly unit?: TextUnit
  /** A list like `nfc,case,punct`; without it `nfc`, and for trn files `nfc,case`, as sclite compares them. */
  readonly normalise?: string | undefined
  /** Default: sclite's for words, unit costs for characters. */
  readonly costs?: 'sclite' | 'unit' | undefined
  readonly format?: TranscriptFormat | 'auto'
}

export interface WorstSentence {
  readonly id: string
  readonly errors: number
  readonly rate: number
  readonly ref: string
  readonly hyp: string
}

/** Counts are sums over all sentences, rates are taken of the sums; `words` counts the reference's tokens, whatever the unit. */
export interface WerReport {
  readonly unit: TextUnit
  readonly normalise: readonly string[]
  readonly costs: 'sclite' | 'unit'
  readonly sentences: number
  /** Sentences with at least one error. */
  readonly sentencesWithErrors: number
  readonly words: number
  readonly hits: number
  readonly substitutions: number
  readonly deletions: number
  readonly insertions: number
  /** `wer` for words, `cer` for characters. */
  readonly wer?: number
  readonly cer?: number
  readonly meanSentenceRate: number
  readonly mer: number
  readonly wil: number
  readonly wip: number
  /** Errors by kind, for words; they add up to S + D + I. */
  readonly kinds: Readonly<Partial<Record<DifferenceKind, number>>>
  readonly worst: readonly WorstSentence[]
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
  } catch (error) {
    if (error instanceof TypeError) throw new QuorumError('invalid-input', `${path} is not UTF-8 text. Save it as UTF-8 and try again.`)
    throw new QuorumError('not-found', `${path} cannot be read. Check the path.`, String(error))
  }
}

function normalisersOf(list: string) {
  try {
    return parseNormalisers(list)
  } catch (error) {
    if (error instanceof RangeError) throw new QuorumError('invalid-input', `--normalise: ${error.message}`)
    throw error
  }
}

async function readPairs({ ref, hyp, format = 'auto' }: WerOptions): Promise<{ pairs: UtterancePair[]; trn: boolean }> {
  const read = async (path: string) => {
    const text = await readText(path)
    try {
      return readTranscript(text, format)
    } catch (error) {
      if (error instanceof TranscriptError) throw new QuorumError('invalid-input', `${path} ${error.message}`)
      throw error
    }
  }
  const reference = await read(ref)
  const hypothesis = await read(hyp)
  try {
    return { pairs: pairUtterances(reference, hypothesis), trn: reference.format === 'trn' }
  } catch (error) {
    if (error instanceof TranscriptError) throw new QuorumError('invalid-input', error.message)
    throw error
  }
}

const nameOf = ({ ref, hyp }: UtterancePair) => ref.id ?? hyp.id ?? `line ${ref.line}`

function worstOf(pairs: readonly UtterancePair[], all: readonly Comparison[]): WorstSentence[] {
  return all
    .map((one, index) => ({
      id: nameOf(pairs[index]!), errors: errorsOf(one.counts), rate: ratesOf(one.counts).errorRate,
      ref: pairs[index]!.ref.text, hyp: pairs[index]!.hyp.text,
    }))
    .filter(({ errors }) => errors > 0)
    .sort((x, y) => y.errors - x.errors || y.rate - x.rate)
    .slice(0, 10)
}

const percent = (rate: number) => `${(rate * 100).toFixed(2)} %`

function describe(report: WerReport): string[] {
  const [name, units] = report.unit === 'word' ? ['WER', 'words'] : ['CER', report.unit === 'char' ? 'characters' : 'code points']
  const kinds = Object.entries(report.kinds).filter(([, count]) => count > 0)
  const unspaced = report.unit === 'word' && report.worst.some(({ ref }) => isUnspaced(ref))
  return [
    `${name} ${percent(report.wer ?? report.cer ?? 0)}: ${report.sentences} sentences, ${report.words} ${units}`,
    `${report.hits} right, ${report.substitutions} substituted, ${report.deletions} missing, ${report.insertions} extra`,
    `MER ${percent(report.mer)}, WIL ${percent(report.wil)}, sentences with an error ${report.sentencesWithErrors}`,
    ...(kinds.length > 0 ? [`kinds: ${kinds.map(([kind, count]) => `${kind} ${count}`).join(', ')}`] : []),
    ...(unspaced ? ['This text has words without spaces between them; --unit char says more about it.'] : []),
    ...report.worst.flatMap(({ id, errors, ref, hyp }) => [`${id}: ${errors} ${errors === 1 ? 'error' : 'errors'}`, `  REF ${ref}`, `  HYP ${hyp}`]),
  ]
}

/** Aligns two files of sentences and rates the second. Throws QuorumErrors in words. */
export async function runWer(options: WerOptions): Promise<{ lines: string[]; json: WerReport }> {
  const { unit = 'word' } = options
  const { pairs, trn } = await readPairs(options)
  const normalisers = normalisersOf(options.normalise ?? (trn ? 'nfc,case' : 'nfc'))
  const costs = options.costs ?? (unit === 'word' ? 'sclite' : 'unit')
  const all = pairs.map((pair) => {
    try {
      return compareTexts(pair.ref.text, pair.hyp.text, {
        unit, normalisers, alternatives: trn, costs: costs === 'sclite' ? scliteCosts : unitCosts,
      })
    } catch (error) {
      if (error instanceof RangeError) throw new QuorumError('invalid-input', `${nameOf(pair)} (line ${pair.ref.line}): ${error.message}`)
      throw error
    }
  })
  const counts = all.map((one) => one.counts)
  const sum = sumEdits(counts)
  const { errorRate, ...others } = ratesOf(sum)
  const json: WerReport = {
    unit, normalise: normalisers, costs, sentences: pairs.length, sentencesWithErrors: counts.filter((one) => errorsOf(one) > 0).length,
    words: referenceLength(sum), ...sum, ...(unit === 'word' ? { wer: errorRate } : { cer: errorRate }),
    meanSentenceRate: meanErrorRate(counts), ...others,
    kinds: unit === 'word' ? countKinds(all.flatMap((one) => one.differences)) : {}, worst: worstOf(pairs, all),
  }
  return { lines: describe(json), json }
}
