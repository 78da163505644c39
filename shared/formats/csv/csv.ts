import type { Format } from '../format.ts'
import { separatorOf } from './cells.ts'
import { readCsv } from './read.ts'
import { writeCsv } from './write.ts'

/** One table for everything, which any spreadsheet opens; docs/text-formats.md lists its columns. */
export const csv: Format = {
  id: 'csv',
  name: 'Table (CSV)',
  reads: true,
  writes: true,
  kinds: ['box', 'rotated-box', 'polygon', 'mask', 'polyline', 'points', 'keypoints', 'text-line', 'segment', 'item'],
  async detect(input) {
    for (const file of input.files) {
      if (!/\.(?:csv|tsv)$/iu.test(file)) continue
      const head = String.fromCharCode(...(await input.readHead(file, 2000))).replace(/^\u00EF\u00BB\u00BF/u, '')
      const columns = head.split(/[\r\n]/u, 1)[0]!.split(separatorOf(head)).map((column) => column.trim().toLowerCase())
      if (columns.includes('item') && columns.includes('kind')) return 0.9
    }
    return 0
  },
  parse: readCsv,
  serialize: writeCsv,
}
