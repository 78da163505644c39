import { resolve } from 'node:path'
import type { ProjectState } from '#shared/contract/api.ts'
import { newProjectId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Layer } from '#shared/model/author.ts'
import type { Project } from '#shared/model/project.ts'
import type { Tier } from '#shared/model/tier.ts'
import { createProject, openProject, type OpenProject } from '#electron/storage/projectFolder.ts'
import { appState } from './app.ts'
import { checkProject } from './check.ts'
import { authorOf, openProjectOf, projectRecord, type HostContext, type Noun } from './context.ts'
import { labelsFrom } from './labelSeeds.ts'
import { preparePractice, practiceFolder } from './practice.ts'
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

export function stateOf(context: HostContext): ProjectState {
  const project = openProjectOf(context)
  const { db, log } = project.store
  const all = <Row>(sql: string) => (db.prepare(sql).pluck().all() as string[]).map((record) => JSON.parse(record) as Row)
  const byOrder = (a: { order: number; id: string }, b: { order: number; id: string }) => a.order - b.order || (a.id < b.id ? -1 : 1)
  return {
    path: project.folder, practice: project.folder === practiceFolder(context.dataDir), readOnly: project.readOnly,
    project: projectRecord(project),
    labels: all<Label>('SELECT record FROM labels').sort(byOrder),
    tiers: all<Tier>('SELECT record FROM tiers').sort(byOrder),
    schemaVersion: log.schemaVersion(), revision: log.count(),
    assets: db.prepare('SELECT count(*) FROM assets').pluck().get() as number,
    layers: db.prepare('SELECT layer, count(*) AS annotations FROM annotations GROUP BY layer ORDER BY layer').all() as { layer: Layer; annotations: number }[],
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
