import { expect, test } from 'vitest'
import type { ChangeId } from './id.ts'
import { stacks } from './history.ts'

const change = (name: string) => `change:${name}` as ChangeId
const does = (name: string) => ({ id: change(name), intent: 'do', target: null }) as const
const undoes = (name: string) => ({ id: change(`undo-${name}`), intent: 'undo', target: change(name) }) as const
const redoes = (name: string) => ({ id: change(`redo-${name}`), intent: 'redo', target: change(name) }) as const

test('undo and redo walk back and forth', () => {
  const steps = [does('a'), does('b'), does('c'), undoes('c'), undoes('b')]
  expect(stacks(steps)).toEqual({ undo: [change('a')], redo: [change('c'), change('b')] })
  expect(stacks([...steps, redoes('b')])).toEqual({ undo: [change('a'), change('b')], redo: [change('c')] })
})

test('a new change clears what could be brought again', () => {
  expect(stacks([does('a'), undoes('a'), does('b')])).toEqual({ undo: [change('b')], redo: [] })
})

test('an undo of something unknown changes nothing', () => {
  expect(stacks([does('a'), undoes('x')])).toEqual({ undo: [change('a')], redo: [] })
})
