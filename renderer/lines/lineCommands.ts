import type { Command } from '#renderer/frame/commands.ts'
import type { LineActions } from './useLineActions.ts'
import { words } from './words.ts'

/** Everything that the keyboard does to lines; the palette, the cheat sheet and remapping read it too. */
export function lineCommands(actions: LineActions, keys: readonly string[], editable: boolean): Command[] {
  const group = words.group
  const { commands: names } = words
  const always = (id: string, name: string, key: string | readonly string[], run: () => void): Command => ({ id: `lines.${id}`, name, group, keys: typeof key === 'string' ? [key] : key, run })
  const edit = (...parts: Parameters<typeof always>): Command => ({ ...always(...parts), when: () => editable })
  return [
    always('next', names.next, 'Enter', () => actions.step(1)),
    always('previous', names.previous, 'Shift+Enter', () => actions.step(-1)),
    always('first-empty', names.firstEmpty, 'Alt+Home', actions.firstEmpty),
    edit('insert', names.insert, 'Alt+I', actions.insert),
    edit('merge', names.merge, 'Alt+J', actions.merge),
    edit('split', names.split, 'Alt+S', actions.split),
    edit('words', names.wordsOf, 'Alt+W', actions.words),
    edit('unclear', names.unclear, 'Alt+U', () => actions.mark('unclear')),
    edit('illegible', names.illegible, 'Alt+X', () => actions.mark('illegible')),
    edit('line-illegible', names.lineIllegible, 'Alt+Shift+X', actions.illegible),
    edit('direction', names.direction, 'Alt+T', actions.direction),
    edit('up', names.up, 'Alt+ArrowUp', () => actions.move(-1)),
    edit('down', names.down, 'Alt+ArrowDown', () => actions.move(1)),
    edit('guess', names.guess, 'Alt+Shift+G', actions.guess),
    edit('remove', names.remove, 'Alt+Delete', actions.remove),
    always('leave', names.leave, 'L', actions.leave),
    ...keys.slice(0, 9).map((key, index) => ({ ...edit(`key-${index + 1}`, names.key(index + 1), `Alt+Shift+${index + 1}`, () => actions.insertText(key)), unlisted: true })),
  ]
}
