import { useId, useState, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { TextField } from '#renderer/ui/Field.tsx'
import { Kbd, keyText } from '#renderer/ui/Kbd.tsx'
import { conflicts, keysOf, type Command, type Remapped } from './commands.ts'
import { useSession, useSessionState } from './context.tsx'
import { keyOf } from './keys.ts'
import { words } from './words.ts'

const none = {}

/** Every command's key, to be changed by pressing another; a key with two commands is named. */
export function KeysDialog() {
  const session = useSession()
  const commands = useStore(session.commands.store, (state) => state.commands)
  const remapped: Remapped = useSessionState((state) => state.app?.settings.hotkeys ?? none)
  const [find, setFind] = useState('')
  const taken = conflicts(commands, remapped)
  const nameOf = new Map(commands.map(({ id, name }) => [id, name]))
  const shown = commands.filter(({ name }) => name.toLocaleLowerCase().includes(find.toLocaleLowerCase()))
  const put = (id: string, key: string | null) => {
    const { [id]: _, ...others } = remapped
    void session.setSettings({ hotkeys: key === null ? others : { ...others, [id]: key } })
  }
  const complaint = (command: Command) => {
    const key = keysOf(command, remapped).find((key) => taken.has(key))
    if (key === undefined) return null
    const others = taken.get(key)!.filter((id) => id !== command.id).map((id) => nameOf.get(id) ?? id)
    return words.keys.conflict(keyText(key), others.join(', '))
  }
  return (
    <Dialog title={words.keys.title} description={words.keys.explain} closeLabel={words.close} width={600} onClose={() => session.show(null)}>
      <TextField label={words.keys.find} hideLabel placeholder={words.keys.find} value={find} onChange={setFind} />
      <ul>
        {shown.map((command) => (
          <KeyRow key={command.id} name={command.name} keys={keysOf(command, remapped)} complaint={complaint(command)} changed={Object.hasOwn(remapped, command.id)} onKey={(key) => put(command.id, key)} />
        ))}
      </ul>
    </Dialog>
  )
}

interface RowProps {
  readonly name: string
  readonly keys: readonly string[]
  readonly complaint: string | null
  readonly changed: boolean
  readonly onKey: (key: string | null) => void
}

function KeyRow({ name, keys, complaint, changed, onKey }: RowProps) {
  const [listening, setListening] = useState(false)
  const id = useId()
  const pressed = (event: KeyboardEvent) => {
    if (!listening || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    const key = keyOf(event.nativeEvent)
    if (key === null) return
    setListening(false)
    if (key !== 'Escape') onKey(key === 'Backspace' ? '' : key)
  }
  return (
    <li className="keys__row">
      <span id={`${id}-name`} className="q-clip">{name}</span>
      {changed ? <Button size="small" tone="quiet" onClick={() => onKey(null)}>{words.keys.reset}</Button> : <span />}
      <Button size="small" id={`${id}-key`} aria-labelledby={`${id}-name ${id}-key`} aria-pressed={listening} onClick={() => setListening(!listening)} onKeyDown={pressed} onBlur={() => setListening(false)}>
        {listening ? words.keys.press : keys.length === 0 ? words.keys.none : keys.map((key) => <Kbd key={key} keys={key} />)}
      </Button>
      {complaint === null ? null : <span className="q-field__error" role="status">{complaint}</span>}
    </li>
  )
}
