import { Folder, FolderCheck, FolderOpen, FolderUp } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Output } from '#shared/contract/api.ts'
import { messageOf } from '#shared/contract/errors.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { EmptyState, Notice, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { TextField } from '#renderer/ui/Field.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import { useApp, useSession } from './context.tsx'
import './path.css'
import { pathWords as words } from './pathWords.ts'

interface Props {
  readonly label: string
  readonly hint?: string
  readonly error?: string | null
  readonly value: string
  readonly onChange: (path: string) => void
  /** `new-folder`: the folder may be made in the system's dialog. */
  readonly what: 'folder' | 'new-folder'
}

/** A folder of the host's machine: typed, or chosen in the system's dialog or our own. */
export function PathField({ label, hint, error = null, value, onChange, what }: Props) {
  const choose = useChooser()
  return (
    <div className="path">
      <TextField label={label} {...(hint === undefined ? {} : { hint })} error={error} value={value} dir="ltr" onChange={onChange} />
      <Button onClick={() => choose.start(what, label, (paths) => { if (paths[0] !== undefined) onChange(paths[0]) }, value)}><FolderOpen />{words.choose}</Button>
      {choose.dialog}
    </div>
  )
}

interface Asked { readonly title: string; readonly files: boolean; readonly start: string | null; readonly done: (paths: readonly string[]) => void }

/** Asks for paths through the system's dialog where there is one, else through our own. Render `dialog` somewhere. */
export function useChooser() {
  const session = useSession()
  const native = useApp()?.nativeDialogs ?? false
  const [asked, setAsked] = useState<Asked | null>(null)
  const start = (what: 'folder' | 'files' | 'new-folder', title: string, done: (paths: readonly string[]) => void, from = '') => {
    if (!native) return setAsked({ title, files: what === 'files', start: from === '' ? null : from, done })
    void session.attempt(() => session.client.call('files.pick', { what, title })).then((picked) => { if (picked !== null && picked.paths.length > 0) done(picked.paths) })
  }
  const dialog = asked === null ? null : <FolderChooser {...asked} onClose={() => setAsked(null)} />
  return { start, dialog }
}

type Listing = Output<'files.list'>

function useListing(start: string | null) {
  const { client } = useSession()
  const [path, setPath] = useState(start)
  const [listing, setListing] = useState<Listing | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    let current = true
    client.call('files.list', { path }).then(
      (next) => { if (current) { setListing(next); setFailure(null) } },
      (error: unknown) => { if (!current) return; if (path === null) setFailure(messageOf(error)); else setFailure(messageOf(error)) },
    )
    return () => { current = false }
  }, [client, path])
  return { listing, failure, setPath }
}

function FolderChooser({ title, files, start, done, onClose }: Asked & { readonly onClose: () => void }) {
  const { listing, failure, setPath } = useListing(start)
  const [chosen, setChosen] = useState<number | null>(null)
  const entries = listing?.entries.filter((entry) => entry.folder || files) ?? []
  const entry = chosen === null ? undefined : entries[chosen]
  const go = (path: string) => { setChosen(null); setPath(path) }
  const finish = (path: string) => { done([path]); onClose() }
  const take = files && entry !== undefined && !entry.folder ? entry.path : listing?.path
  const footer = (
    <>
      <span className="q-clip q-muted q-small" dir="ltr">{take ?? ''}</span>
      <Button onClick={onClose}>{words.cancel}</Button>
      <Button tone="primary" disabled={take === undefined} onClick={() => { if (take !== undefined) finish(take) }}>{files && take !== listing?.path ? words.chooseFile : words.chooseThis}</Button>
    </>
  )
  return (
    <Dialog title={title} closeLabel={words.close} onClose={onClose} footer={footer} width={560}>
      <div className="q-row">
        <Button size="small" disabled={listing?.parent == null} onClick={() => { if (listing?.parent != null) go(listing.parent) }}><FolderUp />{words.up}</Button>
        <div className="q-grow"><TextField label={words.folder} hideLabel size="small" dir="ltr" value={listing?.path ?? ''} onCommit={go} /></div>
      </div>
      {failure === null ? null : <Notice tone="problem">{failure}</Notice>}
      <div className="path__list">
        {listing === null && failure === null ? <SkeletonRows label={words.loading} /> : null}
        {listing !== null && entries.length === 0 ? <EmptyState title={files ? words.nothing : words.noFolders}>{words.noFoldersHint}</EmptyState> : null}
        {entries.length === 0 ? null : (
          <VirtualList label={words.entries} count={entries.length} rowHeight={28} role="listbox" selected={chosen} onSelect={setChosen}
            onOpen={(index) => { const opened = entries[index]; if (opened?.folder === true) go(opened.path); else if (opened !== undefined) finish(opened.path) }}
            renderRow={(index) => (
              <div className="path__entry">
                {entries[index]?.project === true ? <FolderCheck /> : entries[index]?.folder === true ? <Folder /> : <span className="path__file" />}
                <span className="q-clip q-grow"><bdi>{entries[index]?.name}</bdi></span>{entries[index]?.project === true ? <span className="q-muted q-small">{words.project}</span> : null}
              </div>
            )} />
        )}
      </div>
    </Dialog>
  )
}
