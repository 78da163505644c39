import { useState } from 'react'
import type { Label } from '#shared/model/label.ts'
import type { Project } from '#shared/model/project.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Slider } from '#renderer/ui/Choice.tsx'
import { GlyphChip } from '#renderer/ui/Feedback.tsx'
import { TextField } from '#renderer/ui/Field.tsx'
import { glyphPath } from '#renderer/ui/glyph.ts'
import { teamWords } from './teamWords.ts'

interface Props {
  readonly project: Project
  readonly labels: readonly Label[]
  readonly disabled: boolean
  readonly onEdit: (name: string, changed: Partial<Project>) => void
}

const words = teamWords.importance
/** From so many labels on they are searched. */
const many = 9

/** How much each label matters where disputes are ranked: a row a label. */
export function ImportanceSettings({ project, labels, disabled, onEdit }: Props) {
  const [sought, setSought] = useState('')
  const { importance = {} } = project
  const found = labels.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase()))
  const lessened = labels.filter(({ id }) => importance[id] !== undefined).length
  // What matters as much as anything needs no entry.
  const put = (label: Label, value: number) => onEdit(words.change, { importance: Object.fromEntries(Object.entries({ ...importance, [label.id]: value }).filter(([, each]) => each < 1)) })
  return (
    <details className="teambars">
      <summary>{words.title}{lessened > 0 ? <span className="q-muted q-small"> · {words.lessened(lessened)}</span> : null}</summary>
      <div className="importance__body">
        <p className="q-muted q-small">{labels.length > 0 ? words.hint : words.noLabels}</p>
        {labels.length < many ? null : <TextField label={words.search} value={sought} onChange={setSought} />}
        <ul className="importance" aria-label={words.title}>
          {found.map((label) => <ImportanceRow key={label.id} label={label} value={importance[label.id] ?? 1} disabled={disabled} onCommit={(value) => put(label, value)} />)}
        </ul>
        {found.length === 0 && labels.length > 0 ? <p className="q-muted q-small">{words.none(sought)}</p> : null}
        {labels.length === 0 ? null : <div><Button size="small" disabled={disabled || lessened === 0} onClick={() => onEdit(words.change, { importance: {} })}>{words.even}</Button></div>}
      </div>
    </details>
  )
}

/** While it is drawn the figure follows; it is kept when it is let go. */
function ImportanceRow({ label, value, disabled, onCommit }: { readonly label: Label; readonly value: number; readonly disabled: boolean; readonly onCommit: (value: number) => void }) {
  const [drawn, setDrawn] = useState<number | null>(null)
  const percent = drawn ?? Math.round(value * 100)
  return (
    <li className="importance__row">
      <GlyphChip path={glyphPath(label.glyph)} color={label.color} />
      <span className="q-clip"><bdi>{label.name}</bdi></span>
      <Slider label={words.of(label.name)} value={percent} min={0} max={100} step={5} text={words.percent(percent)} disabled={disabled} onChange={setDrawn} onCommit={(next) => { setDrawn(null); if (next !== Math.round(value * 100)) onCommit(next / 100) }} />
      <output className="q-number">{words.percent(percent)}</output>
    </li>
  )
}
