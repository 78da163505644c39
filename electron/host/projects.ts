import { resolve } from 'node:path'
import type { ProjectState } from '#shared/contract/api.ts'
import { newProjectId } from '#shared/model/id.ts'
import type { Project } from '#shared/model/project.ts'
import { createProject, openProject, type OpenProject } from '#electron/storage/projectFolder.ts'
import { appState } from './app.ts'
import { checkProject } from './check.ts'
import { authorOf, openProjectOf, projectRecord, type HostContext, type Noun } from './context.ts'
import { labelsFrom } from './labelSeeds.ts'
import { preparePractice, practiceFolder } from './practice.ts'
import { stateOf } from './projectState.ts'
import { withRecent } from './preferences.ts'
import { resourcesOf } from './resources.ts'

export function projectHandlers(context: HostContext): Noun<'projects'> {
  return {
    async 'projects.create'({ path, name, labels }) {
      const author = authorOf(context)
      const project = createProject(path, context.now)
      const record: Project = { type: 'project', id: newProjectId(), name, visibility: 'open', guideline: '' }
      project.store.addNew('create project', author, [record, ...labelsFrom(labels)])
      return adopt(context, project)
    },
    'projects.open': ({ path }) => (isOpen(context, path) ? stateOf(context) : adopt(context, openProject(path, context.now))),
    async 'projects.practice'({ reset }) {
      const folder = practiceFolder(context.dataDir)
      if (reset || !isOpen(context, folder)) {
        await close(context)
        await preparePractice(context, reset)
        await adopt(context, openProject(folder, context.now))
      }
      return stateOf(context)
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

/** Makes a project the open one and remembers it. */
export async function adopt(context: HostContext, project: OpenProject): Promise<ProjectState> {
  await close(context)
  context.project = project
  context.work = resourcesOf(project, context.emit)
  const { name } = projectRecord(project)
  if (context.remember && project.folder !== practiceFolder(context.dataDir)) {
    context.preferences.change({ recent: withRecent(context.preferences.read().recent, project.folder, name, context.now()) })
  }
  context.emit({ kind: 'reload' })
  return stateOf(context)
}

/** Ends what works for the open project, then closes it. */
export async function close(context: HostContext): Promise<void> {
  const { project, work } = context
  context.project = null
  context.work = null
  await work?.close()
  project?.close()
}

const isOpen = (context: HostContext, path: string) => context.project?.folder === resolve(path)
