import { Download, Gauge } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ProjectState } from '#shared/contract/api.ts'
import type { AgreementFigures, AgreementRequest, Figure } from '#shared/contract/agreement.ts'
import { layerOf, type Author } from '#shared/model/author.ts'
import type { LabelId } from '#shared/model/id.ts'
import { save } from '#renderer/charts/save.ts'
import { csvOf } from '#renderer/charts/table.ts'
import { useProject } from '#renderer/frame/context.tsx'
import { goTo } from '#renderer/frame/route.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { Slider } from '#renderer/ui/Choice.tsx'
import { EmptyState, Notice, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import './quality.css'
import { AgreementCharts } from './AgreementCharts.tsx'
import { useAgreement } from './useAgreement.ts'
import { WorstItems } from './WorstItems.tsx'
import { words } from './words.ts'

/** How far people agree, with chance taken out: each figure with its n and interval, each chart with its table. */
export function QualityView() {
  const project = useProject()
  if (project === null) return <EmptyState icon={<Gauge />} title={words.noProject} actions={<Button tone="primary" onClick={() => goTo('projects')}>{words.projects}</Button>}>{words.noProjectHint}</EmptyState>
  return <Agreement key={project.path} project={project} />
}

const parts: AgreementRequest['by'] = ['label', 'annotator', 'pair', 'slice', 'sweep', 'confusion', 'trend', 'worst']

function Agreement({ project }: { readonly project: ProjectState }) {
  const [iou, setIou] = useState(0.5)
  const [asked, setAsked] = useState(0.5)
  const [label, setLabel] = useState<LabelId | null>(null)
  const [without, setWithout] = useState<Author | null>(null)
  const [people, setPeople] = useState<readonly Author[]>([])
  const { report, stale, failure } = useAgreement({ iou: asked, by: parts, labels: label === null ? null : [label], people: without === null ? null : people.filter((person) => person !== without) }, project.revision)
  const names = useMemo(() => new Map<LabelId | null, string>([[null, words.noLabel], ...project.labels.map(({ id, name }) => [id, name] as const)]), [project.labels])
  // Everybody who was ever in a report, so that leaving one out does not take them off the list.
  const here = report?.annotators?.map(({ person }) => person) ?? []
  if (here.some((person) => !people.includes(person))) setPeople([...new Set([...people, ...here])].sort())
  if (report === null) return <div className="quality">{failure === null ? <SkeletonRows label={words.loading} /> : <Notice tone="problem">{failure}</Notice>}</div>
  if (report.all.items === 0 && label === null && without === null) return <EmptyState icon={<Gauge />} title={words.nobody.title}>{words.nobody.text}</EmptyState>
  return (
    <div className="quality" data-stale={stale ? '' : undefined}>
      <header className="quality__head">
        <div className="q-grow">
          <h2>{words.title}</h2>
          <p className="q-muted q-number">{words.lead(report.all.items, report.all.things)} · {words.apart(report.all.alone, report.all.otherName)}</p>
        </div>
        <label className="quality__iou" title={words.thresholdHint}><span>{words.threshold} <output>{iou.toFixed(2)}</output></span><Slider label={words.threshold} value={iou} min={0.1} max={0.95} step={0.05} text={iou.toFixed(2)} onChange={setIou} onCommit={setAsked} /></label>
        <Select label={words.label} value={label ?? ''} options={[{ value: '' as LabelId | '', label: words.allLabels }, ...project.labels.map(({ id, name }) => ({ value: id, label: name }))]} onChange={(next) => setLabel(next === '' ? null : next)} />
        <Select label={words.leaveOut} value={without ?? ''} options={[{ value: '' as Author | '', label: words.allPeople }, ...people.map((person) => ({ value: person, label: layerOf(person) }))]} onChange={(next) => setWithout(next === '' ? null : next)} />
        <IconButton label={words.figuresCsv} onClick={() => saveFigures(report.all)}><Download /></IconButton>
      </header>
      {failure === null ? null : <Notice tone="problem">{failure}</Notice>}
      <dl className="quality__figures">
        {figureNames.map((name) => <FigureCell key={name} name={words.figures[name]} explain={words.explain[name]} figure={report.all[name]} />)}
      </dl>
      <AgreementCharts report={report} names={names} />
      <WorstItems items={report.worst ?? []} of={report.all.items} />
    </div>
  )
}

const figureNames = Object.keys(words.figures) as (keyof typeof words.figures)[]

function saveFigures(all: AgreementFigures): void {
  const rows = figureNames.map((name) => {
    const { value, reason, interval, n, items } = all[name]
    return [words.figures[name], value, interval?.low ?? null, interval?.high ?? null, n, items, reason]
  })
  save('agreement.csv', 'text/csv;charset=utf-8', csvOf({ columns: words.figuresHead, rows }))
}

/** What stands below a figure: its interval, or why it has none, and its n. */
function besideOf(figure: Figure): string {
  if (figure.value === null) return figure.reason
  const { interval, items, n } = figure
  return [interval ? words.interval(interval.low, interval.high) : items < 2 ? words.oneItem : words.noInterval, words.n(n)].join(' · ')
}

function FigureCell({ name, explain, figure }: { readonly name: string; readonly explain: string; readonly figure: Figure }) {
  return (
    <div title={figure.value === null ? `${explain} ${figure.reason}` : explain}>
      <dt>{name}</dt>
      <dd>
        <span className="quality__value">{figure.value === null ? words.dash : words.figure(figure.value)}</span>
        <span className="q-muted q-small">{besideOf(figure)}</span>
      </dd>
    </div>
  )
}
