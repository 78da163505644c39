import { parseFile } from 'music-metadata'
import type { MediaFormat } from './formats.ts'
import { mediaFormats } from './formats.ts'
import type { Noticed, Refusal } from './image.ts'
import { decodeSamples } from './decodeSamples.ts'
import { LoudnessMeter } from './loudness.ts'

export type AudioFacts = { ok: true; kind: 'audio'; duration: number; sampleRate: number; channels: number; noticed: Noticed[] }

type Header = { duration: number | null; sampleRate: number | null; channels: number | null; video: boolean }

/**
 * What a recording is, and what is wrong with it. The header is asked first; then all of it is decoded in chunks, and
 * what the decoder counts outranks what the header claims. M4A (AAC) has no decoder of a free licence here: its header
 * is all we know, and it is `not-measured`.
 */
export async function probeAudio(path: string, format: MediaFormat): Promise<AudioFacts | Refusal> {
  const header = await readHeader(path)
  if (header?.video) return { ok: false, code: 'unsupported', message: 'Is a video. Save its sound as M4A, WAV or FLAC and import that.' }
  if (format === 'm4a') return fromHeader(header, format, 'AAC in M4A cannot be decoded here, so whether it is silent or clipped is not known. It plays in the window.')
  const meter = new LoudnessMeter()
  try {
    const { sampleRate, complete } = await decodeSamples(path, format, (channels) => meter.add(channels))
    if (meter.frames === 0 || sampleRate < 1) return { ok: false, code: 'empty', message: `Is a ${mediaFormats[format].name} file without a single sample. Record or export it again.` }
    const noticed = [...noticedIn(meter), ...(complete ? [] : [cutShort])]
    // The MP3 decoder gives both channels of a mono file.
    const channels = (format === 'mp3' ? header?.channels : null) ?? meter.channels
    return { ok: true, kind: 'audio', duration: meter.frames / sampleRate, sampleRate, channels, noticed }
  } catch (error) {
    return meter.frames > 0 ? fromHeader(header, format, `Only the first part could be decoded (${reasonOf(error)}), so loudness was not measured.`) : unreadable(format, error)
  }
}

const cutShort: Noticed = {
  code: 'truncated', message: 'The file ends before the length its header gives. It is imported with the sound it has; get the whole file if you can.',
}

function noticedIn(meter: LoudnessMeter): Noticed[] {
  const noticed: Noticed[] = []
  if (meter.silent) noticed.push({ code: 'silent', message: 'Is silent: its loudest sample is below -60 dB of full scale. Check the microphone or leave it out.' })
  if (meter.clipped) noticed.push({ code: 'clipped', message: `Is clipped: ${meter.runs.toLocaleString('en')} times it stays at full scale for three samples or more. Record it again with less gain if you can.` })
  return noticed
}

function fromHeader(header: Header | null, format: MediaFormat, message: string): AudioFacts | Refusal {
  if (header?.sampleRate == null || header.channels == null || header.sampleRate < 1 || header.channels < 1) return unreadable(format, new Error('its header gives no sample rate'))
  if (!header.duration || !Number.isFinite(header.duration)) return { ok: false, code: 'empty', message: `Is a ${mediaFormats[format].name} file without sound. Record or export it again.` }
  return { ok: true, kind: 'audio', duration: header.duration, sampleRate: header.sampleRate, channels: header.channels, noticed: [{ code: 'not-measured', message }] }
}

async function readHeader(path: string): Promise<Header | null> {
  try {
    const { format } = await parseFile(path, { skipCovers: true, duration: false })
    return {
      duration: format.duration ?? null, sampleRate: format.sampleRate ?? null, channels: format.numberOfChannels ?? null, video: format.hasVideo ?? false,
    }
  } catch {
    return null
  }
}

function unreadable(format: MediaFormat, error: unknown): Refusal {
  return { ok: false, code: 'unreadable', message: `Begins like a ${mediaFormats[format].name} recording but cannot be decoded (${reasonOf(error)}). Get the file again, or open and save it in another program.` }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message.split('\n')[0]! : String(error))
