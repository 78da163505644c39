import type { ProjectState } from '#shared/contract/api.ts'
import type { Layer } from '#shared/model/author.ts'
import type { Label } from '#shared/model/label.ts'
import type { Tier } from '#shared/model/tier.ts'
import { openProjectOf, projectRecord, type HostContext } from './context.ts'
import { practiceFolder } from './practice.ts'

/** What the frame around the views needs of the open project. */
export function stateOf(context: HostContext): ProjectState {
  const project = openProjectOf(context)
  const { db, log } = project.store
  const all = <Row>(sql: string) => (db.prepare(sql).pluck().all() as string[]).map((record) => JSON.parse(record) as Row)
  return {
    path: project.folder, practice: project.folder === practiceFolder(context.dataDir), readOnly: project.readOnly,
    project: projectRecord(project),
    labels: all<Label>('SELECT record FROM labels').sort(byOrder),
    tiers: all<Tier>('SELECT record FROM tiers').sort(byOrder),
    schemaVersion: log.schemaVersion(), revision: log.revision(),
    assets: db.prepare('SELECT count(*) FROM assets').pluck().get() as number,
    layers: db.prepare('SELECT layer, count(*) AS annotations FROM annotations GROUP BY layer ORDER BY layer').all() as { layer: Layer; annotations: number }[],
  }
}

const byOrder = (a: { order: number; id: string }, b: { order: number; id: string }) => a.order - b.order || (a.id < b.id ? -1 : 1)
