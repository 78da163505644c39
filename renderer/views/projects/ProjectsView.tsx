import { FolderOpen, GraduationCap, Plus, X } from 'lucide-react'
import type { RecentProject } from '#shared/contract/api.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { Badge, EmptyState, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { Kbd } from '#renderer/ui/Kbd.tsx'
import { openPractice, openProject } from '#renderer/frame/actions.ts'
import { useApp, useSession } from '#renderer/frame/context.tsx'
import { OpenProjectSheet } from './OpenProjectSheet.tsx'
import './projects.css'
import { words } from './words.ts'

/** What there is to work on, and the settings of what is open. */
export function ProjectsView() {
  const session = useSession()
  const app = useApp()
  if (app === null) return <div className="projects__main"><SkeletonRows label={words.loading} /></div>
  return (
    <div className="projects">
      <aside className="projects__side" aria-label={words.title}>
        <div className="projects__actions">
          <Button tone="primary" onClick={() => session.show({ kind: 'new-project' })}><Plus />{words.create}</Button>
          <Button onClick={() => session.show({ kind: 'open-project' })}><FolderOpen />{words.openIt}</Button>
          <Button onClick={() => void openPractice(session, false, 'projects')}><GraduationCap />{words.practice}</Button>
        </div>
        <h2>{words.recent}</h2>
        <ul className="projects__list" aria-label={words.recent}>
          {app.recent.map((project) => <Recent key={project.path} project={project} open={app.open?.path === project.path} />)}
          {app.recent.length === 0 ? <li className="q-muted q-small" style={{ padding: 8 }}>{words.emptyHint}</li> : null}
        </ul>
      </aside>
      <div className="projects__main">
        {app.open === null ? <NothingOpen /> : <OpenProjectSheet key={app.open.path} open={app.open} />}
      </div>
    </div>
  )
}

function Recent({ project, open }: { readonly project: RecentProject; readonly open: boolean }) {
  const session = useSession()
  const forget = async () => {
    const app = await session.attempt(() => session.client.call('projects.forget', { path: project.path }))
    if (app !== null) session.setApp(app)
  }
  return (
    <li className="projects__row" data-open={open ? '' : undefined} title={project.missing ? words.missingHint : project.path}>
      <button type="button" disabled={project.missing} aria-current={open} onClick={() => { if (!open) void openProject(session, project.path, 'projects') }}>
        <span className="q-row"><span className="q-clip q-grow"><bdi>{project.name}</bdi></span>{project.missing ? <Badge tone="attention">{words.missing}</Badge> : null}{open ? <Badge tone="accent">{words.openNow}</Badge> : null}</span>
        <span className="q-muted q-small q-clip"><bdi>{project.path}</bdi></span>
      </button>
      {open ? null : <IconButton label={words.forget(project.name)} size="small" onClick={() => void forget()}><X /></IconButton>}
    </li>
  )
}

function NothingOpen() {
  const session = useSession()
  const actions = (
    <>
      <Button tone="primary" onClick={() => void openPractice(session, false, 'projects')}><GraduationCap />{words.practice}</Button>
      <Button onClick={() => session.show({ kind: 'new-project' })}><Plus />{words.create} <Kbd keys="Alt+N" /></Button>
    </>
  )
  return <EmptyState icon={<FolderOpen />} title={words.none} actions={actions}>{words.noneHint}</EmptyState>
}
