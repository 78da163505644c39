import { createStore } from 'zustand/vanilla'
import { windowLengths, windowShapes } from '#shared/audio/spectrogram.ts'
import type { SpectrogramSettings } from './spectrogramImages.ts'

/** How a person likes to see and hear sounds, on this machine. */
export interface SoundPreferences extends SpectrogramSettings {
  readonly spectrogram: boolean
  readonly channels: 'separate' | 'mixed'
  /** How many times taller than full scale the waveform is drawn. */
  readonly gain: number
  readonly speed: number
  /** Seconds to go back on a pause. */
  readonly rewind: number
  readonly snap: boolean
  readonly follow: boolean
  /** Whether going to another segment plays it. */
  readonly playOnArrival: boolean
}

const initial: SoundPreferences = {
  spectrogram: true, window: 1024, shape: 'hann', axis: 'mel', low: -90, high: -20, channels: 'separate', gain: 1, speed: 1, rewind: 1, snap: true, follow: true, playOnArrival: true,
}
const key = 'audio.preferences'

function stored(): SoundPreferences {
  try {
    const known = { ...initial, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<SoundPreferences>) }
    return windowLengths.includes(known.window) && windowShapes.includes(known.shape) && known.low < known.high ? known : initial
  } catch {
    return initial
  }
}

export const soundPreferences = createStore<SoundPreferences>(stored)
soundPreferences.subscribe((state) => {
  try {
    localStorage.setItem(key, JSON.stringify(state))
  } catch {
    // A full or forbidden storage costs the memory of a choice, nothing else.
  }
})
