import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Span } from './segmentEdits.ts'

export interface PlayerState {
  readonly playing: boolean
  /** What is being played, when it is a stretch. */
  readonly span: Span | null
  readonly loop: boolean
  readonly speed: number
  /** Seconds to go back when a person pauses. */
  readonly rewind: number
  readonly broken: boolean
}

export const speeds = [0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4] as const

/** The part of a media element that is needed. */
export type Media = Pick<HTMLMediaElement, 'currentTime' | 'playbackRate' | 'preservesPitch' | 'paused' | 'play' | 'pause' | 'addEventListener' | 'removeEventListener'>

/** Plays a sound by its frames. It never touches the focus, so that typing goes on. */
export interface Player {
  readonly state: StoreApi<PlayerState>
  frame(): number
  play(span?: Span | null): void
  /** Stops; `rewind` goes back by the chosen seconds. */
  pause(rewind?: boolean): void
  toggle(): void
  /** The playhead goes there; what plays goes on from there. */
  seek(frame: number): void
  skip(seconds: number): void
  set(change: Partial<Pick<PlayerState, 'loop' | 'speed' | 'rewind'>>): void
  /** Called at each frame of the screen while it plays, and once after each jump. */
  onMove(listener: (frame: number) => void): () => void
  /** The media element has another file of the same sound. */
  close(): void
}

export interface PlayerOptions {
  readonly media: Media
  readonly rate: number
  readonly frames: number
  readonly nextFrame?: (run: () => void) => void
}

export function createPlayer({ media, rate, frames, nextFrame = (run) => void requestAnimationFrame(run) }: PlayerOptions): Player {
  const state = createStore<PlayerState>(() => ({ playing: false, span: null, loop: false, speed: 1, rewind: 1, broken: false }))
  const listeners = new Set<(frame: number) => void>()
  let open = true
  let ticking = false
  const now = () => Math.max(0, Math.min(frames, Math.round(media.currentTime * rate)))
  const tell = () => listeners.forEach((listener) => listener(now()))

  /** A media element lands in the sample that a time lies in: the middle of the frame is safe from rounding. */
  function jump(frame: number): void {
    const to = Math.max(0, Math.min(frames, Math.round(frame)))
    media.currentTime = to >= frames ? frames / rate : (to + 0.25) / rate
    tell()
  }

  function watch(): void {
    if (!open || !state.getState().playing) {
      ticking = false
      return
    }
    const { span, loop } = state.getState()
    if (span && now() >= span.end) {
      if (loop) jump(span.start)
      else {
        media.pause()
        state.setState({ playing: false, span: null })
        jump(span.end)
      }
    }
    tell()
    nextFrame(watch)
  }

  function start(): void {
    state.setState({ playing: true })
    media.preservesPitch = true
    media.playbackRate = state.getState().speed
    media.play().catch(() => undefined)
    if (!ticking) {
      ticking = true
      nextFrame(watch)
    }
  }

  function stopped(): void {
    if (!media.paused) return
    state.setState({ playing: false })
    tell()
  }
  function ended(): void {
    const { loop, span } = state.getState()
    if (!loop) return stopped()
    jump(span?.start ?? 0)
    start()
  }
  const failed = () => state.setState({ broken: true, playing: false })
  const well = () => state.setState({ broken: false })
  media.addEventListener('pause', stopped)
  media.addEventListener('ended', ended)
  media.addEventListener('error', failed)
  media.addEventListener('loadedmetadata', well)

  return {
    state, frame: now,
    play(span = null) {
      state.setState({ span })
      if (span) jump(span.start)
      else if (now() >= frames) jump(0)
      start()
    },
    pause(rewind = false) {
      const playing = state.getState().playing
      media.pause()
      state.setState({ playing: false })
      const { span, rewind: seconds } = state.getState()
      if (rewind && playing) jump(Math.max(span?.start ?? 0, now() - seconds * rate))
      tell()
    },
    toggle() {
      if (state.getState().playing) this.pause(true)
      else this.play(state.getState().loop ? state.getState().span : null)
    },
    seek(frame) {
      const { span } = state.getState()
      if (span && (frame < span.start || frame >= span.end)) state.setState({ span: null })
      jump(frame)
    },
    skip(seconds) {
      this.seek(now() + seconds * rate)
    },
    set(change) {
      state.setState(change)
      if (change.speed !== undefined) media.playbackRate = change.speed
    },
    onMove(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      open = false
      media.pause()
      media.removeEventListener('pause', stopped)
      media.removeEventListener('ended', ended)
      media.removeEventListener('error', failed)
      media.removeEventListener('loadedmetadata', well)
      listeners.clear()
    },
  }
}
