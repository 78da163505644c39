import { AudioLines } from 'lucide-react'
import { useState } from 'react'
import type { AudioAsset } from '#shared/model/asset.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { Notice } from '#renderer/ui/Feedback.tsx'
import { TextEditor } from './AttributeForm.tsx'
import { words } from './words.ts'

interface Props {
  readonly asset: AudioAsset
  readonly url: string
  /** My annotation of the whole item; made when I first write. */
  readonly annotation: Annotation
  readonly onEdit: (edit: Edit | null) => void
}

/** A sound with its player and its text. */
export function AudioItem({ asset, url, annotation, onEdit }: Props) {
  const [broken, setBroken] = useState(false)
  return (
    <div className="audio" data-asset={asset.id}>
      <div className="audio__head"><AudioLines aria-hidden="true" /><span dir="auto" className="q-clip">{asset.name}</span><span className="q-muted">{words.seconds(asset.duration)} · {asset.sampleRate.toLocaleString()} Hz · {asset.channels} ch</span></div>
      {broken ? <Notice tone="problem">{words.soundFailed}</Notice> : null}
      {/* The text beneath it is the caption, which a person writes here. */}
      {/* eslint-disable-next-line jsx-a11y/media-has-caption */}
      <audio className="audio__player" aria-label={words.player} controls preload="metadata" src={url} onError={() => setBroken(true)} />
      <TextEditor key={annotation.id} annotation={annotation} label={words.transcription} rows={10} onEdit={onEdit} />
    </div>
  )
}
