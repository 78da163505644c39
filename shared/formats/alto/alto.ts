import type { Format } from '../format.ts'
import { readAlto } from './read.ts'
import { writeAlto } from './write.ts'

/** ALTO (loc.gov/standards/alto): versions 2 to 4 are read, 4.4 is written; docs/text-formats.md tells what is decided beyond it. */
export const alto: Format = {
  id: 'alto',
  name: 'ALTO 2–4 (XML of the Library of Congress)',
  reads: true,
  writes: true,
  kinds: ['text-line', 'box', 'polygon'],
  async detect(input) {
    for (const file of input.files) if (/\.xml$/iu.test(file) && /<(?:\w+:)?alto[\s>]/u.test(String.fromCharCode(...(await input.readHead(file, 4000))))) return 0.95
    return 0
  },
  parse: readAlto,
  serialize: writeAlto,
}
