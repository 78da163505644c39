import { useEffect, useState, type ReactNode } from 'react'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState } from '#renderer/ui/Feedback.tsx'
import { Toasts } from '#renderer/ui/Toast.tsx'
import { TooltipProvider } from '#renderer/ui/Tooltip.tsx'
import { closeProject, openPractice, start } from './actions.ts'
import { CheatSheet } from './CheatSheet.tsx'
import { SessionContext, StatusSlotContext, useCommands, useSession, useSessionState } from './context.tsx'
import { dispatchKeys } from './dispatch.ts'
import './frame.css'
import { JobsPanel } from './JobsPanel.tsx'
import { KeysDialog } from './KeysDialog.tsx'
import { Palette } from './Palette.tsx'
import { PersonDialog } from './Person.tsx'
import { goTo, useRoute } from './route.ts'
import type { Session } from './session.ts'
import { StatusBar } from './StatusBar.tsx'
import { TitleBar } from './TitleBar.tsx'
import type { View } from './view.ts'
import { words } from './words.ts'

interface Props {
  readonly session: Session
  readonly views: readonly View[]
  /** The view where work begins once a project is open. */
  readonly home: string
  /** Dialogs that belong to no view: they read `overlay` of the session. */
  readonly children?: ReactNode
}

/** The window around the views. */
export function Frame({ session, views, home, children }: Props) {
  useEffect(() => { void start(session, home) }, [session, home])
  useEffect(() => dispatchKeys(session.commands, () => session.store.getState().app?.settings.hotkeys ?? {}), [session])
  return (
    <SessionContext value={session}>
      <TooltipProvider>
        <Theme /><Body views={views} home={home}>{children}</Body><Messages />
      </TooltipProvider>
    </SessionContext>
  )
}

function Body({ views, home, children }: Omit<Props, 'session'>) {
  const session = useSession()
  const failure = useSessionState((state) => state.failure)
  const known = useSessionState((state) => state.app !== null)
  const actions = <Button tone="primary" onClick={() => void start(session, home)}>{words.tryAgain}</Button>
  if (failure !== null && !known) return <main className="frame__failure"><EmptyState title={words.failure.title} actions={actions}>{failure} {words.failure.hint}</EmptyState></main>
  if (!known) return null
  return <Workbench views={views} home={home}>{children}</Workbench>
}

function Workbench({ views, home, children }: Omit<Props, 'session'>) {
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  const [jobsOpen, setJobsOpen] = useJobsOpen()
  const { view } = useRoute()
  const current = views.find(({ id }) => id === view) ?? views[0]
  useFrameCommands(views, home)
  const Current = current?.component
  return (
    <div className="frame">
      <TitleBar views={views} home={home} jobsOpen={jobsOpen} onJobs={() => setJobsOpen(!jobsOpen)} />
      <main className="frame__main" tabIndex={-1}>
        {current === undefined ? null : <h1 className="q-visually-hidden">{current.name}</h1>}
        <StatusSlotContext value={slot}>{Current === undefined ? null : <Current key={current?.id} />}</StatusSlotContext>
      </main>
      <StatusBar slot={setSlot} />
      {jobsOpen ? <JobsPanel onHide={() => setJobsOpen(false)} /> : null}
      <Overlays canLabel={views.some(({ id }) => id === 'label')} />{children}
    </div>
  )
}

/** Opens when a job begins, so that nobody has to look for it; what the person does after that holds. Consensus says in its own view that it is at work. */
function useJobsOpen() {
  const running = useSessionState((state) => state.jobs.findLast((job) => job.state === 'running' && job.kind !== 'consensus')?.id ?? null)
  const [open, setOpen] = useState(false)
  const [seen, setSeen] = useState<string | null>(null)
  if (running !== null && running !== seen) { setSeen(running); setOpen(true) }
  return [open, setOpen] as const
}

function Overlays({ canLabel }: { readonly canLabel: boolean }) {
  const kind = useSessionState((state) => state.overlay?.kind)
  if (kind === 'palette') return <Palette canLabel={canLabel} />
  if (kind === 'sheet') return <CheatSheet />
  if (kind === 'keys') return <KeysDialog />
  return kind === 'person' ? <PersonDialog /> : null
}

function Messages() {
  const session = useSession()
  const toasts = useSessionState((state) => state.toasts)
  return <Toasts messages={toasts} onDismiss={session.dismiss} dismissLabel={words.dismiss} regionLabel={words.messages} />
}

/** Writes the chosen theme, or the system's, to the document. */
function Theme() {
  const theme = useSessionState((state) => state.app?.settings.theme ?? 'system')
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)')
    const put = () => { document.documentElement.dataset['theme'] = theme === 'system' ? (system.matches ? 'dark' : 'light') : theme }
    put()
    system.addEventListener('change', put)
    return () => system.removeEventListener('change', put)
  }, [theme])
  return null
}

function useFrameCommands(views: readonly View[], home: string) {
  const session = useSession()
  const open = () => session.store.getState().app?.open != null
  const { groups, commands: names } = words
  useCommands([
    { id: 'frame.palette', name: names.palette, group: groups.frame, keys: ['Mod+K', 'Mod+Shift+P'], unlisted: true, run: () => session.show({ kind: 'palette' }) },
    { id: 'frame.sheet', name: names.sheet, group: groups.frame, keys: ['?'], run: () => session.show({ kind: 'sheet' }) },
    { id: 'frame.keys', name: names.keys, group: groups.frame, keys: [], run: () => session.show({ kind: 'keys' }) },
    { id: 'frame.person', name: names.person, group: groups.frame, keys: [], run: () => session.show({ kind: 'person' }) },
    ...(['light', 'dark', 'system'] as const).map((theme) => ({ id: `frame.${theme}`, name: names[theme], group: groups.frame, keys: [], run: () => void session.setSettings({ theme }) })),
    { id: 'project.new', name: names.newProject, group: groups.projects, keys: ['Alt+N'], run: () => session.show({ kind: 'new-project' }) },
    { id: 'project.open', name: names.openProject, group: groups.projects, keys: ['Alt+O'], run: () => session.show({ kind: 'open-project' }) },
    { id: 'project.practice', name: names.practice, group: groups.projects, keys: [], run: () => void openPractice(session, false, home) },
    { id: 'project.close', name: names.closeProject, group: groups.projects, keys: [], when: open, run: () => void closeProject(session) },
    { id: 'project.labels', name: names.labels, group: groups.projects, keys: ['Alt+L'], when: open, run: () => goTo('schema') },
    { id: 'project.import', name: names.import, group: groups.projects, keys: ['Mod+I'], when: open, run: () => session.show({ kind: 'import', sources: [] }) },
    ...views.filter(({ link }) => link).map((view, index) => ({ id: `view.${view.id}`, name: names.go(view.name), group: groups.views, keys: [`Alt+${index + 1}`], run: () => goTo(view.id) })),
  ])
}
