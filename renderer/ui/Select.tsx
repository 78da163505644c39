import { Check, ChevronDown } from 'lucide-react'
import { Select as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { Field } from './Field.tsx'
import './floating.css'

export interface Option<Value extends string> { readonly value: Value; readonly label: ReactNode; readonly disabled?: boolean }

interface Props<Value extends string> {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | null
  readonly hideLabel?: boolean
  readonly value: Value
  readonly options: readonly Option<Value>[]
  readonly onChange: (value: Value) => void
  readonly size?: 'small' | 'normal'
  readonly disabled?: boolean
}

/** One of a few. Radix knows no empty value, so an empty string travels under another name. */
const none = '\u0000none'
const inside = (value: string) => (value === '' ? none : value)

export function Select<Value extends string>({ label, hint, error, hideLabel, value, options, onChange, size = 'normal', disabled = false }: Props<Value>) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(ids) => (
        <Primitive.Root value={inside(value)} onValueChange={(next) => onChange((next === none ? '' : next) as Value)} disabled={disabled}>
          <Primitive.Trigger {...ids} aria-label={label} className="q-select" data-size={size}>
            <Primitive.Value /><Primitive.Icon asChild><ChevronDown /></Primitive.Icon>
          </Primitive.Trigger>
          <Primitive.Portal>
            <Primitive.Content className="q-menu" position="popper" sideOffset={4} collisionPadding={8} data-floating="">
              <Primitive.Viewport>
                {options.map((option) => (
                  <Primitive.Item key={option.value} value={inside(option.value)} disabled={option.disabled ?? false} className="q-menu__item">
                    <Primitive.ItemText>{option.label}</Primitive.ItemText><Primitive.ItemIndicator style={{ marginInlineStart: 'auto' }}><Check /></Primitive.ItemIndicator>
                  </Primitive.Item>
                ))}
              </Primitive.Viewport>
            </Primitive.Content>
          </Primitive.Portal>
        </Primitive.Root>
      )}
    </Field>
  )
}
