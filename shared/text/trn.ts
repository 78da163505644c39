/** One sentence of a transcript file: `line` counts from 1. */
export interface Utterance { readonly id: string | null; readonly text: string; readonly line: number }
export type TranscriptFormat = 'text' | 'trn'
export interface Transcript { readonly format: TranscriptFormat; readonly utterances: readonly Utterance[] }

/** A file that can't be used as it is; the message says where and what to do. */
export class TranscriptError extends Error {}

const endsWithId = /^(.*?)\(([^()]*)\)\s*$/su

function linesOf(text: string): string[] {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\n|\r/u)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** Plain text: a sentence a line, an empty line is an empty sentence. */
function readText(lines: readonly string[]): Utterance[] {
  return lines.map((text, index) => ({ id: null, text, line: index + 1 }))
}

/** sclite's trn: `words (id)` a line; blank lines and comments (`;;`) are skipped (SCTK, infmts). Null when a line has no id. */
function readTrn(lines: readonly string[]): Utterance[] | null {
  const found: Utterance[] = []
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith(';;')) continue
    const parts = endsWithId.exec(line)
    const id = parts?.[2]?.trim()
    if (!parts || !id) return null
    found.push({ id, text: parts[1]!.trim(), line: index + 1 })
  }
  return found.length > 0 ? found : null
}

/**
 * Reads a transcript file; `auto` takes it as trn when every line ends with an id in parentheses and no id comes twice.
 * Throws a TranscriptError when `trn` is asked for and a line has no id.
 */
export function readTranscript(text: string, format: TranscriptFormat | 'auto' = 'auto'): Transcript {
  const lines = linesOf(text)
  const utterances = format === 'text' ? null : readTrn(lines)
  if (format === 'trn' && utterances === null) throw new TranscriptError('is no trn file: a line does not end with an id in parentheses, like "words (speaker-1)".')
  const unique = utterances !== null && new Set(utterances.map(({ id }) => id)).size === utterances.length
  if (utterances === null || (format === 'auto' && !unique)) return { format: 'text', utterances: readText(lines) }
  return { format: 'trn', utterances }
}

export interface UtterancePair { readonly ref: Utterance; readonly hyp: Utterance }

const some = (ids: readonly (string | null)[]) => ids.slice(0, 3).join(', ') + (ids.length > 3 ? ` and ${ids.length - 3} more` : '')

function byId(utterances: readonly Utterance[], side: string): Map<string, Utterance> {
  const map = new Map<string, Utterance>()
  for (const utterance of utterances) {
    const id = (utterance.id ?? '').toLowerCase()
    if (map.has(id)) throw new TranscriptError(`The ${side} has the id ${utterance.id} twice, the second time in line ${utterance.line}.`)
    map.set(id, utterance)
  }
  return map
}

/**
 * Which sentence belongs to which: by id (without regard to case, as sclite) when both files have ids, else by position.
 * Throws a TranscriptError when a sentence has no partner.
 */
export function pairUtterances(ref: Transcript, hyp: Transcript): UtterancePair[] {
  if (ref.format === 'trn' && hyp.format === 'trn') {
    const answers = byId(hyp.utterances, 'hypothesis')
    const wanted = byId(ref.utterances, 'reference')
    const missing = [...wanted].filter(([id]) => !answers.has(id)).map(([, { id }]) => id)
    if (missing.length > 0) throw new TranscriptError(`The hypothesis lacks ${missing.length} of the reference's sentences: ${some(missing)}.`)
    const extra = [...answers].filter(([id]) => !wanted.has(id)).map(([, { id }]) => id)
    if (extra.length > 0) throw new TranscriptError(`The reference lacks ${extra.length} of the hypothesis' sentences: ${some(extra)}.`)
    return [...wanted].map(([id, utterance]) => ({ ref: utterance, hyp: answers.get(id)! }))
  }
  const [n, m] = [ref.utterances.length, hyp.utterances.length]
  if (n !== m) throw new TranscriptError(`The reference has ${n} lines and the hypothesis ${m}. Line by line they must match; give both files ids, or the same number of lines.`)
  return ref.utterances.map((utterance, index) => ({ ref: utterance, hyp: hyp.utterances[index]! }))
}
