import type { CheckReport } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import { guarded } from '#electron/storage/database.ts'
import { compare, rebuild, replay, type ReplayFinding } from '#electron/storage/replay.ts'
import { openProject, type OpenProject } from '#electron/storage/projectFolder.ts'
import { salvage } from '#electron/storage/salvage.ts'
import { checkMedia } from './checkMedia.ts'

type Finding = CheckReport['findings'][number]

/** Integrity: SQLite's own check, each change against its digest, the tables against the log, the media against their hashes. */
export async function checkProject(project: OpenProject, repair: boolean): Promise<CheckReport> {
  const { db, log, records } = project.store
  const findings = sqliteFindings(project)
  const inLog: ReplayFinding[] = []
  const { state, inTables, logHash, changes } = guarded(project.folder, () => {
    const replayed = replay(log, inLog)
    return { state: replayed, inTables: compare(db, replayed), logHash: log.hash(), changes: log.count() }
  })
  const mend = repair && inTables.length > 0 && findings.length === 0 && project.readOnly === null
  if (mend) guarded(project.folder, () => rebuild(db, records, state))
  findings.push(...inLog.map((finding) => ({ ...finding, repaired: false })), ...inTables.map((finding) => ({ ...finding, repaired: mend })))
  findings.push(...(await checkMedia(project, state)))
  return { ok: findings.every((finding) => finding.repaired), logHash, changes, findings }
}

/**
 * The same of a project that is not open, and may be too damaged to be opened. With `repair`, what its log still holds
 * is saved into a new database; the damaged file stays beside it.
 */
export async function checkFolder(folder: string, now: () => number, repair: boolean): Promise<CheckReport> {
  const damage: Finding[] = []
  try {
    const report = await checkOpened(folder, now, repair)
    damage.push(...report.findings.filter(({ code }) => code === 'sqlite'))
    if (damage.length === 0 || !repair) return report
  } catch (error) {
    if (!(error instanceof QuorumError && error.code === 'project-corrupt')) throw error
    damage.push({ code: 'sqlite', message: error.message, repaired: false })
    if (!repair) return { ok: false, logHash: '', changes: 0, findings: damage }
  }
  const saved = salvage(folder, now())
  if (saved === null) {
    const message = `Not one change can be read from ${folder}. Restore the newest file from its backups folder, if there is one; nothing was altered.`
    return { ok: false, logHash: '', changes: 0, findings: [...damage, { code: 'log-lost', message, repaired: false }] }
  }
  const report = await checkOpened(folder, now, false)
  const message = `${saved.saved} changes were saved into a new database, ${saved.lost} could not be read. The damaged file is kept as ${saved.kept}.`
  const salvaged: Finding = { code: 'salvaged', message, repaired: saved.lost === 0 }
  const findings = [...damage.map((finding) => ({ ...finding, repaired: true })), salvaged, ...report.findings]
  return { ...report, ok: findings.every((finding) => finding.repaired), findings }
}

async function checkOpened(folder: string, now: () => number, repair: boolean): Promise<CheckReport> {
  const project = openProject(folder, now, repair ? 'write' : 'read')
  try {
    return await checkProject(project, repair)
  } finally {
    project.close()
  }
}

function sqliteFindings({ store, folder }: OpenProject): Finding[] {
  const said = guarded(folder, () => store.db.pragma('integrity_check(20)', { simple: false })) as { integrity_check: string }[]
  return said.filter(({ integrity_check: line }) => line !== 'ok').map(({ integrity_check: line }) => ({ code: 'sqlite', message: line, repaired: false }))
}
