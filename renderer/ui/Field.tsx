import { useId, useState, type ComponentProps, type ReactNode } from 'react'
import './field.css'

interface FieldProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** What is wrong and what to do; null or undefined when nothing is. */
  readonly error?: string | null | undefined
  readonly hideLabel?: boolean
  readonly children: (ids: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }) => ReactNode
}

/** A label, its control, and beneath it a hint or what is wrong. */
export function Field({ label, hint, error, hideLabel = false, children }: FieldProps) {
  const id = useId()
  const wrong = error !== null && error !== undefined && error !== ''
  const described = wrong ? `${id}-error` : hint === undefined ? undefined : `${id}-hint`
  return (
    <div className="q-field">
      <label className={hideLabel ? 'q-visually-hidden' : 'q-field__label'} htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': wrong })}
      {wrong ? <span className="q-field__error" id={`${id}-error`} role="alert">{error}</span> : null}
      {!wrong && hint !== undefined ? <span className="q-field__hint" id={`${id}-hint`}>{hint}</span> : null}
    </div>
  )
}

interface Common extends Pick<FieldProps, 'label' | 'hint' | 'error' | 'hideLabel'> {
  readonly value: string
  /** At each keystroke. */
  readonly onChange?: (value: string) => void
  /** When the person is done: on Enter or when the field loses the focus, only if it changed. */
  readonly onCommit?: (value: string) => void
}

/** Holds what is typed until it is done, so that one edit is one change and Escape takes it back. */
function useDraft({ value, onChange, onCommit }: Pick<Common, 'value' | 'onChange' | 'onCommit'>) {
  const [draft, setDraft] = useState(value)
  const [shown, setShown] = useState(value)
  if (shown !== value) { setShown(value); setDraft(value) }
  const commit = () => { if (onCommit !== undefined && draft !== value) onCommit(draft) }
  const change = (next: string) => { setDraft(next); onChange?.(next) }
  const escape = () => { if (draft !== value) change(value) }
  return { draft, change, commit, escape }
}

type InputProps = Omit<ComponentProps<'input'>, keyof Common | 'size'> & Common & { readonly size?: 'small' | 'normal' }

export function TextField({ label, hint, error, hideLabel, value, onChange, onCommit, size = 'normal', onKeyDown, ...rest }: InputProps) {
  const { draft, change, commit, escape } = useDraft({ value, ...(onChange ? { onChange } : {}), ...(onCommit ? { onCommit } : {}) })
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(ids) => (
        <input dir="auto" spellCheck={false} autoComplete="off" {...rest} {...ids} className="q-input" data-size={size} value={draft}
          onChange={(event) => change(event.target.value)} onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit()
            if (event.key === 'Escape' && onCommit !== undefined && draft !== value) { escape(); event.stopPropagation(); event.preventDefault() }
            onKeyDown?.(event)
          }} />
      )}
    </Field>
  )
}

type AreaProps = Omit<ComponentProps<'textarea'>, keyof Common> & Common

export function TextArea({ label, hint, error, hideLabel, value, onChange, onCommit, ...rest }: AreaProps) {
  const { draft, change, commit } = useDraft({ value, ...(onChange ? { onChange } : {}), ...(onCommit ? { onCommit } : {}) })
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(ids) => <textarea dir="auto" spellCheck={false} rows={4} {...rest} {...ids} className="q-input" value={draft} onChange={(event) => change(event.target.value)} onBlur={commit} />}
    </Field>
  )
}

interface NumberProps extends Pick<FieldProps, 'label' | 'hint' | 'error' | 'hideLabel'> {
  readonly value: number | null
  readonly onCommit: (value: number | null) => void
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly step?: number
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly size?: 'small' | 'normal'
  /** What to say of something that is no number, or out of its range. */
  readonly complaint: string
}

/** A number with its range. An empty field is null. */
export function NumberField({ value, onCommit, min, max, step = 1, complaint, error, size = 'normal', placeholder, disabled = false, ...field }: NumberProps) {
  const [draft, setDraft] = useState(value === null ? '' : String(value))
  const [wrong, setWrong] = useState(false)
  const [shown, setShown] = useState(value)
  if (shown !== value) { setShown(value); setDraft(value === null ? '' : String(value)); setWrong(false) }
  const put = (next: number | null) => { setWrong(false); if (next !== value) onCommit(next) }
  const commit = () => {
    if (draft.trim() === '') return put(null)
    const number = Number(draft.replace(',', '.'))
    const bad = !Number.isFinite(number) || (min !== undefined && number < min) || (max !== undefined && number > max)
    if (bad) setWrong(true)
    else put(number)
  }
  const nudge = (by: number) => put(Math.min(max ?? Infinity, Math.max(min ?? -Infinity, (value ?? 0) + by)))
  return (
    <Field {...field} error={wrong ? complaint : error}>
      {(ids) => (
        <input {...ids} className="q-input" data-size={size} inputMode="decimal" autoComplete="off" placeholder={placeholder} disabled={disabled} value={draft} onChange={(event) => setDraft(event.target.value)} onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit()
            if (event.key === 'ArrowUp' || event.key === 'ArrowDown') { event.preventDefault(); nudge(event.key === 'ArrowUp' ? step : -step) }
          }} />
      )}
    </Field>
  )
}
