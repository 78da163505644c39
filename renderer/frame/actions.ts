import type { ProjectState } from '#shared/contract/api.ts'
import { goTo } from './route.ts'
import { words } from './words.ts'
import type { Session } from './session.ts'

/** Opens what a call of the host opens, and goes to the view where work begins. False when it could not. */
export async function enterProject(session: Session, call: () => Promise<ProjectState>, view: string): Promise<boolean> {
  const goOn = session.holdSaving()
  const open = await session.attempt(call)
  if (open !== null) session.setProject(open)
  goOn()
  if (open === null) return false
  void session.refresh() // the recents changed too
  goTo(view)
  return true
}

export const openProject = (session: Session, path: string, view: string) => enterProject(session, () => session.client.call('projects.open', { path }), view)
export const openPractice = (session: Session, reset: boolean, view: string) => enterProject(session, () => session.client.call('projects.practice', { reset }), view)

export async function closeProject(session: Session): Promise<void> {
  if ((await session.attempt(() => session.client.call('projects.close', {}))) === null) return
  session.setProject(null)
  goTo('projects')
}

/** The first look: the practice project for somebody new, else what was open last, else the list of projects. */
export async function start(session: Session, home: string): Promise<void> {
  const app = await session.refresh()
  if (app === null) return
  if (!app.nameChosen) session.toast({ tone: 'neutral', text: words.person.assumed(app.me), action: { name: words.person.menuChange, run: () => session.show({ kind: 'person' }) } })
  const last = app.recent[0]
  const named = location.hash.length > 2
  if (app.open === null && last === undefined) await openPractice(session, false, home)
  else if (app.open === null && last !== undefined && !last.missing) await reopen(session, last.path, named ? null : home)
  else if (!named) goTo(app.open === null ? 'projects' : home)
}

async function reopen(session: Session, path: string, view: string | null): Promise<void> {
  const open = await session.attempt(() => session.client.call('projects.open', { path }))
  session.setProject(open)
  if (open === null) goTo('projects')
  else if (view !== null) goTo(view)
}
