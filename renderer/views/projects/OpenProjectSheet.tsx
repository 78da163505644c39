import { Download, FileOutput, RotateCcw, Tags } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Output, ProjectState } from '#shared/contract/api.ts'
import { updating } from '#shared/model/diff.ts'
import type { Project } from '#shared/model/project.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Segmented } from '#renderer/ui/Choice.tsx'
import { AlertDialog } from '#renderer/ui/Dialog.tsx'
import { Badge, GlyphChip, Notice, ProgressBar, Skeleton } from '#renderer/ui/Feedback.tsx'
import { TextArea, TextField } from '#renderer/ui/Field.tsx'
import { glyphPath } from '#renderer/ui/glyph.ts'
import { Kbd } from '#renderer/ui/Kbd.tsx'
import { openPractice } from '#renderer/frame/actions.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { goTo } from '#renderer/frame/route.ts'
import { UndoButtons } from '#renderer/frame/UndoButtons.tsx'
import { useProjectHistory } from '#renderer/frame/useProjectHistory.ts'
import { TeamSettings } from './TeamSettings.tsx'
import { WritingSettings } from './WritingSettings.tsx'
import { words } from './words.ts'

/** The open project: its settings, each edit one change of the log, and its numbers. */
export function OpenProjectSheet({ open }: { readonly open: ProjectState }) {
  const session = useSession()
  const history = useProjectHistory()
  const { project } = open
  const edit = (name: string, changed: Partial<Project>) => session.applyToProject(name, updating([project, { ...project, ...changed }]))
  return (
    <div className="projects__sheet">
      <header>
        <h2 className="projects__title" dir="auto">{project.name}</h2>
        {open.practice ? <Reset /> : null}
        <UndoButtons {...history} />
        <Button onClick={() => session.show({ kind: 'import', sources: [] })}><Download />{words.import} <Kbd keys="Mod+I" /></Button>
        <Button onClick={() => goTo('export')}><FileOutput />{words.export}</Button>
      </header>
      {open.readOnly === null ? null : <Notice tone="attention">{words.readOnly(open.readOnly)}</Notice>}
      {open.assets > 0 ? null : <Notice action={<Button tone="primary" size="small" onClick={() => session.show({ kind: 'import', sources: [] })}>{words.import}</Button>}><strong>{words.noItems}.</strong> {words.noItemsHint}</Notice>}
      <section className="projects__form" aria-label={words.settings}>
        <TextField label={words.name} value={project.name} maxLength={200} disabled={open.readOnly !== null} onCommit={(name) => { if (name.trim() !== '') edit(words.rename, { name: name.trim() }) }} />
        <Segmented label={words.visibility} value={project.visibility} onChange={(visibility) => edit(words.changeVisibility, { visibility })}
          hint={project.visibility === 'blind' ? words.blindExplain : words.openExplain} options={[{ value: 'open', label: words.openMode }, { value: 'blind', label: words.blindMode }]} />
        <TextArea label={words.guideline} hint={words.guidelineHint} rows={10} value={project.guideline} disabled={open.readOnly !== null} onCommit={(guideline) => edit(words.changeGuideline, { guideline })} />
        <WritingSettings project={project} disabled={open.readOnly !== null} onEdit={edit} />
        <TeamSettings project={project} labels={open.labels} disabled={open.readOnly !== null} onEdit={edit} />
      </section>
      <Facts open={open} />
    </div>
  )
}

function useProgress(open: ProjectState) {
  const { client } = useSession()
  const [progress, setProgress] = useState<Output<'assets.progress'> | null>(null)
  useEffect(() => {
    let current = true
    // Without the figure the sheet still serves; the next change asks again.
    client.call('assets.progress', {}).then((next) => { if (current) setProgress(next) }, () => {})
    return () => { current = false }
  }, [client, open.path, open.assets, open.revision])
  return progress
}

function Facts({ open }: { readonly open: ProjectState }) {
  const progress = useProgress(open)
  return (
    <section className="projects__facts" aria-label={words.counts}>
      <div className="q-column" style={{ gap: 4 }}>
        <h2>{words.items(open.assets)}</h2>
        {progress === null ? <Skeleton width="80%" /> : <>
          <ProgressBar label={words.howFar} done={progress.submitted} total={Math.max(1, progress.total)} />
          <span className="q-muted q-small">{words.submitted(progress.submitted, progress.total)} · {words.inProgress(progress.inProgress)}</span>
        </>}
      </div>
      <div>
        <div className="q-row"><h2 className="q-grow">{words.labelCount(open.labels.length)}</h2><Button size="small" onClick={() => goTo('schema')}><Tags />{words.editLabels}</Button></div>
        <ul className="projects__labels">
          {open.labels.slice(0, 24).map((label) => <li key={label.id}><GlyphChip path={glyphPath(label.glyph)} color={label.color} /><span className="q-clip"><bdi>{label.name}</bdi></span></li>)}
          {open.labels.length > 24 ? <li className="q-muted">+ {(open.labels.length - 24).toLocaleString()}</li> : null}
        </ul>
        <span className="q-muted q-small">{words.schemaVersion(open.schemaVersion)}</span>
      </div>
      <div>
        <h2>{words.layers}</h2>
        <ul>{open.layers.map(({ layer, annotations }) => <li key={layer}><span className="q-clip"><bdi>{layer}</bdi></span><span className="q-muted">{annotations.toLocaleString()} {words.annotations}</span></li>)}</ul>
        {open.layers.length === 0 ? <span className="q-muted q-small">{words.noLayers}</span> : null}
      </div>
      <div><h2>{words.path}</h2><span className="q-muted q-small q-selectable" style={{ overflowWrap: 'anywhere' }} dir="ltr">{open.path}</span></div>
    </section>
  )
}

function Reset() {
  const session = useSession()
  const [asking, setAsking] = useState(false)
  const reset = () => { setAsking(false); void openPractice(session, true, 'projects') }
  return (
    <>
      <Badge>{words.practice}</Badge>
      <Button onClick={() => setAsking(true)}><RotateCcw />{words.reset}</Button>
      {asking ? <AlertDialog title={words.resetTitle} description={words.resetExplain} confirm={words.resetConfirm} cancel={words.cancel} onConfirm={reset} onCancel={() => setAsking(false)} /> : null}
    </>
  )
}
