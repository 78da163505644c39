import type { Format } from '../format.ts'
import { detectYolo } from './detect.ts'
import { readYolo } from './read.ts'
import { boxShape } from './shapes.ts'
import { writeYolo } from './write.ts'

/** Ultralytics' detection data sets (docs.ultralytics.com/datasets/detect) and bare darknet folders. */
export const yoloDetect: Format = {
  id: 'yolo-detect',
  name: 'YOLO detection (Ultralytics)',
  reads: true,
  writes: true,
  kinds: ['box'],
  async detect(input) {
    const { confidence, polygons } = await detectYolo(input)
    return polygons ? confidence - 0.05 : confidence
  },
  parse: (input) => readYolo(input, 'yolo-detect'),
  serialize: (snapshot) => writeYolo(snapshot, boxShape),
}
