import type { Format } from '../format.ts'
import { detectYolo } from './detect.ts'
import { readYolo } from './read.ts'
import { ringShape } from './shapes.ts'
import { writeYolo } from './write.ts'

/** Ultralytics' segmentation data sets (docs.ultralytics.com/datasets/segment). */
export const yoloSegment: Format = {
  id: 'yolo-segment',
  name: 'YOLO segmentation (Ultralytics)',
  reads: true,
  writes: true,
  kinds: ['polygon'],
  async detect(input) {
    const { confidence, polygons } = await detectYolo(input)
    return polygons ? confidence : confidence - 0.05
  },
  parse: (input) => readYolo(input, 'yolo-segment'),
  serialize: (snapshot) => writeYolo(snapshot, ringShape),
}
