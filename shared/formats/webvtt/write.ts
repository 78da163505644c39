import type { Serialized, Snapshot } from '../format.ts'
import { LossLog } from '../lossLog.ts'
import { millisecondsToClock } from '../timed/clock.ts'
import { allWritten, cueLines, recordings, roundedTimes, serialized, textIn, type Recording, type Utterance } from '../timed/recordings.ts'
import { escapeText, plainText, voiceOf, withVoice } from './cueText.ts'
import { defaultTier } from './read.ts'

/** One file a recording, beside it. A tier is a voice; the tier "cues" is text without one. */
export function writeWebvtt(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const all = recordings(snapshot, 'webvtt', losses, { tier: true, label: false, language: true })
  const files = all.map((recording) => ({ path: `${recording.stem}.vtt`, content: documentOf(recording, losses) }))
  return serialized(all, files, losses, allWritten(all))
}

function documentOf(recording: Recording, losses: LossLog): string {
  const { utterances } = recording
  const languages = new Set(utterances.map(({ annotation }) => annotation.language))
  const [language] = languages
  if (languages.size > 1) for (const { annotation, label } of utterances) if (annotation.language !== null) losses.annotation('language-lost', recording.asset, annotation, label)
  const header = languages.size === 1 && language ? `WEBVTT\nLanguage: ${language}\n` : 'WEBVTT\n'
  return header + utterances.map((utterance) => `\n${cueOf(utterance, recording, losses)}\n`).join('')
}

function cueOf(utterance: Utterance, recording: Recording, losses: LossLog): string {
  const { annotation, label, extra, sourceId } = utterance
  const lose = (code: string) => losses.annotation(code, recording.asset, annotation, label)
  const { start, end } = roundedTimes(utterance, 1000, recording, losses)
  if (start === end) lose('point-lengthened')
  const until = Math.max(end, start + 1)
  const settings = textIn(extra, 'settings')
  const id = sourceId !== null && sourceId !== '' && !/-->|[\r\n]/u.test(sourceId) ? `${sourceId}\n` : ''
  const payload = payloadOf(utterance, lose)
  return `${id}${millisecondsToClock(start, '.')} --> ${millisecondsToClock(until, '.')}${settings === null ? '' : ` ${settings}`}${payload === '' ? '' : `\n${payload}`}`
}

/** The cue's own markup as long as nobody changed its words or its speaker. */
function payloadOf({ annotation, tier, extra }: Utterance, lose: (code: string) => void): string {
  const text = annotation.text ?? ''
  const original = textIn(extra, 'payload')
  if (original !== null && plainText(original) === text && (voiceOf(original) ?? defaultTier) === tier) return original
  const lines = cueLines(text)
  if (lines !== text) lose('text-changed')
  return tier === defaultTier ? escapeText(lines) : withVoice(tier, escapeText(lines))
}
