import { useEffect, useRef } from 'react'
import { messageOf } from '#shared/contract/errors.ts'
import { commandFor } from '#renderer/frame/commands.ts'
import type { Session } from '#renderer/frame/session.ts'
import { choosePedal, hid, knownPedals } from './pedal.ts'
import { words } from './words.ts'

export interface Pedals {
  /** Asks the person for a pedal. */
  connect(): void
}

/** The command that a pedal holds down: it begins when the pedal goes down and ends when it comes up. */
export const holdCommand = 'audio.hold'

/** Pedals press keys of the command table (Pedal1, Pedal2 …) also while a person types. */
export function usePedals(session: Session): Pedals {
  const released = useRef<(() => void) | null>(null)
  const heard = useRef((key: string, down: boolean) => {
    const remapped = session.store.getState().app?.settings.hotkeys ?? {}
    const command = commandFor(key, session.commands.list(), remapped, false)
    if (command === null) return
    if (down) command.run()
    else if (command.id === holdCommand) released.current?.()
    if (down && command.id === holdCommand) released.current = () => command.run()
  })
  useEffect(() => {
    knownPedals((key, down) => heard.current(key, down)).catch(() => undefined)
  }, [])
  return {
    connect() {
      if (hid() === null) session.toast({ tone: 'attention', text: words.pedal.none })
      else choosePedal((key, down) => heard.current(key, down)).then(
        (name) => session.toast(name === null ? { tone: 'neutral', text: words.pedal.cancelled } : { tone: 'ok', text: words.pedal.connected(name) }),
        (error: unknown) => session.toast({ tone: 'problem', text: words.pedal.failed(messageOf(error)) }),
      )
    },
  }
}
