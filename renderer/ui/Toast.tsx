import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { Button, IconButton } from './Button.tsx'
import { ToneSign } from './Feedback.tsx'
import './floating.css'
import type { ToastMessage } from './toastMessage.ts'

interface Props {
  readonly messages: readonly ToastMessage[]
  readonly onDismiss: (id: string) => void
  readonly dismissLabel: string
  readonly regionLabel: string
}

const shownMs = 6000

/**
 * Messages in the corner that never take the focus or block the work. Not Radix's: its toast counts as the topmost
 * layer, so that Escape would dismiss a message instead of the dialog in hand.
 */
export function Toasts({ messages, onDismiss, dismissLabel, regionLabel }: Props) {
  return createPortal(
    <section className="q-toasts" aria-label={regionLabel} aria-live="polite" aria-relevant="additions">
      {messages.map((message) => <Toast key={message.id} message={message} dismissLabel={dismissLabel} onDismiss={() => onDismiss(message.id)} />)}
    </section>,
    document.body,
  )
}

interface ToastProps { readonly message: ToastMessage; readonly dismissLabel: string; readonly onDismiss: () => void }

function Toast({ message, dismissLabel, onDismiss }: ToastProps) {
  const [held, setHeld] = useState(false)
  const { id, stays } = message
  useEffect(() => {
    if (stays || held) return undefined
    const timer = setTimeout(onDismiss, shownMs)
    return () => clearTimeout(timer)
    // `onDismiss` is made anew at each render and must not start the time anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, stays, held])
  return (
    <div className="q-toast" data-tone={message.tone} role={message.tone === 'problem' ? 'alert' : undefined} onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <span className="q-toast__text"><ToneSign tone={message.tone} />{message.text}</span>
      {message.action === undefined ? null : <Button size="small" onClick={() => { message.action?.run(); onDismiss() }}>{message.action.name}</Button>}
      <IconButton label={dismissLabel} size="small" onClick={onDismiss}><X /></IconButton>
    </div>
  )
}
