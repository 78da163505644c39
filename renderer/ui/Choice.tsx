import { Check, Minus } from 'lucide-react'
import { Checkbox as Box, RadioGroup, Slider as Range } from 'radix-ui'
import { useId, type ReactNode } from 'react'
import './field.css'

interface CheckboxProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly checked: boolean | 'indeterminate'
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

export function Checkbox({ label, hint, checked, onChange, disabled = false }: CheckboxProps) {
  const id = useId()
  return (
    <div className="q-checkbox">
      <Box.Root id={id} className="q-checkbox__box" checked={checked} disabled={disabled} onCheckedChange={(next) => onChange(next === true)} {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}>
        <Box.Indicator>{checked === 'indeterminate' ? <Minus strokeWidth={3} /> : <Check strokeWidth={3} />}</Box.Indicator>
      </Box.Root>
      <div className="q-field">
        <label htmlFor={id}>{label}</label>
        {hint === undefined ? null : <span id={`${id}-hint`} className="q-field__hint">{hint}</span>}
      </div>
    </div>
  )
}

interface SegmentedProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[]
  readonly onChange: (value: Value) => void
  readonly hint?: ReactNode
  readonly hideLabel?: boolean
}

/** One of two to four, all in sight. */
export function Segmented<Value extends string>({ label, value, options, onChange, hint, hideLabel = false }: SegmentedProps<Value>) {
  const id = useId()
  return (
    <div className="q-field">
      <span id={id} className={hideLabel ? 'q-visually-hidden' : 'q-field__label'}>{label}</span>
      <RadioGroup.Root className="q-segmented" orientation="horizontal" aria-labelledby={id} value={value} onValueChange={(next) => onChange(next as Value)} {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}>
        {options.map((option) => <RadioGroup.Item key={option.value} value={option.value} className="q-segmented__item">{option.label}</RadioGroup.Item>)}
      </RadioGroup.Root>
      {hint === undefined ? null : <span id={`${id}-hint`} className="q-field__hint">{hint}</span>}
    </div>
  )
}

interface SliderProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly onChange: (value: number) => void
  /** The pointer or key let go. */
  readonly onCommit?: (value: number) => void
  /** The value in words, with its unit: "1.5 ×". */
  readonly text?: string
  readonly disabled?: boolean
}

export function Slider({ label, value, min, max, step, onChange, onCommit, text, disabled = false }: SliderProps) {
  return (
    <Range.Root className="q-slider" disabled={disabled} value={[value]} min={min} max={max} step={step} onValueChange={([next]) => onChange(next ?? min)} {...(onCommit === undefined ? {} : { onValueCommit: ([next]: number[]) => onCommit(next ?? min) })}>
      <Range.Track className="q-slider__track"><Range.Range className="q-slider__range" /></Range.Track>
      <Range.Thumb className="q-slider__thumb" aria-label={label} aria-valuetext={text} />
    </Range.Root>
  )
}
