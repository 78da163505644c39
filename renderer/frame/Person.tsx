import { useEffect, useRef, useState, type FormEvent } from 'react'
import { Author } from '#shared/model/author.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { TextField } from '#renderer/ui/Field.tsx'
import { useApp, useSession } from './context.tsx'
import { words } from './words.ts'

interface FormProps { readonly suggested: string; readonly explain: string; readonly button: string; readonly onDone: () => void }

function NameForm({ suggested, explain, button, onDone }: FormProps) {
  const session = useSession()
  const [name, setName] = useState(suggested)
  const [complaint, setComplaint] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const author = Author.safeParse(name)
    if (!author.success) return setComplaint(words.person.bad)
    setBusy(true)
    const app = await session.attempt(() => session.client.call('app.setMe', { name: author.data }))
    setBusy(false)
    if (app === null) return
    session.setApp(app)
    onDone()
  }
  return (
    <form className="q-column" onSubmit={(event) => void submit(event)}>
      <p className="q-muted">{explain}</p>
      <TextField label={words.person.name} value={name} error={complaint} ref={field} onChange={(next) => { setName(next); setComplaint(null) }} onFocus={(event) => event.target.select()} />
      <div><Button type="submit" tone="primary" disabled={busy}>{button}</Button></div>
    </form>
  )
}

export function PersonDialog() {
  const session = useSession()
  const app = useApp()
  const close = () => session.show(null)
  return (
    <Dialog title={words.person.title} closeLabel={words.close} width={440} onClose={close}>
      <NameForm suggested={app?.me ?? ''} explain={`${words.person.explain} ${words.person.changeExplain}`} button={words.person.change} onDone={close} />
    </Dialog>
  )
}
