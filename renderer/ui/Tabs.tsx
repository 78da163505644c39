import { Tabs as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import './tabs.css'

export interface Tab { readonly id: string; readonly name: ReactNode; readonly content: ReactNode }

interface Props {
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly value?: string
  readonly onChange?: (id: string) => void
}

export function Tabs({ label, tabs, value, onChange }: Props) {
  const control = value === undefined ? { defaultValue: tabs[0]?.id ?? '' } : { value, onValueChange: (next: string) => onChange?.(next) }
  return (
    <Primitive.Root className="q-tabs" {...control}>
      <Primitive.List className="q-tabs__list" aria-label={label}>
        {tabs.map((tab) => <Primitive.Trigger key={tab.id} value={tab.id} className="q-tabs__tab">{tab.name}</Primitive.Trigger>)}
      </Primitive.List>
      {tabs.map((tab) => <Primitive.Content key={tab.id} value={tab.id} className="q-tabs__content">{tab.content}</Primitive.Content>)}
    </Primitive.Root>
  )
}
