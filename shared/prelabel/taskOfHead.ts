import type { ModelTask } from '#shared/contract/prelabel.ts'
import type { Head } from './manifest.ts'

const tasks: Readonly<Record<Head['kind'], ModelTask>> = {
  'yolo': 'detect', 'yolo-objectness': 'detect', 'yolox': 'detect', 'end-to-end': 'detect', 'nanodet': 'detect', 'ssd': 'detect', 'detr': 'detect', 'yolo-seg': 'segment', 'semantic': 'segment', 'mask': 'segment',
  'sam': 'prompt-segment', 'classes': 'classify', 'embedding': 'embed', 'db': 'text-detect', 'ctc': 'text-recognise', 'ocr': 'text-recognise', 'vad': 'voice-activity', 'seq2seq': 'speech-to-text',
}

/** What a model with such a head is for. */
export const taskOfHead = (kind: Head['kind']): ModelTask => tasks[kind]
