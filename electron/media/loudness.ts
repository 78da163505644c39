/** Below this peak (-60 dB of full scale) a recording counts as silent. */
export const silentPeak = 10 ** (-60 / 20)
/** Full scale: the largest value of 16 bits, -32,767 and beyond. */
const fullScale = 1 - 1.01 / 32_768
/** So many samples in a row at full scale are one clipped run … */
const runLength = 3
/** … and so many runs make a recording clipped. One loud peak alone is not clipping. */
const clippedRuns = 3

/** Peak and clipped runs of samples that come in chunks, -1 to 1 a channel. */
export class LoudnessMeter {
  peak = 0
  runs = 0
  frames = 0
  channels = 0
  readonly #current: number[] = []

  add(channelData: readonly Float32Array[]): void {
    this.frames += channelData[0]?.length ?? 0
    this.channels = Math.max(this.channels, channelData.length)
    channelData.forEach((samples, channel) => this.#addChannel(samples, channel))
  }

  get silent(): boolean {
    return this.peak < silentPeak
  }

  get clipped(): boolean {
    return this.runs >= clippedRuns
  }

  #addChannel(samples: Float32Array, channel: number): void {
    // A run may go on across chunks.
    let run = this.#current[channel] ?? 0
    let { peak, runs } = this
    for (const sample of samples) {
      const size = Math.abs(sample)
      if (size > peak) peak = size
      if (size >= fullScale) {
        run++
        if (run === runLength) runs++
      } else run = 0
    }
    this.#current[channel] = run
    this.peak = peak
    this.runs = runs
  }
}
