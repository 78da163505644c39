import { useState } from 'react'
import { ModelTask } from '#shared/contract/prelabel.ts'
import type { ImageInput, Manifest } from '#shared/prelabel/manifest.ts'
import { NumberField, TextArea, TextField } from '#renderer/ui/Field.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { kindsFor, partOf, withHead } from './manifestDraft.ts'
import { words } from './words.ts'

interface Props { readonly manifest: Manifest; readonly onChange: (manifest: Manifest) => void }

const said = words.own

/** A model's description, to be put right before it is tried. */
export function ManifestForm({ manifest, onChange }: Props) {
  const put = (part: Partial<Manifest>) => onChange({ ...manifest, ...part })
  return (
    <div className="own__form">
      <div className="own__pair"><TextField label={said.name} value={manifest.name} onChange={(name) => put({ name })} /><TextField label={said.id} hint={said.idHint} value={manifest.id} onChange={(id) => put({ id })} /></div>
      <div className="own__pair"><TextField label={said.licence} value={manifest.licence} onChange={(licence) => put({ licence })} /><TextField label={said.source} value={manifest.source} onChange={(source) => put({ source })} /></div>
      <div className="own__pair">
        <Select label={said.task} value={manifest.task} onChange={(task) => put({ task })} options={ModelTask.options.map((task) => ({ value: task, label: words.tasks[task] }))} />
        <Select label={said.head} value={manifest.head.kind} onChange={(kind) => onChange(withHead(manifest, kind))} options={kindsFor(manifest).map((kind) => ({ value: kind, label: kind }))} />
      </div>
      {manifest.input.kind === 'image' ? <ImageForm input={manifest.input} onChange={(input) => put({ input })} /> : <p className="q-muted">{said.audio}</p>}
      <div className="own__pair">
        <NumberField label={said.threshold} value={manifest.threshold} min={0} max={1} step={0.05} complaint={said.share} onCommit={(value) => put({ threshold: value ?? 0.4 })} />
        <NumberField label={said.overlap} value={manifest.overlap} min={0} max={1} step={0.05} complaint={said.share} onCommit={(value) => put({ overlap: value ?? 0.5 })} />
      </div>
      <TextArea label={`${said.classes} (${manifest.classes.length})`} rows={4} value={manifest.classes.join('\n')} onCommit={(text) => put({ classes: text.split('\n').map((name) => name.trim()).filter(Boolean) })} />
      <Part key={`input ${JSON.stringify(manifest.input)}`} label={said.inputJson} part="input" manifest={manifest} onChange={onChange} />
      <Part key={`head ${JSON.stringify(manifest.head)}`} label={said.details} part="head" manifest={manifest} onChange={onChange} />
    </div>
  )
}

function ImageForm({ input, onChange }: { readonly input: ImageInput; readonly onChange: (input: ImageInput) => void }) {
  const { size } = input
  return (
    <>
      {size.kind === 'fixed' ? (
        <div className="own__pair">
          <NumberField label={`${said.width}, px`} value={size.width} min={1} max={16_384} complaint={said.number} onCommit={(width) => onChange({ ...input, size: { ...size, width: Math.round(width ?? size.width) } })} />
          <NumberField label={`${said.height}, px`} value={size.height} min={1} max={16_384} complaint={said.number} onCommit={(height) => onChange({ ...input, size: { ...size, height: Math.round(height ?? size.height) } })} />
        </div>
      ) : null}
      <div className="own__pair">
        <Select label={said.channels} value={input.channels} onChange={(channels) => onChange({ ...input, channels })} options={(['rgb', 'bgr', 'grey'] as const).map((value) => ({ value, label: value.toUpperCase() }))} />
        <Select label={said.fit} value={input.fit} onChange={(fit) => onChange({ ...input, fit })} options={(['letterbox', 'top-left', 'stretch', 'crop'] as const).map((value) => ({ value, label: value }))} />
      </div>
      <div className="own__triple">
        <NumberField label={said.scale} value={input.scale} step={0.1} complaint={said.number} onCommit={(scale) => onChange({ ...input, scale: scale ?? 1 })} />
        <Triple label={said.mean} value={input.mean} onChange={(mean) => onChange({ ...input, mean })} />
        <Triple label={said.deviation} value={input.deviation} onChange={(deviation) => onChange({ ...input, deviation })} />
      </div>
    </>
  )
}

type Three = ImageInput['mean']

function Triple({ label, value, onChange }: { readonly label: string; readonly value: Three; readonly onChange: (value: Three) => void }) {
  const [wrong, setWrong] = useState(false)
  const commit = (text: string) => {
    const numbers = text.split(/[\s,;]+/u).filter(Boolean).map(Number)
    const three = numbers.length === 1 ? [numbers[0]!, numbers[0]!, numbers[0]!] : numbers
    const right = three.length === 3 && three.every(Number.isFinite)
    setWrong(!right)
    if (right) onChange([three[0]!, three[1]!, three[2]!])
  }
  return <TextField label={label} value={value.map((number) => Number(number.toPrecision(6))).join(', ')} error={wrong ? said.number : null} onCommit={commit} />
}

/** A part as JSON, for what has no field of its own. */
function Part({ label, part, manifest, onChange }: Props & { readonly label: string; readonly part: 'head' | 'input' }) {
  const [why, setWhy] = useState<string | null>(null)
  const commit = (text: string) => {
    const parsed = partOf(part, text)
    setWhy('why' in parsed ? parsed.why : null)
    if ('value' in parsed) onChange({ ...manifest, [part]: parsed.value })
  }
  return <details className="own__json"><summary>{label}</summary><TextArea label={label} hideLabel rows={6} dir="ltr" className="q-input own__code" value={JSON.stringify(manifest[part], null, 1)} error={why === null ? null : `${said.badJson} ${why}`} onCommit={commit} /></details>
}
