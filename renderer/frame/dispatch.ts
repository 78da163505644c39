import { commandFor, type CommandTable, type Remapped } from './commands.ts'
import { keyOf } from './keys.ts'

const textInput = 'input:not([type=checkbox], [type=radio], [type=range], [type=button], [type=submit]), textarea, select, [contenteditable=""], [contenteditable="true"]'
const floating = '[role=dialog], [role=alertdialog], [role=menu], [data-floating]'
const pressable = 'button, a[href], [role=checkbox], [role=radio], [role=tab], summary'

/** Whether keys that are also text belong to what has the focus: a field, a menu that finds by typing, a dialog. */
const typesText = (target: EventTarget | null) => target instanceof Element && (target.matches(textInput) || target.closest(floating) !== null)

/** Enter and Space press what has the focus before they are anybody's command. */
const presses = (target: EventTarget | null, key: string) => (key === 'Enter' || key === 'Space') && target instanceof Element && target.closest(pressable) !== null

/** Listens for keys on the window; components that use a key call preventDefault and come first. Returns the end of it. */
export function dispatchKeys(table: CommandTable, remapped: () => Remapped): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const key = keyOf(event)
    if (key === null || presses(event.target, key)) return
    const command = commandFor(key, table.list(), remapped(), typesText(event.target))
    if (command === null) return
    event.preventDefault()
    command.run()
  }
  addEventListener('keydown', pressed)
  return () => removeEventListener('keydown', pressed)
}
