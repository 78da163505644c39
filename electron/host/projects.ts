import { resolve } from 'node:path'
import type { ProjectState } from '#shared/contract/api.ts'
import { newProjectId } from '#shared/model/id.ts'
import type { Project } from '#shared/model/project.ts'
import { createProject, openProject, type OpenProject } from '#electron/storage/projectFolder.ts'
import { appState } from './app.ts'
import { checkProject } from './check.ts'
import { authorOf, openProjectOf, type HostContext, type Noun } from './context.ts'
import { validLabelsFrom } from './labelSeeds.ts'
import { preparePractice, practiceFolder } from './practice.ts'
import { stateOf } from './projectState.ts'
import { withRecent } from './preferences.ts'
import { resourcesOf } from './resources.ts'

export function projectHandlers(context: HostContext): Noun<'projects'> {
  return {
    async 'projects.create'({ path, name, labels }) {
      const author = authorOf(context)
      const record: Project = { type: 'project', id: newProjectId(), name, visibility: 'open', guideline: '' }
      const records = [record, ...validLabelsFrom(labels)]
      return adopt(context, () => createProject(path, context.now, (store) => void store.addNew('create project', author, records)))
    },
    'projects.open': ({ path }) => (isOpen(context, path) ? stateOf(context) : adopt(context, () => openProject(path, context.now))),
    async 'projects.practice'({ reset }) {
      const folder = practiceFolder(context.dataDir)
      if (!reset && isOpen(context, folder)) return stateOf(context)
      return adopt(context, async () => {
        // One that is open here is closed first, so that it can be made anew.
        if (isOpen(context, folder)) await closeNow(context)
        await preparePractice(context, reset)
        return openProject(folder, context.now)
      })
    },
    'projects.state': () => stateOf(context),
    async 'projects.close'() {
      await close(context)
      return {}
    },
    'projects.forget'({ path }) {
      context.preferences.change({ recent: context.preferences.read().recent.filter((entry) => entry.path !== path) })
      return appState(context)
    },
    'projects.check': ({ repair }) => checkProject(openProjectOf(context), repair),
  }
}

/** Makes a project the open one and remembers it; the one that was open stays so where `make` fails. */
export function adopt(context: HostContext, make: () => OpenProject | Promise<OpenProject>): Promise<ProjectState> {
  return inTurn(context, async () => {
    const project = await make()
    await closeNow(context)
    context.project = project
    context.work = resourcesOf(project, context)
    const state = await stateOrClosed(context)
    if (context.remember && project.folder !== practiceFolder(context.dataDir)) remember(context, project.folder, state.project.name)
    context.emit({ kind: 'reload' })
    return state
  })
}

/** A project whose own record is gone does not stay open half. */
async function stateOrClosed(context: HostContext): Promise<ProjectState> {
  try {
    return stateOf(context)
  } catch (error) {
    await closeNow(context)
    throw error
  }
}

/** Ends what works for the open project, then closes it. */
export const close = (context: HostContext): Promise<void> => inTurn(context, () => closeNow(context))

/** Two windows that open projects at once take turns, or one project would stay open and locked with nobody to close it. */
function inTurn<Result>(context: HostContext, work: () => Promise<Result>): Promise<Result> {
  const turn = context.switching.then(work)
  context.switching = turn.catch(() => undefined)
  return turn
}

/** A list of recent projects that cannot be written is no reason not to work. */
function remember(context: HostContext, folder: string, name: string): void {
  try {
    context.preferences.change({ recent: withRecent(context.preferences.read().recent, folder, name, context.now()) })
  } catch {
    // It is said when the person changes a setting.
  }
}

async function closeNow(context: HostContext): Promise<void> {
  const { project, work } = context
  context.project = null
  context.work = null
  await work?.close()
  project?.close()
}

const isOpen = (context: HostContext, path: string) => context.project?.folder === resolve(path)
