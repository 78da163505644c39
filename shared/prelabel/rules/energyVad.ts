import { frameSeconds, levelsOf } from '../audio/levels.ts'
import { speechStretches, type SpeechStretch } from '../audio/speech.ts'
import type { AudioSample } from '../sample.ts'

/** The floor is this quantile of the levels within so many seconds to either side. */
const floorQuantile = 0.1
const floorSeconds = 5
/** A frame so many decibels above the floor has probability ½; twice as many, 1. */
const halfwayDb = 8
/** Below this level (dB of full scale) nothing is heard, however quiet the rest. */
const silenceDb = -65
const lowestDb = -100

/**
 * Speech, or whatever is louder than its surroundings: the level of frames of 10 ms against a noise floor that follows the sound
 * (a low quantile around each second, after Martin's minimum statistics, 2001), with hysteresis. A sound that stays equally loud for ten seconds is noise to it,
 * and noise that sets in at once is heard until the floor has risen, five seconds later.
 */
export function energyStretches({ samples, sampleRate }: AudioSample, threshold: number): SpeechStretch[] {
  const { levels, seconds } = levelsOf(samples, sampleRate)
  const floors = floorsOf(levels)
  const probabilities = levels.map((level, frame) => (level < silenceDb ? 0 : Math.max(0, Math.min(1, (level - floors[frame]!) / (2 * halfwayDb)))))
  return speechStretches(probabilities, seconds, samples.length / sampleRate, {
    threshold, negativeThreshold: Math.max(0.01, threshold * 0.6), minSpeechMs: 100, minSilenceMs: 150, speechPadMs: 0,
  })
}

/** The quantile of the levels around each frame, a second at a time, from a histogram of whole decibels that slides along. */
function floorsOf(levels: Float32Array): Float32Array {
  const block = Math.round(1 / frameSeconds)
  const blocks = Math.ceil(levels.length / block)
  const counts = new Uint32Array(1 - lowestDb)
  let total = 0
  const count = (index: number, by: number) => {
    for (let n = index * block; n < Math.min(levels.length, (index + 1) * block); n++) {
      counts[Math.round(levels[n]!) - lowestDb]! += by
      total += by
    }
  }
  for (let index = 0; index < Math.min(floorSeconds, blocks); index++) count(index, 1)
  const floors = new Float32Array(levels.length)
  for (let index = 0; index < blocks; index++) {
    if (index + floorSeconds < blocks) count(index + floorSeconds, 1)
    if (index - floorSeconds > 0) count(index - floorSeconds - 1, -1)
    floors.fill(Math.max(quantile(counts, total), silenceDb - halfwayDb), index * block, (index + 1) * block)
  }
  return floors
}

function quantile(counts: Uint32Array, total: number): number {
  let below = 0, decibel = 0
  while (decibel < counts.length - 1 && below + counts[decibel]! <= floorQuantile * total) below += counts[decibel++]!
  return decibel + lowestDb
}
