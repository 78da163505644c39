import { Tooltip as Primitive } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './Kbd.tsx'
import './floating.css'

/** Goes once around the application: how long a pointer rests before a tooltip shows, in milliseconds. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return <Primitive.Provider delayDuration={400} skipDelayDuration={200}>{children}</Primitive.Provider>
}

interface Props {
  readonly label: string
  readonly keys?: string | undefined
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly children: ReactElement
}

/** What a control is called and which key does the same. */
export function Tooltip({ label, keys, side = 'bottom', children }: Props) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className="q-tooltip" side={side} sideOffset={6} collisionPadding={8}>
          {label} {keys === undefined ? null : <Kbd keys={keys} />}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
