import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { layerOf, type Author } from '#shared/model/author.ts'
import type { ProjectId } from '#shared/model/id.ts'
import type { Project } from '#shared/model/project.ts'
import { importSources } from '#electron/importing/importSources.ts'
import { createMediaPool } from '#electron/media/mediaPool.ts'
import { practiceLabels, practiceRecords, practiceTiers, readPractice } from '#electron/practice/practice.ts'
import { takeLock } from '#electron/storage/lock.ts'
import { createProject, isProject, type OpenProject } from '#electron/storage/projectFolder.ts'
import { root } from '#electron/version.ts'
import type { HostContext } from './context.ts'
import { assetsOf, projectSink } from './projectSink.ts'

export const practiceFolder = (dataDir: string) => join(dataDir, 'practice')

const practiceSource = join(root, 'electron', 'practice')
/** The media that the practice project is made of. */
export const practiceMedia = join(practiceSource, 'media')

const somebody = 'quorum' as Author

/** Makes the practice project where it is not there yet, or anew. It appears whole: it is built beside its place. */
export async function preparePractice({ dataDir, now }: HostContext, reset: boolean): Promise<void> {
  const folder = practiceFolder(dataDir)
  if (isProject(folder) && !reset) return
  const building = `${folder}.new`
  rmSync(building, { recursive: true, force: true })
  const project = createProject(building, now)
  try {
    await fill(project)
  } finally {
    project.close()
  }
  // Nobody's open project is taken away under their hands.
  if (isProject(folder)) takeLock(folder).release()
  rmSync(folder, { recursive: true, force: true })
  renameSync(building, folder)
}

async function fill(project: OpenProject): Promise<void> {
  const content = await readPractice(practiceSource)
  const record: Project = { type: 'project', id: 'project:practice' as ProjectId, name: 'Practice', visibility: 'open', guideline: practiceGuideline }
  const labels = practiceLabels(content)
  project.store.addNew('create project', somebody, [record, ...labels, ...practiceTiers])
  const pool = createMediaPool()
  try {
    await importSources({
      request: { sources: [content.mediaFolder], mode: 'copied', format: 'media', media: null, layer: null },
      sink: projectSink(project, somebody), pool, assets: () => [],
      job: { signal: new AbortController().signal, progress: () => undefined },
      target: { author: somebody, layer: layerOf(somebody), labels, tiers: [], markAt: () => ({ color: '#0072b2', glyph: 'circle' }), has: () => false },
    })
  } finally {
    await pool.close()
  }
  const byName = new Map([...assetsOf(project)].map((asset) => [asset.name, asset]))
  for (const { author, diff } of practiceRecords(content, byName, practiceTime)) project.store.addNew('practice work', author, Object.values(diff.added))
}

/** A fixed time, so that a reset gives the same submissions. */
const practiceTime = Date.UTC(2026, 0, 5, 9)

const practiceGuideline = `Draw tight around what is visible. A cup is a cup with its handle. Small things count.
Nothing here can break: Projects → Reset brings the practice project back as it was.`
