import { X } from 'lucide-react'
import { AlertDialog as Alert, Dialog as Primitive } from 'radix-ui'
import type { CSSProperties, ReactNode } from 'react'
import { Button, IconButton } from './Button.tsx'
import './floating.css'

interface DialogProps {
  readonly title: string
  /** One sentence under the title, or null where the content says it all. */
  readonly description?: ReactNode
  readonly closeLabel: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly footer?: ReactNode
  /** In CSS pixels; 520 unless told. */
  readonly width?: number
  /** For a body that is read, not filled in: it takes the focus, so that keys scroll it. */
  readonly readable?: boolean
}

/** A dialog begins in its first field, or on itself, not on the button that closes it. */
function focusFirstField(event: Event) {
  if (!(event.target instanceof HTMLElement)) return
  const field = event.target.querySelector<HTMLElement>('.q-dialog__body :is(input, textarea, [role=radio][data-state=checked], button:not([data-icon]))')
  event.preventDefault()
  ;(field ?? event.target).focus()
}

/** A message in the corner can be answered without the dialog going away. */
function staysForMessages(event: Event) {
  const original: unknown = event instanceof CustomEvent ? event.detail?.originalEvent?.target : null
  if (original instanceof Element && original.closest('.q-toasts') !== null) event.preventDefault()
}

/** A modal dialog; it is open as long as it is rendered. Focus is kept inside and given back at the end. */
export function Dialog({ title, description, closeLabel, onClose, children, footer, width, readable = false }: DialogProps) {
  const style = width === undefined ? undefined : ({ '--dialog-width': `${width}px` } as CSSProperties)
  return (
    <Primitive.Root open onOpenChange={(open) => { if (!open) onClose() }}>
      <Primitive.Portal>
        <Primitive.Overlay className="q-scrim" />
        <Primitive.Content className="q-dialog" style={style} onInteractOutside={staysForMessages} onOpenAutoFocus={focusFirstField} {...(description === undefined ? { 'aria-describedby': undefined } : {})}>
          <div className="q-dialog__head">
            <Primitive.Title className="q-dialog__title q-clip">{title}</Primitive.Title>
            <Primitive.Close asChild><IconButton label={closeLabel} size="small"><X /></IconButton></Primitive.Close>
          </div>
          <div className="q-dialog__body" {...(readable ? { 'role': 'group', 'aria-label': title, 'tabIndex': 0 } : {})}>
            {description === undefined ? null : <Primitive.Description className="q-muted">{description}</Primitive.Description>}
            {children}
          </div>
          {footer === undefined ? null : <div className="q-dialog__foot">{footer}</div>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

interface AlertProps {
  readonly title: string
  readonly description: ReactNode
  readonly confirm: string
  readonly cancel: string
  readonly tone?: 'primary' | 'danger'
  readonly onConfirm: () => void
  readonly onCancel: () => void
  readonly children?: ReactNode
  readonly disabled?: boolean
}

/** A question that must be answered before something that is hard to take back. */
export function AlertDialog({ title, description, confirm, cancel, tone = 'danger', onConfirm, onCancel, children, disabled = false }: AlertProps) {
  return (
    <Alert.Root open onOpenChange={(open) => { if (!open) onCancel() }}>
      <Alert.Portal>
        <Alert.Overlay className="q-scrim" />
        <Alert.Content className="q-dialog">
          <div className="q-dialog__head"><Alert.Title className="q-dialog__title">{title}</Alert.Title></div>
          <div className="q-dialog__body"><Alert.Description>{description}</Alert.Description>{children}</div>
          <div className="q-dialog__foot">
            <Alert.Cancel asChild><Button>{cancel}</Button></Alert.Cancel>
            <Button tone={tone} disabled={disabled} onClick={onConfirm}>{confirm}</Button>
          </div>
        </Alert.Content>
      </Alert.Portal>
    </Alert.Root>
  )
}
