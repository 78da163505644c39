import { decodeDetr } from './decode/detr.ts'
import { decodeEndToEnd } from './decode/endToEnd.ts'
import { decodeMask } from './decode/mask.ts'
import { decodeNanodet } from './decode/nanodet.ts'
import { decodeSemantic } from './decode/semantic.ts'
import { decodeSsd } from './decode/ssd.ts'
import { decodeClasses, decodeEmbedding } from './decode/whole.ts'
import { decodeYolo, decodeYoloObjectness, decodeYolox } from './decode/yolo.ts'
import { decodeYoloSeg } from './decode/yoloSeg.ts'
import type { Head } from './manifest.ts'
import { pictureRunner, predictions } from './pictureRunner.ts'
import type { Runner } from './runner.ts'

/** Who runs a model with which head. A new head is a line here; heads that need a person (`sam`) have none. */
export const heads: Readonly<Partial<Record<Head['kind'], Runner>>> = {
  'yolo': pictureRunner('yolo', decodeYolo),
  'yolo-objectness': pictureRunner('yolo-objectness', decodeYoloObjectness),
  'yolox': pictureRunner('yolox', decodeYolox),
  'end-to-end': pictureRunner('end-to-end', decodeEndToEnd),
  'yolo-seg': pictureRunner('yolo-seg', predictions(decodeYoloSeg)),
  'nanodet': pictureRunner('nanodet', decodeNanodet),
  'ssd': pictureRunner('ssd', decodeSsd),
  'detr': pictureRunner('detr', decodeDetr),
  'semantic': pictureRunner('semantic', predictions(decodeSemantic)),
  'mask': pictureRunner('mask', predictions(decodeMask)),
  'classes': pictureRunner('classes', predictions(decodeClasses)),
  'embedding': pictureRunner('embedding', (head, reading) => ({ predictions: [], embedding: decodeEmbedding(head, reading) })),
}
