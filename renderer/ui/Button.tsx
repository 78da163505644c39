import type { ComponentProps, ReactNode } from 'react'
import './button.css'
import { Tooltip } from './Tooltip.tsx'

export interface ButtonProps extends ComponentProps<'button'> {
  readonly tone?: 'normal' | 'primary' | 'danger' | 'quiet'
  /** 28 px, or 24 px in lists. */
  readonly size?: 'normal' | 'small'
}

export function Button({ tone = 'normal', size = 'normal', className = '', ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={`q-button ${className}`} data-tone={tone} data-size={size} />
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'aria-label'> {
  /** The accessible name, also shown as a tooltip. */
  readonly label: string
  /** The key that does the same, as the tooltip shows it. */
  readonly keys?: string | undefined
  readonly children: ReactNode
}

/** A button of an icon alone: it has a name, and a tooltip that shows the name and the key. */
export function IconButton({ label, keys, tone = 'quiet', size = 'normal', className = '', ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys}>
      <button type="button" aria-label={label} {...rest} className={`q-button ${className}`} data-tone={tone} data-size={size} data-icon="" />
    </Tooltip>
  )
}
