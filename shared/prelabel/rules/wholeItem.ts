import type { AudioSample, ImageSample } from '../sample.ts'
import { energyStretches } from './energyVad.ts'
import { greyOf, histogramOf, shrunk } from './grey.ts'

/** Two classes with a score for the first; margin and entropy follow from it. */
export interface Kind { readonly className: string; readonly score: number; readonly margin: number; readonly entropy: number }

function kindOf(first: string, second: string, share: number): Kind {
  const p = Math.max(0, Math.min(1, share))
  const nats = (q: number) => (q > 0 ? -q * Math.log(q) : 0)
  return { className: p >= 0.5 ? first : second, score: Math.max(p, 1 - p), margin: Math.abs(2 * p - 1), entropy: nats(p) + nats(1 - p) }
}

/**
 * A page or a photo, by one number: the share of pixels within 24 of the commonest grey. Paper is mostly one grey, a scene is not;
 * 30 % or less is surely a photo, 80 % or more surely a page.
 */
export function pictureKind(sample: ImageSample): Kind {
  const grey = greyOf(shrunk(sample, 400).picture)
  const counts = histogramOf(grey)
  const commonest = counts.indexOf(Math.max(...counts))
  const near = counts.subarray(Math.max(0, commonest - 24), commonest + 25).reduce((sum, count) => sum + count, 0) / grey.data.length
  return kindOf('page', 'photo', (near - 0.3) / 0.5)
}

/** Whether there is anything to hear, by the share of time that the energy detector finds: a twentieth of the sound is half sure. */
export function soundKind(sample: AudioSample): Kind {
  const heard = energyStretches(sample, 0.5).reduce((sum, { start, end }) => sum + end - start, 0) / (sample.samples.length / sample.sampleRate)
  return kindOf('sound', 'silence', heard * 10)
}
