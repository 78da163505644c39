import { audacity } from './audacity/audacity.ts'
import { coco } from './coco/coco.ts'
import { ctm } from './ctm/ctm.ts'
import { eaf } from './eaf/eaf.ts'
import { csv } from './csv/csv.ts'
import { icdar } from './icdar/icdar.ts'
import { paddleocr } from './paddleocr/paddleocr.ts'
import { audiofolder } from './audiofolder/audiofolder.ts'
import { commonVoice } from './commonVoice/commonVoice.ts'
import { kaldi } from './kaldi/kaldi.ts'
import { alto } from './alto/alto.ts'
import { pageXml } from './pageXml/pageXml.ts'
import type { Format, FormatInput } from './format.ts'
import { rttm } from './rttm/rttm.ts'
import { srt } from './srt/srt.ts'
import { stm } from './stm/stm.ts'
import { textgrid } from './textgrid/textgrid.ts'
import { webvtt } from './webvtt/webvtt.ts'
import { yoloDetect } from './yolo/yoloDetect.ts'
import { yoloSegment } from './yolo/yoloSegment.ts'

/** Every format, in the order in which `quorum formats` lists them. To add one: a folder and a line here. */
export const formats: readonly Format[] = [
  coco, yoloDetect, yoloSegment, paddleocr, icdar, alto, pageXml, textgrid, eaf, webvtt, srt, audacity, ctm, stm, rttm, kaldi, commonVoice, audiofolder, csv,
]

export const formatById = (id: string): Format | undefined => formats.find((format) => format.id === id)

/** The format that recognises the input most surely, or null where none does (at least 0.5). */
export async function detectFormat(input: FormatInput): Promise<Format | null> {
  let best: { format: Format; confidence: number } | null = null
  for (const format of formats) {
    if (!format.reads) continue
    const confidence = await format.detect(input)
    if (confidence >= 0.5 && (best === null || confidence > best.confidence)) best = { format, confidence }
  }
  return best?.format ?? null
}
