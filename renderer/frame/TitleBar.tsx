import { ChevronDown, Search } from 'lucide-react'
import { Button } from '#renderer/ui/Button.tsx'
import { Badge } from '#renderer/ui/Feedback.tsx'
import { Kbd } from '#renderer/ui/Kbd.tsx'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '#renderer/ui/Menu.tsx'
import { closeProject, openPractice, openProject } from './actions.ts'
import { useApp, useSession, useSessionState } from './context.tsx'
import { goTo, hashOf, useRoute } from './route.ts'
import type { View } from './view.ts'
import { words } from './words.ts'

interface Props { readonly views: readonly View[]; readonly home: string; readonly jobsOpen: boolean; readonly onJobs: () => void }

export function TitleBar({ views, home, jobsOpen, onJobs }: Props) {
  const session = useSession()
  const route = useRoute()
  const running = useSessionState((state) => state.jobs.filter((job) => job.state === 'running').length)
  return (
    <header className="titlebar">
      <ProjectMenu home={home} />
      <nav aria-label={words.views}>
        {views.filter((view) => view.link).map((view) => (
          <a key={view.id} href={hashOf(view.id)} {...(route.view === view.id ? { 'aria-current': 'page' as const } : {})}>{view.name}</a>
        ))}
      </nav>
      <Button className="titlebar__search" onClick={() => session.show({ kind: 'palette' })}><Search /><span className="q-clip">{words.search}</span><Kbd keys="Mod+K" /></Button>
      <div className="titlebar__end">
        <Button tone="quiet" aria-expanded={jobsOpen} onClick={onJobs}>
          <span className="titlebar__dot" data-running={running > 0 ? '' : undefined} />{words.jobs.title}{running > 0 ? <Badge tone="accent">{running}<span className="q-visually-hidden"> {words.jobs.state.running}</span></Badge> : null}
        </Button>
        <PersonMenu />
      </div>
    </header>
  )
}

function ProjectMenu({ home }: { readonly home: string }) {
  const session = useSession()
  const app = useApp()
  const open = app?.open ?? null
  const name = open?.project.name ?? words.noProject
  const marks = [...(open?.practice === true ? [words.practice] : []), ...(open !== null && open.readOnly !== null ? [words.readOnly] : [])]
  const recent = app?.recent.filter((project) => !project.missing && project.path !== open?.path).slice(0, 6) ?? []
  return (
    <Menu trigger={
      <Button tone="quiet" className="titlebar__project" aria-label={[words.projectMenu(name), ...marks].join(', ')}>
        <span className="q-clip"><bdi>{name}</bdi></span>
        {/* Its name says them too; here the style sheet draws them, for what one reads must be what the button is called. */}
        {marks.map((mark) => <span key={mark} className="q-badge titlebar__mark" aria-hidden="true" data-mark={mark} data-tone={mark === words.readOnly ? 'attention' : 'neutral'} />)}
        <ChevronDown />
      </Button>
    }>
      {recent.length === 0 ? null : <MenuHeading>{words.groups.projects}</MenuHeading>}
      {recent.map((project) => <MenuItem key={project.path} onSelect={() => void openProject(session, project.path, home)}><bdi>{project.name}</bdi></MenuItem>)}
      {recent.length === 0 ? null : <MenuSeparator />}
      <MenuItem keys="Alt+N" onSelect={() => session.show({ kind: 'new-project' })}>{words.commands.newProject}…</MenuItem>
      <MenuItem keys="Alt+O" onSelect={() => session.show({ kind: 'open-project' })}>{words.commands.openProject}…</MenuItem>
      <MenuItem onSelect={() => void openPractice(session, false, home)}>{words.commands.practice}</MenuItem>
      {open === null ? null : <>
        <MenuSeparator />
        <MenuItem keys="Mod+I" onSelect={() => session.show({ kind: 'import', sources: [] })}>{words.commands.import}…</MenuItem>
        <MenuItem onSelect={() => goTo('schema')}>{words.commands.labels}</MenuItem>
        <MenuItem keys="Alt+M" onSelect={() => goTo('models')}>{words.commands.models}</MenuItem>
        <MenuItem onSelect={() => void closeProject(session)}>{words.commands.closeProject}</MenuItem>
      </>}
    </Menu>
  )
}

function PersonMenu() {
  const session = useSession()
  const app = useApp()
  const me = app?.me ?? words.person.nobody
  const theme = app?.settings.theme ?? 'system'
  return (
    <Menu align="end" trigger={<Button tone="quiet" className="titlebar__person" aria-label={words.person.menu(me)}><span className="q-clip"><bdi>{me}</bdi></span><ChevronDown /></Button>}>
      <MenuItem onSelect={() => session.show({ kind: 'person' })}>{words.commands.person}…</MenuItem>
      <MenuItem onSelect={() => session.show({ kind: 'keys' })}>{words.commands.keys}…</MenuItem>
      <MenuItem keys="?" onSelect={() => session.show({ kind: 'sheet' })}>{words.commands.sheet}</MenuItem>
      <MenuSeparator />
      <MenuHeading>{words.person.theme}</MenuHeading>
      {(['system', 'light', 'dark'] as const).map((value) => <MenuChoice key={value} checked={theme === value} onSelect={() => void session.setSettings({ theme: value })}>{words.commands[value]}</MenuChoice>)}
    </Menu>
  )
}
