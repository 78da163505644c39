import { Popover as Primitive } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import './floating.css'

interface Props {
  readonly trigger: ReactElement
  /** The accessible name of what opens. */
  readonly label: string
  readonly children: ReactNode
  readonly align?: 'start' | 'center' | 'end'
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
}

export function Popover({ trigger, label, children, align = 'start', open, onOpenChange }: Props) {
  return (
    <Primitive.Root {...(open === undefined ? {} : { open })} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className="q-popover" align={align} sideOffset={6} collisionPadding={8} aria-label={label}>{children}</Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
