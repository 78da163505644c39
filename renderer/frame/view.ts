import type { ComponentType } from 'react'

/** A place of the window. `link`: whether it stands in the title bar. */
export interface View {
  /** The first part of the address: `#/label`. */
  readonly id: string
  readonly name: string
  readonly link: boolean
  readonly component: ComponentType
}
