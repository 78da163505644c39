import { expect, test } from 'vitest'
import { createPlayer, type Media } from './player.ts'

/** A media element whose time a test moves. */
function rig() {
  const heard = new Map<string, Set<() => void>>()
  const frames: (() => void)[] = []
  const media = {
    currentTime: 0, playbackRate: 1, preservesPitch: false, paused: true,
    play() { media.paused = false; return Promise.resolve() },
    pause() { media.paused = true },
    addEventListener: (type: string, listener: () => void) => { heard.set(type, (heard.get(type) ?? new Set()).add(listener)) },
    removeEventListener: () => undefined,
  }
  const player = createPlayer({ media: media as unknown as Media, rate: 1000, frames: 10_000, nextFrame: (run) => frames.push(run) })
  return { media, player, tick: (seconds: number) => { media.currentTime = seconds; for (const run of frames.splice(0)) run() } }
}

test('a stretch ends where it ends; looped, it begins again', () => {
  const { media, player, tick } = rig()
  player.play({ start: 2000, end: 3000 })
  expect(player.frame()).toBe(2000)
  tick(3.001)
  expect([media.paused, player.frame(), player.state.getState().playing]).toEqual([true, 3000, false])
  player.set({ loop: true })
  player.play({ start: 2000, end: 3000 })
  tick(3.001)
  expect([media.paused, player.frame()]).toEqual([false, 2000])
})

test('a pause by hand goes back, not before the stretch, and pitch is kept at every speed', () => {
  const { media, player, tick } = rig()
  player.set({ speed: 4, rewind: 1.5 })
  player.play()
  tick(5)
  expect([media.playbackRate, media.preservesPitch]).toEqual([4, true])
  player.toggle()
  expect(player.frame()).toBe(3500)
  player.play({ start: 3000, end: 9000 })
  tick(3.2)
  player.toggle()
  expect(player.frame()).toBe(3000)
})

test('every frame can be sought and is the frame that was sought', () => {
  const { player } = rig()
  for (let frame = 0; frame <= 10_000; frame += 7) {
    player.seek(frame)
    expect(player.frame()).toBe(frame)
  }
})
