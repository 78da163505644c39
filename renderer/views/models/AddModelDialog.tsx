import { useEffect, useState } from 'react'
import type { AssetRow } from '#shared/contract/api.ts'
import { messageOf } from '#shared/contract/errors.ts'
import type { Answered, Inspection, PortRow } from '#shared/contract/models.ts'
import { ownSamples } from '#shared/contract/samples.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { Manifest } from '#shared/prelabel/manifest.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { useChooser } from '#renderer/frame/PathField.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Notice, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { TextField } from '#renderer/ui/Field.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { blankManifest, complaintOf } from './manifestDraft.ts'
import { ManifestForm } from './ManifestForm.tsx'
import { TryResult, type Sample } from './TryResult.tsx'
import { words } from './words.ts'

const said = words.own
/** A person who waits can close the dialog; a large model on a slow machine takes a minute or more. */
const patienceMs = 120_000

/** From a file to a model: what it seems to be, put right, tried on an item, accepted. Answers the id of what was added, or null. */
export function AddModelDialog({ onClose }: { readonly onClose: (added: string | null) => void }) {
  const session = useSession()
  const { client } = session
  const choose = useChooser()
  const [path, setPath] = useState('')
  const [inspection, setInspection] = useState<Inspection | null>(null)
  const [manifest, setManifest] = useState<Manifest | null>(null)
  const [busy, setBusy] = useState<'looking' | 'adding' | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [tried, setTried] = useState<string | null>(null)
  const inspect = async (at: string) => {
    setBusy('looking'); setFailure(null); setInspection(null); setManifest(null); setTried(null)
    try {
      const seen = await client.call('models.inspect', { path: at, timeoutMs: patienceMs })
      setInspection(seen)
      setManifest(seen.manifest ?? blankManifest(at))
    } catch (error) {
      setFailure(messageOf(error))
    }
    setBusy(null)
  }
  const add = async () => {
    if (manifest === null) return
    setBusy('adding'); setFailure(null)
    try {
      const { model } = await client.call('models.add', { manifest, path })
      session.toast({ tone: 'ok', text: said.added(model.name) })
      onClose(model.id)
    } catch (error) {
      setFailure(messageOf(error))
      setBusy(null)
    }
  }
  const complaint = manifest === null ? null : complaintOf(manifest)
  const canAdd = manifest !== null && complaint === null && tried !== null && busy === null
  const footer = (
    <>
      <span className="q-muted q-small q-grow">{manifest === null ? '' : complaint ?? (tried === null ? said.tryFirst : tried === JSON.stringify(manifest) ? '' : said.changed)}</span>
      <Button onClick={() => onClose(null)}>{words.cancel}</Button>
      <Button tone="primary" disabled={!canAdd} onClick={() => void add()}>{busy === 'adding' ? said.adding : said.accept}</Button>
    </>
  )
  return (
    <Dialog title={said.title} closeLabel={words.close} onClose={() => onClose(null)} footer={footer} width={900}>
      <div className="own__file">
        <TextField label={said.file} dir="ltr" value={path} onChange={setPath} onKeyDown={(event) => { if (event.key === 'Enter' && path.trim() !== '') void inspect(path.trim()) }} />
        <Button onClick={() => choose.start('folder', said.file, ([picked]) => { if (picked !== undefined) { setPath(picked); void inspect(picked) } }, path)}>{said.chooseFolder}</Button>
        <Button onClick={() => choose.start('files', said.file, ([picked]) => { if (picked !== undefined) { setPath(picked); void inspect(picked) } })}>{said.choose}</Button>
        <Button tone={manifest === null ? 'primary' : 'normal'} disabled={path.trim() === '' || busy !== null} onClick={() => void inspect(path.trim())}>{said.inspect}</Button>
      </div>
      {choose.dialog}
      {failure === null ? null : <Notice tone="problem">{failure}</Notice>}
      {busy === 'looking' ? <SkeletonRows label={said.looking} rows={6} /> : null}
      {inspection !== null && manifest !== null ? (
        <div className="own__columns">
          <div className="q-column">
            <h3>{said.guess}</h3>
            {inspection.manifest === null ? <Notice tone="attention">{said.noGuess}</Notice> : null}
            {inspection.notes.map((note) => <Notice key={note}>{note}</Notice>)}
            <ManifestForm manifest={manifest} onChange={setManifest} />
            <details className="own__json"><summary>{said.ports}</summary><Ports ports={inspection.inputs} way={said.input} /><Ports ports={inspection.outputs} way={said.output} /></details>
          </div>
          <Trial key={path} manifest={manifest} path={path} ready={complaint === null} onTried={() => setTried(JSON.stringify(manifest))} />
        </div>
      ) : null}
    </Dialog>
  )
}

function Ports({ ports, way }: { readonly ports: readonly PortRow[]; readonly way: string }) {
  return <ul className="own__ports">{ports.map(({ name, type, dims }) => <li key={name}><span className="q-muted">{way}</span> <code>{name}</code> {type} [{dims.map((size) => size ?? '?').join(', ')}]</li>)}</ul>
}

interface TrialProps { readonly manifest: Manifest; readonly path: string; readonly ready: boolean; readonly onTried: () => void }

/** Runs it on one item, and shows what it says. */
function Trial({ manifest, path, ready, onTried }: TrialProps) {
  const { client } = useSession()
  const items = useSamples(manifest.input.kind)
  const [chosen, setChosen] = useState<AssetId | null>(null)
  const [running, setRunning] = useState(false)
  const [result, setResult] = useState<{ readonly sample: Sample; readonly answered: Answered } | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const ours: Sample = ownSamples[manifest.input.kind]
  const item = chosen === ours.id ? ours : items.find(({ id }) => id === chosen) ?? items[0] ?? ours
  const run = async () => {
    setRunning(true); setFailure(null)
    try {
      const answered = await client.call('models.try', { manifest, path, asset: item === ours ? null : item.id, timeoutMs: patienceMs })
      setResult({ sample: item, answered })
      onTried()
    } catch (error) {
      setResult(null)
      setFailure(messageOf(error))
    }
    setRunning(false)
  }
  return (
    <div className="q-column own__trial">
      <h3>{said.tryIt}</h3>
      <div className="own__file">
        <Select label={said.item} value={item.id} onChange={setChosen} options={[...items.map(({ id, name }) => ({ value: id, label: name })), { value: ours.id, label: said.ours(ours.name) }]} />
        <Button tone="primary" disabled={!ready || running} onClick={() => void run()}>{running ? said.trying : said.tryIt}</Button>
      </div>
      {failure === null ? null : <Notice tone="problem">{failure}</Notice>}
      {result === null ? null : <TryResult {...result} />}
    </div>
  )
}

/** The first items of this kind. */
function useSamples(kind: 'image' | 'audio'): readonly AssetRow[] {
  const session = useSession()
  const [rows, setRows] = useState<readonly AssetRow[]>([])
  useEffect(() => {
    void session.attempt(() => session.client.call('assets.query', { filter: { kind }, offset: 0, limit: 50 })).then((answer) => setRows(answer?.rows ?? []))
  }, [session, kind])
  return rows
}
