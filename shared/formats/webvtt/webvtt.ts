import type { Format } from '../format.ts'
import { hasEnding } from '../timed/reading.ts'
import { readWebvtt } from './read.ts'
import { writeWebvtt } from './write.ts'

/** WebVTT: The Web Video Text Tracks Format (W3C Candidate Recommendation). */
export const webvtt: Format = {
  id: 'webvtt',
  name: 'WebVTT subtitles',
  reads: true,
  writes: true,
  kinds: ['segment'],
  detect: async (input) => (input.files.some((path) => hasEnding(path, '.vtt')) ? 0.9 : 0),
  parse: readWebvtt,
  serialize: writeWebvtt,
}
