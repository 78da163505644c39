import { useState } from 'react'
import type { ConsensusSummary } from '#shared/contract/consensus.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Menu, MenuItem } from '#renderer/ui/Menu.tsx'
import { UnclearNotes } from './UnclearNotes.tsx'
import { words } from './words.ts'

/** What is settled can be written into the layer `consensus`, and taken back in one step. */
export function ApplyBar({ summary, readOnly }: { readonly summary: ConsensusSummary; readonly readOnly: boolean }) {
  const session = useSession()
  const [notes, setNotes] = useState(false)
  const last = summary.applied.find(({ undone }) => !undone)
  const apply = async (what: 'settled' | 'all') => {
    const answer = await session.attempt(() => session.client.call('consensus.apply', { what }))
    if (answer === null) return
    const { run, change, annotations } = answer
    if (change === null) session.toast({ tone: 'neutral', text: words.nothingNew })
    else session.toast({ tone: 'ok', text: words.applied(annotations), ...(run === null ? {} : { action: { name: words.takeBack, run: () => void undo(run) } }) })
  }
  const undo = async (run: string) => {
    if (await session.attempt(() => session.client.call('consensus.undo', { run }))) session.toast({ tone: 'ok', text: words.takenBack })
  }
  return (
    <div className="applybar">
      <div className="q-row">
        <Menu trigger={<Button className="q-grow" disabled={readOnly} title={words.applyHint}>{words.apply}</Button>}>
          <MenuItem onSelect={() => void apply('settled')}>{words.applySettled}</MenuItem>
          <MenuItem onSelect={() => void apply('all')}>{words.applyAll}</MenuItem>
        </Menu>
        {last === undefined ? null : <Button disabled={readOnly} onClick={() => void undo(last.run)}>{words.takeBack}</Button>}
        {summary.unclear === 0 ? null : <Button tone="quiet" onClick={() => setNotes(true)}>{words.unclearNotes} · {summary.unclear}</Button>}
      </div>
      {last === undefined ? null : <span className="q-muted q-small q-clip">{words.lastRun(last.author, new Date(last.at).toLocaleString())}</span>}
      {notes ? <UnclearNotes onClose={() => setNotes(false)} /> : null}
    </div>
  )
}
