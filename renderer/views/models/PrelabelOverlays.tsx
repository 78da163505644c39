import { useCommands, useProject, useSession, useSessionState } from '#renderer/frame/context.tsx'
import { goTo } from '#renderer/frame/route.ts'
import { PrelabelDialog } from './PrelabelDialog.tsx'
import { PrelabelReportDialog } from './PrelabelReportDialog.tsx'
import { words } from './words.ts'

/** Pre-labeling, from whichever view: the dialog that starts it, the report. */
export function PrelabelOverlays() {
  const session = useSession()
  const overlay = useSessionState((state) => state.overlay)
  const open = useProject()
  useCommands([
    { id: 'models.prelabel', name: words.prelabelCommand, group: words.group, keys: ['Alt+P'], when: () => open !== null && open.readOnly === null, run: () => session.show({ kind: 'prelabel', model: null, asset: null, filter: null }) },
    { id: 'models.show', name: words.goTo, group: words.group, keys: ['Alt+M'], when: () => open !== null, run: () => goTo('models') },
    { id: 'models.fares', name: words.fares, group: words.group, keys: [], when: () => open !== null, run: () => goTo('acceptance') },
  ])
  if (open === null) return null
  if (overlay?.kind === 'prelabel') return <PrelabelDialog open={open} model={overlay.model} asset={overlay.asset} filter={overlay.filter} />
  return overlay?.kind === 'prelabel-report' ? <PrelabelReportDialog job={overlay.job} /> : null
}
