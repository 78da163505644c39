import type { Manifest, RunSettings } from './manifest.ts'
import { predictTranscript } from './audio/transcribe.ts'
import { predictSpeech } from './audio/vad.ts'
import { predict } from './predict.ts'
import type { Outcome } from './prediction.ts'
import type { Sample } from './sample.ts'
import type { Sessions, Texts } from './tensor.ts'
import { predictLineText, predictOcr, predictTextLines } from './text/predict.ts'

/** What any model says about one item, whatever its head. Throws in words. */
export async function runModel(manifest: Manifest, { sessions, texts }: { readonly sessions: Sessions; readonly texts: Texts }, sample: Sample, settings: RunSettings): Promise<Outcome> {
  switch (manifest.head.kind) {
    case 'ocr': return predictOcr(manifest, sessions, sample, settings, texts)
    case 'ctc': return predictLineText(manifest, sessions, sample, settings, texts)
    case 'db': return predictTextLines(manifest, sessions, sample, settings)
    case 'vad': return predictSpeech(manifest, sessions, sample, settings)
    case 'seq2seq': return predictTranscript(manifest, sessions, sample, settings, texts)
    default: return predict(manifest, sessions, sample, settings)
  }
}
