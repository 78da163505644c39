import type { Intent } from './change.ts'
import type { ChangeId } from './id.ts'

/** One line of the log, as far as undo is concerned. */
export interface Step {
  readonly id: ChangeId
  readonly intent: Intent['kind']
  readonly target: ChangeId | null
}

/**
 * What can be taken back and brought again, next one last, read off the intents in the log: a new change clears
 * what could be brought again, as every editor has it.
 */
export function stacks(steps: readonly Step[]): { undo: ChangeId[]; redo: ChangeId[] } {
  const undo: ChangeId[] = []
  let redo: ChangeId[] = []
  for (const { id, intent, target } of steps) {
    if (intent === 'do') {
      undo.push(id)
      redo = []
    } else {
      const [from, to] = intent === 'undo' ? [undo, redo] : [redo, undo]
      const at = from.lastIndexOf(target!)
      if (at >= 0) to.push(...from.splice(at, 1))
    }
  }
  return { undo, redo }
}
