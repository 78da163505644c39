import { Command as Menu, defaultFilter } from 'cmdk'
import { Dialog } from 'radix-ui'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { AssetRow } from '#shared/contract/api.ts'
import { Kbd } from '#renderer/ui/Kbd.tsx'
import { keysOf } from './commands.ts'
import { useProject, useSession, useSessionState } from './context.tsx'
import { goTo } from './route.ts'
import { words } from './words.ts'

const none = {}
const byName = (value: string, search: string, keywords?: string[]) => defaultFilter(keywords?.join(' ') ?? value, search, [])

/** Items whose name holds the text; asked for when the typing rests. */
function useItems(text: string): readonly AssetRow[] {
  const { client } = useSession()
  const open = useProject() !== null
  const [found, setFound] = useState<{ readonly text: string; readonly rows: readonly AssetRow[] }>({ text: '', rows: [] })
  useEffect(() => {
    if (!open || text.length < 2) return
    const timer = setTimeout(() => {
      // A failed search shows no items; the palette is no place for a message.
      client.call('assets.query', { filter: { text }, offset: 0, limit: 8 }).then(({ rows }) => setFound({ text, rows }), () => setFound({ text, rows: [] }))
    }, 120)
    return () => clearTimeout(timer)
  }, [client, open, text])
  return text.length < 2 || found.text !== text ? [] : found.rows
}

/** Every command that can be done now with its key, and the items by name. */
export function Palette({ canLabel }: { readonly canLabel: boolean }) {
  const session = useSession()
  const commands = useStore(session.commands.store, (state) => state.commands)
  const remapped = useSessionState((state) => state.app?.settings.hotkeys ?? none)
  const [text, setText] = useState('')
  const items = useItems(canLabel ? text.trim() : '')
  const listed = commands.filter((command) => command.unlisted !== true && (command.when?.() ?? true))
  const groups = [...new Set(listed.map(({ group }) => group))].reverse()
  const choose = (run: () => void) => { session.show(null); queueMicrotask(run) }
  return (
    <Dialog.Root open onOpenChange={(open) => { if (!open) session.show(null) }}>
      <Dialog.Portal>
        <Dialog.Overlay className="q-scrim" />
        <Dialog.Content className="q-dialog palette" aria-describedby={undefined} style={{ marginBlockStart: '12vh' }}>
          <Dialog.Title className="q-visually-hidden">{words.palette.title}</Dialog.Title>
          <Menu label={words.palette.title} loop filter={byName}>
            <Menu.Input placeholder={words.palette.placeholder} value={text} onValueChange={setText} />
            <Menu.List label={words.palette.title}>
              <Menu.Empty>{words.palette.nothing}</Menu.Empty>
              {groups.map((group) => (
                <Menu.Group key={group} heading={group}>
                  {listed.filter((command) => command.group === group).map((command) => (
                    <Menu.Item key={command.id} value={command.id} keywords={[command.name]} onSelect={() => choose(command.run)}>
                      <span className="q-clip">{command.name}</span><span className="q-row">{keysOf(command, remapped).slice(0, 1).map((key) => <Kbd key={key} keys={key} />)}</span>
                    </Menu.Item>
                  ))}
                </Menu.Group>
              ))}
              {items.length === 0 ? null : (
                <Menu.Group heading={words.palette.items} forceMount>
                  {items.map((item) => (
                    <Menu.Item key={item.id} value={item.id} forceMount onSelect={() => choose(() => goTo('label', item.id))}><span className="q-clip"><bdi>{item.name}</bdi></span></Menu.Item>
                  ))}
                </Menu.Group>
              )}
            </Menu.List>
          </Menu>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
