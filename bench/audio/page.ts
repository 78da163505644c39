import WaveSurfer from 'wavesurfer.js'
import Regions from 'wavesurfer.js/plugins/regions'
import type { Layer } from '#shared/model/author.ts'
import type { TierId } from '#shared/model/id.ts'
import { segment, tier } from '#renderer/audio/fixture.ts'
import { tierRows } from '#renderer/audio/layout.ts'
import { createPlayer } from '#renderer/audio/player.ts'
import { soundPreferences } from '#renderer/audio/preferences.ts'
import { indexOf } from '#renderer/audio/segments.ts'
import { hostSource, type SoundFacts } from '#renderer/audio/source.ts'
import { createStage, type Stage } from '#renderer/audio/stage.ts'

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
const me = 'ada' as Layer
let stage: Stage | null = null
let peer: WaveSurfer | null = null
let media: HTMLAudioElement | null = null

/** Five thousand segments in eight tiers, evenly over the sound. */
function segments(count: number, tiers: number, { frames, rate }: SoundFacts) {
  const names = Array.from({ length: tiers }, (_, index) => tier(`t${index}`, { order: index }))
  const length = Math.floor((frames * tiers) / count)
  const all = Array.from({ length: count }, (_, index) => {
    const start = Math.floor(index / tiers) * length
    return segment(String(index), start, start + Math.floor(length * 0.9), { tier: `tier:t${index % tiers}` as TierId, rate, text: `what was said in segment ${index}` })
  })
  return { tiers: names, all }
}


function make(style: string, name = 'div'): HTMLElement {
  const made = document.createElement(name)
  made.style.cssText = style
  document.body.append(made)
  return made
}

const audioBench = {
  /** Milliseconds until the first waveform is painted, its peaks being there; with all segments. */
  async openOurs(facts: SoundFacts, count: number): Promise<number> {
    const canvas = make('position:absolute;top:40px;left:0;width:1200px;height:700px', 'canvas') as HTMLCanvasElement
    const minimap = make('position:absolute;top:0;left:0;width:1200px;height:32px', 'canvas') as HTMLCanvasElement
    const { tiers, all } = segments(count, 8, facts)
    const start = performance.now()
    let came: (() => void) | null = null
    const first = new Promise<void>((resolve) => { came = resolve })
    const source = hostSource(facts, (what, variant, tile) => `/${what}/${variant}/${tile}`)
    const watched = { ...source, tile: async (...of: Parameters<typeof source.tile>) => { const buffer = await source.tile(...of); if (of[0] === 'peaks') came?.(); return buffer } }
    const index = indexOf(all, facts.rate)
    stage = createStage({ canvas, minimap, playhead: make('position:absolute'), miniPlayhead: make('position:absolute') }, watched, {
      tiers, rows: tierRows(tiers, () => [me], me), index, labels: new Map(), me, selection: [], activeTier: tiers[0]!.id, tool: 'segment', range: null, preferences: soundPreferences.getState(), editable: () => true, create: () => all[0]!,
    }, { onCommit: () => undefined, onSelect: () => undefined, onSeek: () => undefined, onRange: () => undefined, onTier: () => undefined, onHint: () => undefined, onView: () => undefined })
    await first
    await nextFrame()
    await nextFrame()
    return performance.now() - start
  },
  async openPeer(duration: number, count: number, facts: SoundFacts): Promise<number> {
    const container = make('width:1200px;height:700px;overflow:hidden')
    const { all } = segments(count, 8, facts)
    const start = performance.now()
    const values = new Float32Array(await (await fetch('/plain-peaks')).arrayBuffer())
    const half = values.length / 2
    const regions = Regions.create()
    media = new Audio('/sound.wav')
    peer = WaveSurfer.create({ container, height: 200, media, peaks: [values.subarray(0, half), values.subarray(half)], duration, minPxPerSec: 2, plugins: [regions] })
    await new Promise<void>((resolve) => peer!.once('redrawcomplete', () => resolve()))
    await nextFrame()
    const opened = performance.now() - start
    for (const { geometry, text } of all) if (geometry.kind === 'segment') regions.addRegion({ start: geometry.start / geometry.rate, end: geometry.end / geometry.rate, content: text ?? '' })
    return opened
  },
  /** Seconds that the peer takes to decode the file and to show it; null when it gives up. */
  async decodePeer(patienceMs: number): Promise<number | null> {
    const container = make('width:1200px;height:200px')
    const start = performance.now()
    const made = WaveSurfer.create({ container, url: '/sound.wav' })
    const done = await new Promise<boolean>((resolve) => {
      made.once('ready', () => resolve(true))
      made.once('error', () => resolve(false))
      setTimeout(() => resolve(false), patienceMs)
    })
    return done ? (performance.now() - start) / 1000 : null
  },
  /** Milliseconds of each frame while the sound is scrolled through ten minutes at a time. */
  async scroll(contender: 'ours' | 'peer', frames: number, facts: SoundFacts): Promise<number[]> {
    const perPixel = facts.rate / 2
    stage?.show(0, perPixel * 1000)
    await new Promise((resolve) => setTimeout(resolve, 500))
    const times: number[] = []
    let last = await nextFrame()
    for (let n = 0; n < frames; n++) {
      const pixels = 200 + n * 17
      if (contender === 'ours') stage!.scrollTo(pixels * perPixel)
      else peer!.setScroll(pixels)
      const now = await nextFrame()
      times.push(now - last)
      last = now
    }
    return times
  },
  /** Milliseconds from asking for a moment to hearing it. */
  async seek(contender: 'ours' | 'peer', seconds: number, facts: SoundFacts): Promise<number> {
    if (contender === 'ours') {
      media ??= new Audio('/sound.wav')
      if (media.readyState < 2) await new Promise((resolve) => media!.addEventListener('canplay', resolve, { once: true }))
    }
    const heard = () => new Promise<void>((resolve) => {
      const check = () => { if (!media!.seeking && media!.currentTime > seconds + 0.001) resolve(); else setTimeout(check, 1) }
      check()
    })
    media!.pause()
    const start = performance.now()
    if (contender === 'ours') {
      const player = createPlayer({ media: media!, rate: facts.rate, frames: facts.frames })
      player.play({ start: Math.round(seconds * facts.rate), end: facts.frames })
    } else {
      peer!.setTime(seconds)
      void peer!.play()
    }
    await heard()
    const took = performance.now() - start
    media!.pause()
    return took
  },
}
declare global {
  interface Window { audioBench: typeof audioBench }
}
window.audioBench = audioBench
