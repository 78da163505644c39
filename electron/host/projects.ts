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

export function projectHandlers(context: HostContext): Noun<'projects'> {
  return {
    'projects.create'({ path, name, labels }) {
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
        close(context)
        await preparePractice(context, reset)
        adopt(context, openProject(folder, context.now))
      }
      return stateOf(context)
    },
    'projects.state': () => stateOf(context),
    'projects.close'() {
      close(context)
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
export function adopt(context: HostContext, project: OpenProject): ProjectState {
  close(context)
  context.project = project
  const { name } = projectRecord(project)
  if (context.remember) context.preferences.change({ recent: withRecent(context.preferences.read().recent, project.folder, name, context.now()) })
  context.emit({ kind: 'reload' })
  return stateOf(context)
}

export function close(context: HostContext): void {
  context.project?.close()
  context.project = null
}

const isOpen = (context: HostContext, path: string) => context.project?.folder === resolve(path)
