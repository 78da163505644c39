import { FilePlus, FolderPlus, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { FormatRow } from '#shared/contract/api.ts'
import type { ImportRequest } from '#shared/contract/importing.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { Segmented } from '#renderer/ui/Choice.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Notice } from '#renderer/ui/Feedback.tsx'
import { TextField } from '#renderer/ui/Field.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { useApp, useSession } from '#renderer/frame/context.tsx'
import { PathField, useChooser } from '#renderer/frame/PathField.tsx'
import './import.css'
import { words } from './words.ts'

function useReaders(): readonly FormatRow[] {
  const session = useSession()
  const [formats, setFormats] = useState<readonly FormatRow[]>([])
  useEffect(() => {
    void session.attempt(() => session.client.call('formats.list', {})).then((answer) => { if (answer !== null) setFormats(answer.formats.filter(({ reads }) => reads)) })
  }, [session])
  return formats
}

/** What to import and how; the work itself is a job of the host. */
export function ImportDialog({ dropped }: { readonly dropped: readonly string[] }) {
  const session = useSession()
  const me = useApp()?.me ?? ''
  const formats = useReaders()
  const choose = useChooser()
  const [sources, setSources] = useState(dropped)
  const [options, setOptions] = useState<Omit<ImportRequest, 'sources'>>({ mode: 'copied', format: 'auto', media: null, layer: null })
  const [tried, setTried] = useState(false)
  const put = (changed: Partial<typeof options>) => setOptions({ ...options, ...changed })
  const add = (paths: readonly string[]) => setSources((before) => [...new Set([...before, ...paths])])
  const close = () => session.show(null)
  const start = async () => {
    setTried(true)
    if (sources.length === 0) return
    const started = await session.attempt(() => session.client.call('imports.start', { sources: [...sources], ...options }))
    if (started !== null) close()
  }
  const withAnnotations = options.format !== 'media'
  const footer = <><Button onClick={close}>{words.cancel}</Button><Button tone="primary" onClick={() => void start()}>{words.start}</Button></>
  return (
    <Dialog title={words.title} closeLabel={words.close} onClose={close} footer={footer} width={600}>
      <section className="q-column" style={{ gap: 8 }} aria-label={words.sources}>
        <Sources sources={sources} onRemove={(path) => setSources(sources.filter((other) => other !== path))} />
        <div className="q-row">
          <Button size="small" onClick={() => choose.start('folder', words.add, add)}><FolderPlus />{words.add}</Button>
          <Button size="small" onClick={() => choose.start('files', words.addFiles, add)}><FilePlus />{words.addFiles}</Button>
        </div>
        {tried && sources.length === 0 ? <Notice tone="problem">{words.missing}</Notice> : null}
      </section>
      <Segmented label={words.mode} value={options.mode} onChange={(mode) => put({ mode })} hint={options.mode === 'copied' ? words.copiedExplain : words.referencedExplain}
        options={[{ value: 'copied', label: words.copied }, { value: 'referenced', label: words.referenced }]} />
      <div className="import__pair">
        <Select label={words.format} value={options.format} onChange={(format) => put({ format })}
          options={[{ value: 'auto', label: words.auto }, { value: 'media', label: words.media }, ...formats.map(({ id, name }) => ({ value: id, label: name }))]} />
        {withAnnotations ? <TextField label={words.layer} hint={words.layerHint} placeholder={me} value={options.layer ?? ''} onChange={(layer) => put({ layer: layer.trim() === '' ? null : layer })} /> : null}
      </div>
      {withAnnotations && options.format !== 'auto' ? <PathField label={words.mediaFolder} hint={words.mediaHint} what="folder" value={options.media ?? ''} onChange={(media) => put({ media: media.trim() === '' ? null : media })} /> : null}
      {choose.dialog}
    </Dialog>
  )
}

function Sources({ sources, onRemove }: { readonly sources: readonly string[]; readonly onRemove: (path: string) => void }) {
  if (sources.length === 0) return <div className="import__none"><strong>{words.none}</strong><span>{words.noneHint}</span></div>
  return (
    <ul className="import__sources">
      {sources.map((path) => <li key={path}><span className="q-clip q-grow" title={path}><bdi>{path}</bdi></span><IconButton size="small" label={words.remove(path)} onClick={() => onRemove(path)}><X /></IconButton></li>)}
    </ul>
  )
}
