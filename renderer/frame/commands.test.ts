import { expect, test, vi } from 'vitest'
import { commandFor, conflicts, createCommandTable, keysOf, type Command } from './commands.ts'

const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({ id, name: id, group: 'g', keys, run: () => {}, ...more })

test('a view’s command comes before the frame’s, and one that cannot be done stands back', () => {
  const frame = command('frame', ['N'])
  const view = command('view', ['N'])
  expect(commandFor('N', [frame, view], {}, false)).toBe(view)
  expect(commandFor('N', [frame, { ...view, when: () => false }], {}, false)).toBe(frame)
})

test('typing never triggers a single key, but a chord still works', () => {
  const table = [command('next', ['N']), command('help', ['?']), command('palette', ['Mod+K'])]
  expect(commandFor('N', table, {}, true)).toBeNull()
  expect(commandFor('?', table, {}, true)).toBeNull()
  expect(commandFor('Mod+K', table, {}, true)?.id).toBe('palette')
})

test('a remapped key replaces all of a command’s keys, an empty one takes them away', () => {
  const next = command('next', ['N', 'D'])
  expect(keysOf(next, {})).toEqual(['N', 'D'])
  expect(keysOf(next, { next: 'J' })).toEqual(['J'])
  expect(commandFor('N', [next], { next: '' }, false)).toBeNull()
})

test('a key with two holders is a conflict', () => {
  const table = [command('a', ['N']), command('b', ['B']), command('c', ['C'])]
  expect([...conflicts(table, {})]).toEqual([])
  expect([...conflicts(table, { c: 'N' })]).toEqual([['N', ['a', 'c']]])
})

test('registering is taken back whole', () => {
  const table = createCommandTable()
  const changed = vi.fn<() => void>()
  table.store.subscribe(changed)
  const away = table.register([command('a', []), command('b', [])])
  expect(table.list().map(({ id }) => id)).toEqual(['a', 'b'])
  away()
  expect(table.list()).toEqual([])
  expect(changed).toHaveBeenCalledTimes(2)
})
