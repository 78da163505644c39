import type { Format } from '../format.ts'
import { isGroundTruth, readIcdar } from './read.ts'
import { writeIcdar } from './write.ts'

/** Ground truth of the ICDAR robust reading competitions (rrc.cvc.uab.es): 2013's word boxes and 2015's quadrilaterals are read, 2015's are written. */
export const icdar: Format = {
  id: 'icdar',
  name: 'ICDAR 2013 and 2015 (gt_*.txt)',
  reads: true,
  writes: true,
  kinds: ['text-line'],
  async detect(input) {
    let found = 0
    for (const file of input.files.filter((path) => /\.txt$/iu.test(path)).slice(0, 50)) {
      const like = isGroundTruth(String.fromCharCode(...(await input.readHead(file, 2000))))
      if (like) found = Math.max(found, /(?:^|\/)gt_[^/]*$/iu.test(file) ? 0.95 : 0.85)
    }
    return found
  },
  parse: readIcdar,
  serialize: writeIcdar,
}
