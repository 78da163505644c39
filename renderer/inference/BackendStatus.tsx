import { Cpu, Gpu } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { messageOf } from '#shared/contract/errors.ts'
import { median } from '#shared/geometry/median.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Choice.tsx'
import { Popover } from '#renderer/ui/Popover.tsx'
import type { Comparison } from './backend.ts'
import './inference.css'
import { inferencePlaceOf, type InferencePlace } from './place.ts'
import { useBackend } from './useBackend.ts'
import { words } from './words.ts'

/** Where models run, in the status bar, once one ran; behind it why, and how fast. */
export function BackendStatus() {
  const place = inferencePlaceOf(useSession())
  const { backend } = useBackend()
  if (!backend) return null
  const name = words.backend.entry(backend.kind)
  return (
    <Popover label={words.backend.title} align="end" trigger={<button type="button" className="backend__entry" aria-label={name} title={name}>{backend.kind === 'webgpu' ? <Gpu aria-hidden="true" /> : <Cpu aria-hidden="true" />}{words.backend.short[backend.kind]}</button>}>
      <BackendPanel place={place} />
    </Popover>
  )
}

function BackendPanel({ place }: { readonly place: InferencePlace }) {
  const { backend, latencies, note } = useBackend()
  const { ahead } = useStore(place.preferences)
  const { backend: said } = words
  const figures = [[said.encoder, latencies.encoder], [said.decoder, latencies.decoder], [said.reader, latencies.reader]] as const
  return (
    <div className="q-column backend">
      <strong>{backend ? said.name(backend) : said.waiting}</strong>
      {backend ? <span className="q-muted">{said.reason(backend)}</span> : null}
      {note !== null && backend?.reason.kind !== 'fell-back' ? <span>{note}</span> : null}
      <dl className="backend__figures">
        {figures.map(([name, values]) => (
          <div key={name}><dt>{name}</dt><dd>{values.length === 0 ? said.none : said.of(median(values)!, values.length)}</dd></div>
        ))}
      </dl>
      <Checkbox label={said.ahead} hint={said.aheadHint} checked={ahead} onChange={(next) => place.preferences.setState({ ahead: next })} />
      <OnDisk place={place} looked={latencies.encoder.length} />
      <Compare place={place} />
    </div>
  )
}

/** What is kept of pictures that were looked at; read again when another one was. */
function OnDisk({ place: { inference }, looked }: { readonly place: InferencePlace, readonly looked: number }) {
  const [disk, setDisk] = useState<{ readonly pictures: number; readonly bytes: number } | null>(null)
  const read = () => inference.stored().then(setDisk, () => undefined)
  useEffect(() => { void inference.stored().then(setDisk, () => undefined) }, [inference, looked])
  if (disk === null) return null
  return (
    <div className="q-row">
      <span className="q-grow q-muted">{words.backend.stored(disk.pictures, disk.bytes)}</span>
      <Button size="small" disabled={disk.pictures === 0} onClick={() => void inference.forget().then(read, () => undefined)}>{words.backend.forget}</Button>
    </div>
  )
}

/** The self-test, for who wants to see it: also where it was not needed for the choice. */
function Compare({ place: { inference } }: { readonly place: InferencePlace }) {
  const [state, setState] = useState<Comparison | string | null>(null)
  const compare = () => {
    setState(words.backend.comparing)
    inference.compare().then(setState, (error: unknown) => setState(messageOf(error)))
  }
  return (
    <>
      <Button size="small" disabled={state === words.backend.comparing} onClick={compare}>{words.backend.compare}</Button>
      {state === null ? null : <output className="q-muted">{typeof state === 'string' ? state : words.backend.compared(state)}</output>}
    </>
  )
}
