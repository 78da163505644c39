import { createContext, useContext, useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useStore } from 'zustand'
import type { ReactNode } from 'react'
import type { AppState, ProjectState } from '#shared/contract/api.ts'
import type { Command } from './commands.ts'
import type { Session, SessionState } from './session.ts'

export const SessionContext = createContext<Session | null>(null)
/** The status bar's element that a view may fill. */
export const StatusSlotContext = createContext<HTMLElement | null>(null)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('a view must stand inside <Frame>')
  return session
}

export function useSessionState<T>(select: (state: SessionState) => T): T {
  return useStore(useSession().store, select)
}

export const useApp = (): AppState | null => useSessionState((state) => state.app)
/** The open project, or null. */
export const useProject = (): ProjectState | null => useSessionState((state) => state.app?.open ?? null)

/**
 * Puts a view's commands into the table while the view is mounted. The list may be made anew at each render: `run` and
 * `when` are always the newest, and the table changes only when ids, names, groups or keys do.
 */
export function useCommands(commands: readonly Command[]): void {
  const { commands: table } = useSession()
  const newest = useRef(commands)
  useEffect(() => { newest.current = commands })
  const signature = JSON.stringify(commands.map(({ id, name, group, keys, unlisted }) => [id, name, group, keys, unlisted]))
  useEffect(() => {
    if (signature === '[]') return undefined
    const find = (id: string) => newest.current.find((command) => command.id === id)
    return table.register(newest.current.map((command) => ({
      ...command, when: () => find(command.id)?.when?.() ?? true, run: () => find(command.id)?.run(),
    })))
  }, [table, signature])
}

/** What a view shows in the status bar: cursor, zoom, hints. Rendered there while the view is mounted. */
export function StatusBarContent({ children }: { readonly children: ReactNode }) {
  const slot = useContext(StatusSlotContext)
  return slot === null ? null : createPortal(children, slot)
}
