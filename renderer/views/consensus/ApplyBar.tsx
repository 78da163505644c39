import { useState } from 'react'
import type { ConsensusSummary } from '#shared/contract/consensus.ts'
import { useCommands, useSession } from '#renderer/frame/context.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Menu, MenuItem } from '#renderer/ui/Menu.tsx'
import { UnclearNotes } from './UnclearNotes.tsx'
import { words } from './words.ts'

/** What is settled can be written into the layer `consensus`, and taken back in one step. */
export function ApplyBar({ summary, readOnly }: { readonly summary: ConsensusSummary; readonly readOnly: boolean }) {
  const session = useSession()
  const [notes, setNotes] = useState(false)
  const [busy, setBusy] = useState(false)
  const last = summary.applied.find(({ undone }) => !undone)
  const apply = async (what: 'settled' | 'all') => {
    setBusy(true)
    const answer = await session.attempt(() => session.client.call('consensus.apply', { what }))
    setBusy(false)
    if (answer === null) return
    const { run, change } = answer
    if (change === null) session.toast({ tone: 'neutral', text: words.nothingNew })
    else session.toast({ tone: 'ok', text: words.applied(answer), ...(run === null ? {} : { action: { name: words.takeBack, run: () => void undo(run) } }) })
  }
  const undo = async (run: string) => {
    setBusy(true)
    const answer = await session.attempt(() => session.client.call('consensus.undo', { run }))
    setBusy(false)
    if (answer !== null) session.toast({ tone: 'ok', text: words.takenBack })
  }
  const can = () => !readOnly && !busy
  const { group } = words
  useCommands([
    { id: 'consensus.apply-settled', name: `${words.apply}: ${words.applySettled}`, group, keys: [], when: can, run: () => void apply('settled') },
    { id: 'consensus.apply-all', name: `${words.apply}: ${words.applyAll}`, group, keys: [], when: can, run: () => void apply('all') },
    { id: 'consensus.take-back', name: words.takeBackLong, group, keys: [], when: () => can() && last !== undefined, run: () => { if (last) void undo(last.run) } },
  ])
  return (
    <div className="applybar">
      <div className="q-row">
        <Menu trigger={<Button className="q-grow" disabled={!can()} title={words.applyHint}>{words.apply}</Button>}>
          <MenuItem onSelect={() => void apply('settled')}>{words.applySettled}</MenuItem>
          <MenuItem onSelect={() => void apply('all')}>{words.applyAll}</MenuItem>
        </Menu>
        {last === undefined ? null : <Button disabled={!can()} title={words.takeBackLong} onClick={() => void undo(last.run)}>{words.takeBack}</Button>}
      </div>
      {last === undefined ? null : <span className="q-muted q-small q-clip" title={words.lastRun(last.author, new Date(last.at).toLocaleString())}>{words.lastRun(last.author, new Date(last.at).toLocaleString())}</span>}
      {summary.unclear === 0 ? null : <Button size="small" tone="quiet" className="applybar__notes" onClick={() => setNotes(true)}>{words.unclearNotes} · {summary.unclear}</Button>}
      {notes ? <UnclearNotes onClose={() => setNotes(false)} /> : null}
    </div>
  )
}
