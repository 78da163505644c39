import type { Format } from '../format.ts'
import { isTextGrid, readTextGrid } from './read.ts'
import { writeTextGrid } from './write.ts'

/** Praat's TextGrid (manual, "TextGrid file formats"). */
export const textgrid: Format = {
  id: 'textgrid',
  name: 'Praat TextGrid',
  reads: true,
  writes: true,
  kinds: ['segment'],
  detect: async (input) => (input.files.some(isTextGrid) ? 0.9 : 0),
  parse: readTextGrid,
  serialize: writeTextGrid,
}
