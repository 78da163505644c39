import type { CheckReport } from '#shared/contract/api.ts'
import { compare, rebuild, replay, type ReplayFinding } from '#electron/storage/replay.ts'
import type { OpenProject } from '#electron/storage/projectFolder.ts'
import { checkMedia } from './checkMedia.ts'

/** Integrity: SQLite's own check, each change against its digest, the tables against the log, the media against their hashes. */
export async function checkProject(project: OpenProject, repair: boolean): Promise<CheckReport> {
  const { db, log, records } = project.store
  const findings: CheckReport['findings'] = []
  for (const said of db.pragma('integrity_check(20)', { simple: false }) as { integrity_check: string }[]) {
    if (said.integrity_check !== 'ok') findings.push({ code: 'sqlite', message: said.integrity_check, repaired: false })
  }
  const inLog: ReplayFinding[] = []
  const state = replay(log, inLog)
  const inTables = compare(db, state)
  const mend = repair && inTables.length > 0 && project.readOnly === null
  if (mend) rebuild(db, records, state)
  findings.push(...inLog.map((finding) => ({ ...finding, repaired: false })), ...inTables.map((finding) => ({ ...finding, repaired: mend })))
  findings.push(...(await checkMedia(project, state)))
  return { ok: findings.every((finding) => finding.repaired), logHash: log.hash(), changes: log.count(), findings }
}
