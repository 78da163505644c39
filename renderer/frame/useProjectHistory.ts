import { useCommands, useSession } from './context.tsx'
import { stepProject } from './history.ts'
import { historyWords as words } from './historyWords.ts'

/** Undo and redo of the project as a whole, with their keys, for a view that edits it. */
export function useProjectHistory() {
  const session = useSession()
  const step = async (direction: 'undo' | 'redo') => {
    if (!(await stepProject(session, direction))) session.toast({ tone: 'neutral', text: words.nothing[direction] })
  }
  const undo = () => void step('undo')
  const redo = () => void step('redo')
  useCommands([
    { id: 'project.undo', name: words.undo, group: words.group, keys: ['Mod+Z'], run: undo },
    { id: 'project.redo', name: words.redo, group: words.group, keys: ['Mod+Shift+Z', 'Mod+Y'], run: redo },
  ])
  return { undo, redo }
}
