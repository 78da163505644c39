import type { Format } from '../format.ts'
import { looksLikeCoco, readCoco } from './read.ts'
import { writeCoco } from './write.ts'

/** COCO object detection and keypoints (cocodataset.org, "Data format"); docs/formats.md tells what is decided beyond it. */
export const coco: Format = {
  id: 'coco',
  name: 'COCO (instances and keypoints)',
  reads: true,
  writes: true,
  kinds: ['box', 'polygon', 'mask', 'keypoints'],
  async detect(input) {
    for (const file of input.files) if (file.toLowerCase().endsWith('.json') && (await looksLikeCoco(input, file))) return 0.9
    return 0
  },
  parse: readCoco,
  serialize: writeCoco,
}
