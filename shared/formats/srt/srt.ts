import type { Format } from '../format.ts'
import { hasEnding } from '../timed/reading.ts'
import { readSrt } from './read.ts'
import { writeSrt } from './write.ts'

/** SubRip subtitles. */
export const srt: Format = {
  id: 'srt',
  name: 'SubRip subtitles',
  reads: true,
  writes: true,
  kinds: ['segment'],
  detect: async (input) => (input.files.some((path) => hasEnding(path, '.srt')) ? 0.9 : 0),
  parse: readSrt,
  serialize: writeSrt,
}
