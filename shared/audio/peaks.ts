/** Frames of the finest bucket of a pyramid. */
export const bucketFrames = 256
/** Each level's buckets are so many times longer than those of the level below. */
export const levelFactor = 4
/** 256, 1,024 … 262,144 frames a bucket. */
export const levelCount = 6
/** Buckets that travel together. */
export const tileBuckets = 2048
/** Minimum, maximum and root mean square of a bucket, each as 16 bits of full scale. */
export const valuesPerBucket = 3

export const framesPerBucket = (level: number): number => bucketFrames * levelFactor ** level
export const bucketCount = (frames: number, level: number): number => Math.ceil(frames / framesPerBucket(level))

/** What a waveform is drawn from: level 0 is the finest. Values lie bucket by bucket, in it channel by channel. */
export interface Pyramid {
  readonly channels: number
  readonly frames: number
  readonly levels: readonly Int16Array[]
}

/** A sample of -1 to 1 as 16 bits; beyond full scale it stays at full scale. */
export const toInt16 = (sample: number): number => Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_767))) + 0

/** Gathers minima, maxima and RMS of samples that come in chunks of any length. */
export class PeakBuilder {
  readonly channels: number
  frames = 0
  #values = new Int16Array(1 << 16)
  #length = 0
  #filled = 0
  readonly #min: Float64Array
  readonly #max: Float64Array
  readonly #squares: Float64Array

  constructor(channels: number) {
    this.channels = channels
    this.#min = new Float64Array(channels).fill(Infinity)
    this.#max = new Float64Array(channels).fill(-Infinity)
    this.#squares = new Float64Array(channels)
  }

  /** One chunk: an array a channel, all of one length. A channel that is missing is taken for the first. */
  add(channelData: readonly Float32Array[]): void {
    const [first] = channelData
    if (first === undefined) return
    for (let at = 0; at < first.length;) {
      const end = Math.min(first.length, at + bucketFrames - this.#filled)
      for (let channel = 0; channel < this.channels; channel++) this.#gather(channelData[channel] ?? first, channel, at, end)
      this.#filled += end - at
      at = end
      if (this.#filled === bucketFrames) this.#close()
    }
    this.frames += first.length
  }

  finish(): Pyramid {
    if (this.#filled > 0) this.#close()
    const levels: Int16Array[] = [this.#values.slice(0, this.#length)]
    while (levels.length < levelCount) levels.push(coarser(levels.at(-1)!, this.channels))
    return { channels: this.channels, frames: this.frames, levels }
  }

  #gather(samples: Float32Array, channel: number, from: number, to: number): void {
    let min = this.#min[channel]!
    let max = this.#max[channel]!
    let squares = this.#squares[channel]!
    for (let at = from; at < to; at++) {
      const sample = samples[at]!
      if (sample < min) min = sample
      if (sample > max) max = sample
      squares += sample * sample
    }
    this.#min[channel] = min
    this.#max[channel] = max
    this.#squares[channel] = squares
  }

  #close(): void {
    if (this.#length + this.channels * valuesPerBucket > this.#values.length) {
      const larger = new Int16Array(this.#values.length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    for (let channel = 0; channel < this.channels; channel++) {
      // A sample that is no number is no sound.
      this.#values[this.#length++] = toInt16(finite(this.#min[channel]!))
      this.#values[this.#length++] = toInt16(finite(this.#max[channel]!))
      this.#values[this.#length++] = toInt16(finite(Math.sqrt(this.#squares[channel]! / this.#filled)))
    }
    this.#min.fill(Infinity)
    this.#max.fill(-Infinity)
    this.#squares.fill(0)
    this.#filled = 0
  }
}

const finite = (value: number) => (Number.isFinite(value) ? value : 0)

/** The level above: the least minimum, the greatest maximum, the RMS of `levelFactor` buckets as if they were equally long. */
function coarser(fine: Int16Array, channels: number): Int16Array {
  const stride = channels * valuesPerBucket
  const count = fine.length / stride
  const coarse = new Int16Array(Math.ceil(count / levelFactor) * stride)
  for (let bucket = 0; bucket * stride < coarse.length; bucket++) {
    const from = bucket * levelFactor
    const to = Math.min(count, from + levelFactor)
    for (let channel = 0; channel < channels; channel++) {
      let min = Infinity
      let max = -Infinity
      let squares = 0
      for (let at = from; at < to; at++) {
        const value = at * stride + channel * valuesPerBucket
        min = Math.min(min, fine[value]!)
        max = Math.max(max, fine[value + 1]!)
        squares += fine[value + 2]! ** 2
      }
      coarse.set([min, max, Math.round(Math.sqrt(squares / (to - from)))], bucket * stride + channel * valuesPerBucket)
    }
  }
  return coarse
}
