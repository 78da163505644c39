import { useSessionState } from '#renderer/frame/context.tsx'
import { DropZone } from './DropZone.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { ImportReportDialog } from './ImportReportDialog.tsx'

/** Importing, from whichever view: the drop zone over the window, the dialog, the report. */
export function ImportOverlays() {
  const overlay = useSessionState((state) => state.overlay)
  return (
    <>
      <DropZone />
      {overlay?.kind === 'import' ? <ImportDialog key={overlay.sources.join('\n')} dropped={overlay.sources} /> : null}
      {overlay?.kind === 'import-report' ? <ImportReportDialog job={overlay.job} /> : null}
    </>
  )
}
