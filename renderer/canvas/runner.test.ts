import { expect, test } from 'vitest'
import { emptyDiff } from '#shared/model/diff.ts'
import type { Tool, ToolEvent, ToolView } from '#renderer/tools/tool.ts'
import { takeUp, ToolRunner } from './runner.ts'

/** Counts presses; finishes on `complete` when it may. */
const counting = (finishes: boolean): Tool<number> => ({
  id: 'polygon', initial: 0,
  step: (count, event) => {
    if (event.type === 'pointer-down') return { state: count + 1 }
    if (event.type === 'complete' && finishes && count > 0) return { state: 0, commit: { name: `draw ${count}`, diff: emptyDiff() }, select: [] }
    return { state: event.type === 'cancel' ? 0 : count }
  },
  preview: () => [], marquee: () => null, hint: (count) => String(count), cursor: () => 'default', busy: (count) => count > 0,
})
const view = {} as ToolView
const press: ToolEvent = { type: 'pointer-down', point: { x: 0, y: 0 }, hits: [], modifiers: { shift: false, alt: false, mod: false } }

function runnerWith(finishes: boolean) {
  const commits: [string, number][] = []
  let now = 0
  const runner = new ToolRunner({ onCommit: (name, _, ms) => commits.push([name, ms]), onSelect: () => {} }, () => (now += 100))
  runner.use(takeUp(counting(finishes)), view)
  return { runner, commits }
}

test('a gesture is committed once, with the time since its first event', () => {
  const { runner, commits } = runnerWith(true)
  runner.send(press, view)
  runner.send(press, view)
  expect(runner.send({ type: 'complete' }, view)).toBe(true)
  expect(runner.send({ type: 'complete' }, view)).toBe(false)
  expect(commits.map(([name]) => name)).toEqual(['draw 2'])
  expect(commits[0]![1]).toBeGreaterThanOrEqual(300)
})

test('taking another tool up finishes what is under way', () => {
  const { runner, commits } = runnerWith(true)
  runner.send(press, view)
  runner.use(takeUp(counting(true)), view)
  expect(commits.map(([name]) => name)).toEqual(['draw 1'])
  expect(runner.busy).toBe(false)
})

test('what cannot be finished is cancelled', () => {
  const { runner, commits } = runnerWith(false)
  runner.send(press, view)
  runner.settle(view)
  expect(runner.busy).toBe(false)
  expect(commits).toEqual([])
})

test('the same session taken up again goes on undisturbed', () => {
  const { runner } = runnerWith(true)
  runner.send(press, view)
  runner.use(runner.session, view)
  expect(runner.busy).toBe(true)
})
