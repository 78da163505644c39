import { invert } from '#shared/model/diff.ts'
import { newChangeId } from '#shared/model/id.ts'
import type { Session } from './session.ts'

/** Takes back, or brings again, the newest change of the project as a whole. False when there is none. */
export async function stepProject(session: Session, direction: 'undo' | 'redo'): Promise<boolean> {
  await session.queue()?.settled() // the log must hold the newest change before it can be taken back
  const history = await session.attempt(() => session.client.call('changes.history', { asset: null, limit: 1 }))
  const change = history?.[direction].at(-1)
  if (change === undefined) return false
  const diff = direction === 'undo' ? invert(change.diff) : change.diff
  const intent = { kind: direction, target: change.id }
  const done = await session.attempt(() => session.client.call('changes.apply', { id: newChangeId(), name: change.name, asset: null, intent, durationMs: null, diff }))
  await session.refreshProject()
  return done !== null
}
