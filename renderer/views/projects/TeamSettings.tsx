import { Plus, X } from 'lucide-react'
import type { Label } from '#shared/model/label.ts'
import { defaultBars, type ConsensusBars, type Overlap, type Project } from '#shared/model/project.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { NumberField, TextField } from '#renderer/ui/Field.tsx'
import { ImportanceSettings } from './ImportanceSettings.tsx'
import { OrderSettings } from './OrderSettings.tsx'
import { teamWords as words } from './teamWords.ts'

interface Props {
  readonly project: Project
  readonly labels: readonly Label[]
  readonly disabled: boolean
  readonly onEdit: (name: string, changed: Partial<Project>) => void
}

const alone: Overlap = { people: 1, share: 1, slices: [] }

/** How many people an item gets, in which order items come, from where on people count as agreeing, and which labels matter most. */
export function TeamSettings(props: Props) {
  return (
    <section className="projects__form" aria-label={words.title}>
      <h2>{words.title}</h2>
      <OverlapSettings {...props} />
      <OrderSettings {...props} />
      <Bars {...props} />
      <ImportanceSettings {...props} />
    </section>
  )
}

function OverlapSettings({ project, disabled, onEdit }: Props) {
  const overlap = project.overlap ?? alone
  const put = (part: Partial<Overlap>) => onEdit(words.changeOverlap, { overlap: { ...overlap, ...part } })
  const slice = (index: number, part: Partial<Overlap['slices'][number]>) => put({ slices: overlap.slices.map((each, at) => (at === index ? { ...each, ...part } : each)) })
  return (
    <>
      <div className="projects__pair">
        <NumberField label={words.people} hint={words.peopleHint} value={overlap.people} min={1} max={50} complaint={words.peopleComplaint} disabled={disabled} onCommit={(people) => put({ people: Math.round(people ?? 1) })} />
        <NumberField label={words.share} hint={words.shareHint} value={Math.round(overlap.share * 100)} min={0} max={100} complaint={words.shareComplaint} disabled={disabled} onCommit={(share) => put({ share: (share ?? 100) / 100 })} />
      </div>
      <div className="q-column">
        {overlap.slices.map(({ key, value, people }, index) => (
          <div key={index} className="teamslice">
            <TextField label={words.key} value={key} disabled={disabled} onCommit={(next) => { if (next.trim() !== '') slice(index, { key: next.trim() }) }} />
            <TextField label={words.value} value={value} disabled={disabled} onCommit={(next) => slice(index, { value: next })} />
            <NumberField label={words.slicePeople} value={people} min={1} max={50} complaint={words.peopleComplaint} disabled={disabled} onCommit={(next) => slice(index, { people: Math.round(next ?? 1) })} />
            <IconButton label={words.removeSlice(key, value)} disabled={disabled} onClick={() => put({ slices: overlap.slices.toSpliced(index, 1) })}><X /></IconButton>
          </div>
        ))}
        <div><Button size="small" disabled={disabled} onClick={() => put({ slices: [...overlap.slices, { key: 'site', value: '', people: Math.max(2, overlap.people) }] })}><Plus />{words.addSlice}</Button></div>
      </div>
    </>
  )
}

const percents = ['gate', 'existence', 'label', 'geometry', 'wording'] as const satisfies readonly (keyof ConsensusBars)[]

function Bars({ project, disabled, onEdit }: Props) {
  const bars = project.bars ?? defaultBars
  const put = (part: Partial<ConsensusBars>) => onEdit(words.changeBars, { bars: { ...bars, ...part } })
  return (
    <details className="teambars">
      <summary>{words.bars}</summary>
      <p className="q-muted q-small">{words.barsHint}</p>
      <div className="projects__pair">
        {percents.map((name) => (
          <NumberField key={name} label={words.bar[name]} value={Math.round(bars[name] * 100)} min={name === 'gate' ? 1 : 0} max={100} complaint={words.shareComplaint} disabled={disabled} onCommit={(value) => put({ [name]: (value ?? Math.round(defaultBars[name] * 100)) / 100 })} />
        ))}
        <NumberField label={words.bar.boundary} value={bars.boundary} min={0} step={0.05} complaint={words.secondsComplaint} disabled={disabled} onCommit={(value) => put({ boundary: value ?? defaultBars.boundary })} />
      </div>
    </details>
  )
}
