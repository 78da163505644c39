import { framesPerBucket, levelCount, tileBuckets, valuesPerBucket } from '#shared/audio/peaks.ts'
import { sampleTileFrames, type SoundFacts } from './source.ts'
import type { Tiles } from './tiles.ts'
import type { TimeView } from './timeView.ts'

/** One column a pixel: least and greatest value and RMS of its frames, 16 bits; `known` 0 where nothing has come yet. */
export interface Envelope { readonly min: Float32Array; readonly max: Float32Array; readonly rms: Float32Array; readonly known: Uint8Array }

const emptyEnvelope = (width: number): Envelope => ({ min: new Float32Array(width), max: new Float32Array(width), rms: new Float32Array(width), known: new Uint8Array(width) })

/** The coarsest level whose buckets are no longer than a pixel; -1: samples. */
export function levelFor(perPixel: number): number {
  let level = -1
  while (level + 1 < levelCount && framesPerBucket(level + 1) <= perPixel) level++
  return level
}

/** The columns of a view for one channel, or for all of them together (`channel` null). Coarser levels stand in for tiles that have not come. */
export function envelope(tiles: Tiles, facts: SoundFacts, view: TimeView, channel: number | null): Envelope {
  const width = Math.ceil(view.width)
  const columns = emptyEnvelope(width)
  const level = levelFor(view.perPixel)
  if (level < 0) fillFromSamples(tiles, facts, view, channel, columns)
  else fillFromLevel(tiles, facts, view, channel, columns, level, true)
  for (let coarser = Math.max(0, level + (level < 0 ? 1 : 1)); coarser < levelCount && columns.known.includes(0); coarser++) fillFromLevel(tiles, facts, view, channel, columns, coarser, coarser === levelCount - 1)
  return columns
}

function fillFromLevel(tiles: Tiles, { channels, frames }: SoundFacts, view: TimeView, channel: number | null, into: Envelope, level: number, ask: boolean): void {
  const size = framesPerBucket(level)
  const last = Math.ceil(frames / size)
  const [firstChannel, endChannel] = channel === null ? [0, channels] : [channel, channel + 1]
  let tileAt = -1
  let values: Int16Array | null = null
  for (let x = 0; x < into.known.length; x++) {
    if (into.known[x]) continue
    const from = Math.floor((view.start + x * view.perPixel) / size)
    const to = Math.min(last, Math.max(from + 1, Math.ceil((view.start + (x + 1) * view.perPixel) / size)))
    let min = Infinity
    let max = -Infinity
    let rms = 0
    for (let bucket = from; bucket < to; bucket++) {
      const tile = Math.floor(bucket / tileBuckets)
      if (tile !== tileAt) {
        tileAt = tile
        const buffer = ask ? tiles.get('peaks', String(level), tile) : tiles.peek('peaks', String(level), tile)
        values = buffer && new Int16Array(buffer)
      }
      if (!values) break
      for (let each = firstChannel; each < endChannel; each++) {
        const place = ((bucket - tile * tileBuckets) * channels + each) * valuesPerBucket
        if (values[place]! < min) min = values[place]!
        if (values[place + 1]! > max) max = values[place + 1]!
        if (values[place + 2]! > rms) rms = values[place + 2]!
      }
    }
    put(into, x, min, max, rms)
  }
}

function fillFromSamples(tiles: Tiles, { channels, frames }: SoundFacts, view: TimeView, channel: number | null, into: Envelope): void {
  const [firstChannel, endChannel] = channel === null ? [0, channels] : [channel, channel + 1]
  let tileAt = -1
  let values: Int16Array | null = null
  for (let x = 0; x < into.known.length; x++) {
    const from = Math.floor(view.start + x * view.perPixel)
    const to = Math.min(frames, Math.max(from + 1, Math.ceil(view.start + (x + 1) * view.perPixel)))
    let min = Infinity
    let max = -Infinity
    let squares = 0
    for (let frame = from; frame < to; frame++) {
      const tile = Math.floor(frame / sampleTileFrames)
      if (tile !== tileAt) {
        tileAt = tile
        const buffer = tiles.get('samples', '0', tile)
        values = buffer && new Int16Array(buffer)
      }
      if (!values) break
      for (let each = firstChannel; each < endChannel; each++) {
        const value = values[(frame - tile * sampleTileFrames) * channels + each]!
        if (value < min) min = value
        if (value > max) max = value
        squares += value * value
      }
    }
    put(into, x, min, max, Math.sqrt(squares / Math.max(1, (to - from) * (endChannel - firstChannel))))
  }
}

function put(into: Envelope, x: number, min: number, max: number, rms: number): void {
  if (min > max) return
  into.min[x] = min
  into.max[x] = max
  into.rms[x] = rms
  into.known[x] = 1
}

/** RMS of the buckets of a level in [from, to) frames, as far as they are in memory, with the frame of the first; for finding silences. */
export function loudness(tiles: Tiles, { channels, frames }: SoundFacts, level: number, from: number, to: number): { rms: Float32Array; from: number } {
  const size = framesPerBucket(level)
  const first = Math.max(0, Math.floor(from / size))
  const end = Math.min(Math.ceil(frames / size), Math.ceil(to / size))
  const rms = new Float32Array(Math.max(0, end - first)).fill(32_767)
  let tileAt = -1
  let values: Int16Array | null = null
  for (let bucket = first; bucket < end; bucket++) {
    const tile = Math.floor(bucket / tileBuckets)
    if (tile !== tileAt) {
      tileAt = tile
      const buffer = tiles.get('peaks', String(level), tile)
      values = buffer && new Int16Array(buffer)
    }
    if (!values) continue
    let most = 0
    for (let channel = 0; channel < channels; channel++) most = Math.max(most, values[((bucket - tile * tileBuckets) * channels + channel) * valuesPerBucket + 2]!)
    rms[bucket - first] = most
  }
  return { rms, from: first * size }
}
