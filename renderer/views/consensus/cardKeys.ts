import type { KeyboardEvent } from 'react'
import { keyOf } from '#renderer/frame/keys.ts'

/**
 * The keys of a card that is filled in: Escape leaves it, Mod+Enter keeps it. The window does not hand these on while a person types. A key that something
 * in the card used already (an open list, say) stays its own.
 */
export function cardKeys(onCancel: () => void, onSave?: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return
    const key = keyOf(event)
    const run = key === 'Escape' ? onCancel : key === 'Mod+Enter' ? onSave : undefined
    if (run === undefined) return
    event.preventDefault()
    run()
  }
}
