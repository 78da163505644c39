import { Check, CircleAlert, Loader } from 'lucide-react'
import { useSessionState } from './context.tsx'
import { words } from './words.ts'

/** The last line: whether all is saved, and what the view puts beside it. */
export function StatusBar({ slot }: { readonly slot: (element: HTMLElement | null) => void }) {
  const saving = useSessionState((state) => state.saving)
  const text = saving.state === 'failed' ? words.status.notSaved(saving.why) : words.status[saving.state]
  const Sign = { saved: Check, saving: Loader, failed: CircleAlert }[saving.state]
  return (
    <footer className="statusbar">
      <div role="status" aria-label={text} className="statusbar__saving" data-state={saving.state} title={text}><Sign aria-hidden="true" /><span className="q-clip">{text}</span></div>
      <div className="statusbar__slot" ref={slot} />
    </footer>
  )
}
