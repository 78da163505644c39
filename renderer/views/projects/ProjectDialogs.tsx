import { useRef, useState, type ChangeEvent } from 'react'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { TextArea, TextField } from '#renderer/ui/Field.tsx'
import { enterProject, openProject } from '#renderer/frame/actions.ts'
import { useSession, useSessionState } from '#renderer/frame/context.tsx'
import { PathField } from '#renderer/frame/PathField.tsx'
import { fileNameFrom, joinPath } from '#renderer/frame/paths.ts'
import { messageOf } from '#shared/contract/errors.ts'
import { readLabelList } from '#shared/formats/labelList.ts'
import { words } from './words.ts'

/** New and Open, reached from every view. */
export function ProjectDialogs({ home }: { readonly home: string }) {
  const kind = useSessionState((state) => state.overlay?.kind)
  if (kind === 'new-project') return <NewProject />
  return kind === 'open-project' ? <OpenProject home={home} /> : null
}

function seedsOf(text: string) {
  try {
    return { seeds: readLabelList(text).seeds, complaint: null }
  } catch (error) {
    return { seeds: [], complaint: words.labelsBad(messageOf(error)) }
  }
}

function NewProject() {
  const session = useSession()
  const [name, setName] = useState('')
  const [folder, setFolder] = useState('')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const { seeds, complaint } = seedsOf(text)
  const path = folder === '' || name.trim() === '' ? null : joinPath(folder, fileNameFrom(name))
  const create = async () => {
    setTried(true)
    if (path === null || complaint !== null) return
    setBusy(true)
    const done = await enterProject(session, () => session.client.call('projects.create', { path, name: name.trim(), labels: seeds }), 'projects')
    setBusy(false)
    if (done) session.show(null)
  }
  const footer = <><Button onClick={() => session.show(null)}>{words.cancel}</Button><Button tone="primary" disabled={busy} onClick={() => void create()}>{words.create}</Button></>
  return (
    <Dialog title={words.create} closeLabel={words.close} onClose={() => session.show(null)} footer={footer}>
      <TextField label={words.name} value={name} maxLength={200} error={tried && name.trim() === '' ? words.nameMissing : null} onChange={setName} onKeyDown={(event) => { if (event.key === 'Enter') void create() }} />
      <PathField label={words.folder} what="new-folder" hint={path ?? words.folderHint} error={tried && folder === '' ? words.folderMissing : null} value={folder} onChange={setFolder} />
      <TextArea label={words.labels} rows={6} hint={text.trim() === '' ? words.labelsHint : words.labelCount(seeds.length)} error={complaint} value={text} onChange={setText} />
      <LabelFile onText={setText} />
    </Dialog>
  )
}

function LabelFile({ onText }: { readonly onText: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const read = (event: ChangeEvent<HTMLInputElement>) => {
    void event.target.files?.[0]?.text().then(onText)
    event.target.value = '' // so that the same file can be loaded again
  }
  return (
    <div>
      <input ref={input} type="file" accept=".txt,.json,text/plain,application/json" hidden onChange={read} />
      <Button size="small" onClick={() => input.current?.click()}>{words.load}</Button>
    </div>
  )
}

function OpenProject({ home }: { readonly home: string }) {
  const session = useSession()
  const [path, setPath] = useState('')
  const [tried, setTried] = useState(false)
  const open = async () => {
    setTried(true)
    if (path.trim() !== '' && (await openProject(session, path.trim(), home))) session.show(null)
  }
  const footer = <><Button onClick={() => session.show(null)}>{words.cancel}</Button><Button tone="primary" onClick={() => void open()}>{words.openIt}</Button></>
  return (
    <Dialog title={words.open} closeLabel={words.close} onClose={() => session.show(null)} footer={footer}>
      <PathField label={words.openFolder} what="folder" hint={words.openHint} error={tried && path.trim() === '' ? words.openHint : null} value={path} onChange={setPath} />
    </Dialog>
  )
}
