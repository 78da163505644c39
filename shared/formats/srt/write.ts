import type { Serialized, Snapshot } from '../format.ts'
import { LossLog } from '../lossLog.ts'
import { millisecondsToClock } from '../timed/clock.ts'
import { allWritten, cueLines, recordings, roundedTimes, serialized, textIn, type Recording, type Utterance } from '../timed/recordings.ts'
import { withoutTags } from './markup.ts'
import { defaultTier } from './read.ts'

/** One file a recording, beside it; cues are numbered anew in the order of time. */
export function writeSrt(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const all = recordings(snapshot, 'srt', losses, { tier: defaultTier, label: false })
  const files = all.map((recording) => ({
    path: `${recording.stem}.srt`, content: recording.utterances.map((utterance, index) => `${index + 1}\n${cueOf(utterance, recording, losses)}\n`).join('\n'),
  }))
  return serialized(all, files, losses, allWritten(all))
}

function cueOf(utterance: Utterance, recording: Recording, losses: LossLog): string {
  const { annotation, label, extra } = utterance
  const { start, end } = roundedTimes(utterance, 1000, recording, losses)
  const settings = textIn(extra, 'settings')
  const original = textIn(extra, 'payload')
  const text = annotation.text ?? ''
  const payload = original !== null && withoutTags(original) === text ? original : text
  // A line like a timing would begin a new cue.
  const lines = cueLines(payload).replaceAll('-->', '→')
  if (lines !== payload || withoutTags(lines) !== text) losses.annotation('text-changed', recording.asset, annotation, label)
  return `${millisecondsToClock(start, ',')} --> ${millisecondsToClock(end, ',')}${settings === null ? '' : ` ${settings}`}${lines === '' ? '' : `\n${lines}`}`
}
