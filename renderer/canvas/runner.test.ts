import { expect, test } from 'vitest'
import { emptyDiff } from '#shared/model/diff.ts'
import type { RunningTool } from '#renderer/tools/running.ts'
import type { ToolEvent, ToolId, ToolView } from '#renderer/tools/tool.ts'
import { ToolRunner } from './runner.ts'

/** Counts presses; finishes on `complete` when it may. */
const counting = (finishes: boolean, id: ToolId, count = 0): RunningTool => ({
  id,
  step: (event) => {
    if (event.type === 'pointer-down') return { next: counting(finishes, id, count + 1) }
    if (event.type === 'complete' && finishes && count > 0) return { next: counting(finishes, id), commit: { name: `draw ${count}`, diff: emptyDiff() }, select: [] }
    return { next: counting(finishes, id, event.type === 'cancel' ? 0 : count) }
  },
  preview: () => [], marquee: null, hint: '', cursor: () => 'default', busy: count > 0, question: null, vertex: null,
})
const view = {} as ToolView
const press: ToolEvent = { type: 'pointer-down', point: { x: 0, y: 0 }, hits: [], modifiers: { shift: false, alt: false, mod: false } }

function runnerWith(finishes: boolean) {
  const commits: [string, number][] = []
  let now = 0
  const listener = { onCommit: (name: string, _: unknown, ms: number) => void commits.push([name, ms]), onSelect: () => {} }
  return { runner: new ToolRunner((id) => counting(finishes, id), 'polygon', listener, () => (now += 100)), commits }
}

test('a gesture is committed once, with the time since its first event', () => {
  const { runner, commits } = runnerWith(true)
  runner.send(press, view)
  runner.send(press, view)
  expect(runner.send({ type: 'complete' }, view)).toBe(true)
  expect(runner.send({ type: 'complete' }, view)).toBe(false)
  expect(commits).toEqual([['draw 2', 100]])
})

test('taking another tool up finishes what is under way', () => {
  const { runner, commits } = runnerWith(true)
  runner.send(press, view)
  runner.use('box', view)
  expect(commits.map(([name]) => name)).toEqual(['draw 1'])
  expect(runner).toMatchObject({ busy: false, tool: { id: 'box' } })
})

test('what cannot be finished is cancelled', () => {
  const { runner, commits } = runnerWith(false)
  runner.send(press, view)
  runner.settle(view)
  expect(runner.busy).toBe(false)
  expect(commits).toEqual([])
})

test('the same tool taken up again goes on undisturbed', () => {
  const { runner } = runnerWith(true)
  runner.send(press, view)
  runner.use('polygon', view)
  expect(runner.busy).toBe(true)
})
