import type { Format } from '../format.ts'
import { readPage } from './read.ts'
import { writePage } from './write.ts'

/** PAGE XML, page content (PRImA, schema.primaresearch.org/PAGE): 2009 to 2019 are read, 2019-07-15 is written; docs/text-formats.md tells what is decided beyond it. */
export const pageXml: Format = {
  id: 'page-xml',
  name: 'PAGE XML 2013–2019 (PcGts)',
  reads: true,
  writes: true,
  kinds: ['text-line', 'box', 'polygon'],
  async detect(input) {
    for (const file of input.files) if (/\.xml$/iu.test(file) && /<(?:\w+:)?PcGts[\s>]/u.test(String.fromCharCode(...(await input.readHead(file, 4000))))) return 0.95
    return 0
  },
  parse: readPage,
  serialize: writePage,
}
