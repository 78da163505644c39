import type { Format } from '../format.ts'
import { isEaf, readEaf } from './read.ts'
import { writeEaf } from './write.ts'

/** ELAN. */
export const eaf: Format = {
  id: 'eaf',
  name: 'ELAN (EAF)',
  reads: true,
  writes: true,
  kinds: ['segment'],
  detect: async (input) => (input.files.some(isEaf) ? 0.9 : 0),
  parse: readEaf,
  serialize: writeEaf,
}
