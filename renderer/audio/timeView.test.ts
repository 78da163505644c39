import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clock, rulerMarks } from './ruler.ts'
import { silenceEdges, snapped } from './snap.ts'
import { endOf, following, frameAt, resized, showing, whole, xOf, zoomed } from './timeView.ts'
import { pedalChanges } from './pedal.ts'
import { addTier, moveTier, newTier, removeTier, renameTier } from './tierEdits.ts'
import { tier } from './fixture.ts'

const three = 3 * 3600 * 44_100

test('zooming keeps the frame under the cursor and never leaves the sound', () => {
  fc.assert(fc.property(fc.array(fc.record({ factor: fc.double({ min: 0.05, max: 20, noNaN: true }), x: fc.integer({ min: 0, max: 800 }) }), { maxLength: 30 }), (steps) => {
    let view = whole(three, 800)
    for (const { factor, x } of steps) {
      const next = zoomed(view, factor, x)
      expect(next.start).toBeGreaterThanOrEqual(0)
      expect(endOf(next)).toBeLessThanOrEqual(three + 1e-3)
      if (next.start > 0 && endOf(next) < three - 1) expect(Math.abs(next.start + x * next.perPixel - (view.start + x * view.perPixel))).toBeLessThan(1e-3)
      view = next
    }
  }))
})

test('every sample of a three-hour sound can be pointed at', () => {
  const view = showing(whole(three, 800), three - 400, three - 390)
  for (let frame = three - 400; frame < three - 390; frame++) expect(frameAt(view, xOf(view, frame))).toBe(frame)
})

test('the page turns when the playhead leaves it, and a view of all stays one of all', () => {
  const view = showing(whole(three, 800), 0, 44_100)
  expect(following(view, 100)).toBe(view)
  const turned = following(view, 441_000)
  expect(turned.start).toBeLessThan(441_000)
  expect(endOf(turned)).toBeGreaterThan(441_000)
  expect(endOf(resized(whole(three, 800), 1600))).toBeCloseTo(three, 3)
})

test('clocks are cut, not rounded up', () => {
  expect([clock(0, 0), clock(59.9996, 3), clock(61.5, 1), clock(3 * 3600 + 62.25, 2)]).toEqual(['0:00', '0:59.999', '1:01.5', '3:01:02.25'])
})

test('labels of the ruler stand apart at every zoom', () => {
  fc.assert(fc.property(fc.double({ min: 1 / 16, max: three / 800, noNaN: true }), (perPixel) => {
    const labels = rulerMarks({ start: 1000, perPixel, width: 800, frames: three }, 44_100).filter(({ label }) => label !== null)
    labels.slice(1).forEach(({ x }, index) => expect(x - labels[index]!.x).toBeGreaterThan(60))
    expect(labels.length).toBeLessThan(14)
  }))
})

test('silences begin and end where the sound does', () => {
  const rms = [9000, 9000, 10, 10, 10, 10, 9000, 8000, 5, 9000, 9000]
  expect(silenceEdges(rms, 800, 16_000, 16_000)).toEqual([16_000 + 2 * 800, 16_000 + 6 * 800])
})

test('what is nearest wins, a boundary before a silence, and nothing beyond reach', () => {
  const points = { silences: [100, 212], boundaries: [190], playhead: null }
  expect([snapped(201, points, 20), snapped(104, points, 20), snapped(150, points, 20)]).toEqual([190, 100, 150])
})

test('pedals are told by the bits that change', () => {
  expect(pedalChanges(0, 0b100, [0, 1, 2])).toMatchObject({ down: [3], up: [] })
  expect(pedalChanges(0b100, 0b001, [0, 1, 2])).toMatchObject({ down: [1], up: [3] })
})

test('tiers are named apart, moved one place and removed with their children set free', () => {
  const [a, b] = [tier('a', { order: 0 }), tier('b', { order: 1, parent: tier('a').id, constraint: 'time-subdivision' })]
  expect(newTier('a', [a, b]).name).toBe('a 2')
  expect(Object.keys(addTier(newTier('c', [])).diff.added)).toHaveLength(1)
  expect(renameTier(a, ' b ', [a, b])).toBeNull()
  expect(Object.values(moveTier(b, -1, [a, b])!.diff.updated).map(([, to]) => 'order' in to && `${to.id} ${to.order}`).sort()).toEqual(['tier:a 1', 'tier:b 0'])
  expect(moveTier(a, -1, [a, b])).toBeNull()
  expect(removeTier(a, [a, b]).diff.updated[b.id]![1]).toMatchObject({ parent: null, constraint: 'none' })
})
