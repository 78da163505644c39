import { DropdownMenu as Primitive } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import './floating.css'
import { Kbd } from './Kbd.tsx'

interface MenuProps {
  readonly trigger: ReactElement
  readonly children: ReactNode
  readonly align?: 'start' | 'end'
}

export function Menu({ trigger, children, align = 'start' }: MenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className="q-menu" align={align} sideOffset={4} collisionPadding={8}>{children}</Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

interface ItemProps {
  readonly onSelect: () => void
  readonly children: ReactNode
  readonly icon?: ReactNode
  readonly keys?: string | undefined
  readonly tone?: 'danger'
  readonly disabled?: boolean
}

export function MenuItem({ onSelect, children, icon, keys, tone, disabled = false }: ItemProps) {
  return (
    <Primitive.Item className="q-menu__item" onSelect={onSelect} disabled={disabled} data-tone={tone}>
      {icon}<span className="q-clip">{children}</span>{keys === undefined ? null : <Kbd keys={keys} />}
    </Primitive.Item>
  )
}

export function MenuChoice({ checked, onSelect, children }: { readonly checked: boolean; readonly onSelect: () => void; readonly children: ReactNode }) {
  return (
    <Primitive.CheckboxItem className="q-menu__item" checked={checked} onSelect={onSelect}>
      <span className="q-clip">{children}</span><Primitive.ItemIndicator>✓</Primitive.ItemIndicator>
    </Primitive.CheckboxItem>
  )
}

export const MenuSeparator = () => <Primitive.Separator className="q-menu__separator" />
export const MenuHeading = ({ children }: { readonly children: ReactNode }) => <Primitive.Label className="q-menu__heading">{children}</Primitive.Label>
