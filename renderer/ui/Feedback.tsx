import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import { Progress } from 'radix-ui'
import type { CSSProperties, ReactNode } from 'react'
import './feedback.css'
import type { Tone } from './toastMessage.ts'

interface ProgressProps {
  readonly label: string
  readonly done: number
  /** Null while it is not known. */
  readonly total: number | null
  readonly tone?: Tone
}

export function ProgressBar({ label, done, total, tone = 'neutral' }: ProgressProps) {
  const known = total !== null && total > 0
  const share = known ? Math.min(1, done / total) : 0
  return (
    <Progress.Root className="q-progress" aria-label={label} value={known ? Math.min(done, total) : null} max={known ? total : 100} data-tone={tone}>
      <Progress.Indicator className="q-progress__bar" style={known ? { transform: `scaleX(${share})` } : undefined} />
    </Progress.Root>
  )
}

/** The place of something that is on its way; sizes are CSS lengths. */
export function Skeleton({ width = '100%', height = '12px' }: { readonly width?: string; readonly height?: string }) {
  return <div className="q-skeleton" style={{ width, height }} aria-hidden="true" />
}

/** A stack of rows on their way, with a name for those who do not see it. */
export function SkeletonRows({ label, rows = 5, height = '28px' }: { readonly label: string; readonly rows?: number; readonly height?: string }) {
  return (
    <div className="q-column" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => <Skeleton key={index} height={height} width={`${100 - ((index * 17) % 40)}%`} />)}
    </div>
  )
}

interface EmptyProps { readonly icon?: ReactNode; readonly title: string; readonly children?: ReactNode; readonly actions?: ReactNode }

/** What a place says when there is nothing in it: why, and the next action with its key. */
export function EmptyState({ icon, title, children, actions }: EmptyProps) {
  return (
    <div className="q-empty">
      {icon}<h2>{title}</h2>{children === undefined ? null : <p>{children}</p>}
      {actions === undefined ? null : <div className="q-empty__actions">{actions}</div>}
    </div>
  )
}

export function Badge({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className="q-badge" data-tone={tone}>{children}</span>
}

const signs = { neutral: Info, accent: Info, ok: CircleCheck, attention: TriangleAlert, problem: CircleAlert }

/** A sentence that stays in its place: what is so, and what to do. */
export function Notice({ tone = 'neutral', children, action }: { readonly tone?: Tone; readonly children: ReactNode; readonly action?: ReactNode }) {
  const Sign = signs[tone]
  return <div className="q-notice" data-tone={tone} role={tone === 'problem' ? 'alert' : undefined}><Sign aria-hidden="true" /><div className="q-grow q-selectable">{children}</div>{action}</div>
}

export function ToneSign({ tone }: { readonly tone: Tone }) {
  const Sign = signs[tone]
  return <Sign aria-hidden="true" />
}

interface GlyphProps { readonly path: string; readonly color: string; readonly size?: number; readonly title?: string }

/** A label's sign: its glyph in its colour, with a halo so that it reads on any ground. Size in CSS pixels. */
export function GlyphChip({ path, color, size = 14, title }: GlyphProps) {
  return (
    <svg className="q-glyph" width={size} height={size} viewBox="-1 -1 18 18" {...(title === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': title })} style={{ '--fill': color } as CSSProperties}>
      <path d={path} fill="var(--fill)" stroke="var(--halo)" strokeWidth="1.2" strokeLinejoin="round" />
    </svg>
  )
}
