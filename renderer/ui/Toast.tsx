import { X } from 'lucide-react'
import { Toast as Primitive } from 'radix-ui'
import { Button, IconButton } from './Button.tsx'
import { ToneSign, type Tone } from './Feedback.tsx'
import './floating.css'

export interface ToastMessage {
  readonly id: string
  readonly tone: Tone
  readonly text: string
  readonly action?: { readonly name: string; readonly run: () => void }
  /** Stays until it is dismissed; errors and findings do. */
  readonly stays: boolean
}

interface Props {
  readonly messages: readonly ToastMessage[]
  readonly onDismiss: (id: string) => void
  readonly dismissLabel: string
  readonly regionLabel: string
}

/** Messages in the corner that never take the focus or block the work. */
export function Toasts({ messages, onDismiss, dismissLabel, regionLabel }: Props) {
  return (
    <Primitive.Provider swipeDirection="right" label={regionLabel}>
      {messages.map((message) => (
        <Primitive.Root key={message.id} className="q-toast" data-tone={message.tone} type={message.tone === 'problem' ? 'foreground' : 'background'}
          duration={message.stays ? Infinity : 6000} onOpenChange={(open) => { if (!open) onDismiss(message.id) }}>
          <Primitive.Description className="q-toast__text"><ToneSign tone={message.tone} />{message.text}</Primitive.Description>
          {message.action === undefined ? null : (
            <Primitive.Action asChild altText={message.action.name}><Button size="small" onClick={message.action.run}>{message.action.name}</Button></Primitive.Action>
          )}
          <Primitive.Close asChild><IconButton label={dismissLabel} size="small"><X /></IconButton></Primitive.Close>
        </Primitive.Root>
      ))}
      <Primitive.Viewport className="q-toasts" label={regionLabel} hotkey={['F8', 'altKey']} />
    </Primitive.Provider>
  )
}
