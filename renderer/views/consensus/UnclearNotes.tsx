import { useEffect, useState } from 'react'
import type { Output } from '#shared/contract/api.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { goTo } from '#renderer/frame/route.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { words } from './words.ts'

type Rows = Output<'consensus.unclear'>['rows']

/** Where somebody found the guideline unclear, each with its example. */
export function UnclearNotes({ onClose }: { readonly onClose: () => void }) {
  const session = useSession()
  const [rows, setRows] = useState<Rows | null>(null)
  useEffect(() => { void session.attempt(() => session.client.call('consensus.unclear', {})).then((answer) => setRows(answer?.rows ?? [])) }, [session])
  return (
    <Dialog title={words.notesTitle} closeLabel={words.cancel} onClose={onClose} width={560} readable>
      {rows?.length === 0 ? <p>{words.noNotes}</p> : null}
      <ul className="notes">
        {rows?.map((row) => (
          <li key={`${row.key} ${row.author}`}>
            <div className="q-grow"><p className="q-selectable" dir="auto">{row.note}</p><span className="q-muted q-small">{row.author} · {new Date(row.at).toLocaleDateString()}</span></div>
            <Button size="small" onClick={() => { onClose(); goTo('label', row.asset) }}>{row.name}</Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
