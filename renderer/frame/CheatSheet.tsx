import { useStore } from 'zustand'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Kbd } from '#renderer/ui/Kbd.tsx'
import { keysOf } from './commands.ts'
import { useSession, useSessionState } from './context.tsx'
import { words } from './words.ts'

const none = {}

/** The keys of every command that exists now, the view's first. */
export function CheatSheet() {
  const session = useSession()
  const commands = useStore(session.commands.store, (state) => state.commands)
  const remapped = useSessionState((state) => state.app?.settings.hotkeys ?? none)
  const keyed = commands.filter((command) => keysOf(command, remapped).length > 0)
  const groups = [...new Set(keyed.map(({ group }) => group))].reverse()
  return (
    <Dialog title={words.sheet.title} description={words.sheet.explain} closeLabel={words.close} width={720} readable onClose={() => session.show(null)}
      footer={<Button onClick={() => session.show({ kind: 'keys' })}>{words.sheet.change}</Button>}>
      <div className="sheet">
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <ul>
              {keyed.filter((command) => command.group === group).map((command) => (
                <li key={command.id}><span>{command.name}</span><span>{keysOf(command, remapped).map((key) => <Kbd key={key} keys={key} />)}</span></li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
