import { useEffect, useImperativeHandle, useMemo, useRef, type Ref } from 'react'
import type { AudioAsset } from '#shared/model/asset.ts'
import { createPlayer, type Player } from '#renderer/audio/player.ts'
import { useSound } from '#renderer/audio/useSound.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Notice } from '#renderer/ui/Feedback.tsx'
import { KeyHint } from '#renderer/ui/Kbd.tsx'
import type { Editing } from './editing.ts'
import { stretchOf } from './shapes.ts'
import { rowsOf, yours } from './soundRows.ts'
import type { Case } from './variants.ts'
import { Wave } from './Wave.tsx'
import { words } from './words.ts'

export interface SoundStageHandle {
  readonly toggle: () => void
  /** Plays what a letter marked, or the estimate. */
  readonly play: (letter: string) => void
}

interface Props {
  readonly asset: AudioAsset
  readonly of: Case | null
  readonly alone: string | null
  /** The adjudicator's own answer; its ends are dragged. */
  readonly editing: Editing | null
  readonly onEdit: (editing: Editing) => void
  readonly ref: Ref<SoundStageHandle>
}

/** The sound with everybody's segments on one axis of time, the estimate below them, and each to be heard on its own. */
export function SoundStage({ asset, of, alone, editing, onEdit, ref }: Props) {
  const sound = useSound(asset)
  const media = useRef<HTMLAudioElement>(null)
  const player = useRef<Player | null>(null)
  const rows = useMemo(() => (of === null ? [] : rowsOf(of, editing)), [of, editing])
  const stretch = useMemo(() => (of === null ? null : stretchOf(of)), [of])
  const { source } = sound
  useEffect(() => {
    if (!source || !media.current) return undefined
    const made = createPlayer({ media: media.current, rate: source.rate, frames: source.frames })
    player.current = made
    return () => {
      made.close()
      player.current = null
    }
  }, [source])
  const spanOf = (from: number, to: number) => ({ start: Math.round(from * source!.rate), end: Math.round(to * source!.rate) })
  const play = (letter: string) => {
    const bars = rows.find((row) => row.letter === letter)?.bars ?? []
    if (source && bars.length > 0) player.current?.play(spanOf(Math.min(...bars.map(({ start }) => start)), Math.max(...bars.map(({ end }) => end))))
    else player.current?.toggle()
  }
  const toggle = () => {
    if (player.current?.state.getState().playing) return player.current.pause()
    if (source && stretch) player.current?.play(spanOf(Math.max(0, stretch.start - 0.3), stretch.end + 0.3))
    else player.current?.toggle()
  }
  useImperativeHandle(ref, () => ({ toggle, play }))
  return (
    <div className="disputestage disputestage--sound">
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what is said in it is what is being written */}
      <audio ref={media} src={sound.url} preload="auto" />
      {sound.notice === null ? null : <Notice tone={sound.tone}>{sound.notice}</Notice>}
      {source === null ? null : <Wave key={asset.id} source={source} rows={rows} alone={alone} stretch={stretch} caseKey={of?.key ?? ''} player={player} editing={editing} onEdit={onEdit} />}
      <div className="soundrows">
        <Button size="small" onClick={toggle}>{words.play}<KeyHint keys="Space" /></Button>
        {rows.map(({ letter }) => <Button key={letter} size="small" aria-label={letter === 'estimate' ? words.playEstimate : letter === yours ? words.playYours : words.playOf(letter)} onClick={() => play(letter)}>{letter === 'estimate' ? words.estimateCard : letter === yours ? words.yours : letter}{letter.length === 1 ? <KeyHint keys={`Alt+${letter}`} /> : null}</Button>)}
      </div>
    </div>
  )
}
