import { Pause, Play, Repeat, Settings2, ZoomIn, ZoomOut, Maximize } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { windowLengths, windowShapes } from '#shared/audio/spectrogram.ts'
import { IconButton } from '#renderer/ui/Button.tsx'
import { Checkbox, Segmented, Slider } from '#renderer/ui/Choice.tsx'
import { Popover } from '#renderer/ui/Popover.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { speeds, type Player } from './player.ts'
import { soundPreferences } from './preferences.ts'
import { clock } from './ruler.ts'
import { words } from './words.ts'

interface Props {
  readonly player: Player
  readonly rate: number
  readonly frames: number
  readonly onPlay: () => void
  readonly onZoom: (factor: number) => void
  readonly onFit: () => void
}

/** Play, loop, speed, where the playhead is. */
export function TransportBar({ player, rate, frames, onPlay, onZoom, onFit }: Props) {
  const { playing, loop, speed } = useStore(player.state)
  const time = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const show = () => { if (time.current) time.current.textContent = clock(player.frame() / rate, 3) }
    show()
    return player.onMove(show)
  }, [player, rate])
  const set = (next: number) => { soundPreferences.setState({ speed: next }); player.set({ speed: next }) }
  const options = speeds.map((value) => ({ value: String(value), label: words.times(value) }))
  return (
    <div className="transport">
      <IconButton label={playing ? words.pause : words.play} keys="Space" aria-pressed={playing} onClick={onPlay} className="transport__play">{playing ? <Pause /> : <Play />}</IconButton>
      <IconButton label={words.loop} keys="L" aria-pressed={loop} onClick={() => player.set({ loop: !loop })}><Repeat /></IconButton>
      <Select size="small" label={words.speed} hideLabel value={String(speed)} onChange={(value) => set(Number(value))} options={options} />
      <span className="transport__time"><span ref={time}>0:00.000</span><span className="q-muted"> / {clock(frames / rate, 1)}</span></span>
      <span className="q-grow" />
      <IconButton label={words.zoomOut} keys="-" onClick={() => onZoom(0.5)}><ZoomOut /></IconButton>
      <IconButton label={words.zoomIn} keys="+" onClick={() => onZoom(2)}><ZoomIn /></IconButton>
      <IconButton label={words.fit} keys="F" onClick={onFit}><Maximize /></IconButton>
      <SoundSettings player={player} />
    </div>
  )
}

function SoundSettings({ player }: { readonly player: Player }) {
  const preferences = useStore(soundPreferences)
  const set = soundPreferences.setState
  return (
    <Popover label={words.settings} align="end" trigger={<IconButton label={words.settings}><Settings2 /></IconButton>}>
      <div className="sound-settings">
        <label className="sound-settings__level"><span>{words.gain}</span><Slider label={words.gain} value={preferences.gain} min={1} max={16} step={1} text={words.times(preferences.gain)} onChange={(gain) => set({ gain })} /><span className="q-muted">{words.times(preferences.gain)}</span></label>
        <Checkbox label={words.spectrogram} checked={preferences.spectrogram} onChange={(spectrogram) => set({ spectrogram })} />
        <Select size="small" label={words.windowLength} value={String(preferences.window)} onChange={(value) => set({ window: windowLengths.find((length) => String(length) === value) ?? 1024 })} options={windowLengths.map((length) => ({ value: String(length), label: words.samples(length) }))} />
        <Select size="small" label={words.shape} value={preferences.shape} onChange={(shape) => set({ shape })} options={windowShapes.map((value) => ({ value, label: words.shapes[value] }))} />
        <Segmented label={words.axis} value={preferences.axis} onChange={(axis) => set({ axis })} options={[{ value: 'mel', label: words.axes.mel }, { value: 'linear', label: words.axes.linear }]} />
        <Level label={words.low} value={preferences.low} min={-120} max={preferences.high - 10} onChange={(low) => set({ low })} />
        <Level label={words.high} value={preferences.high} min={preferences.low + 10} max={5} onChange={(high) => set({ high })} />
        <Segmented label={words.channels} value={preferences.channels} onChange={(channels) => set({ channels })} options={[{ value: 'separate', label: words.channelModes.separate }, { value: 'mixed', label: words.channelModes.mixed }]} />
        <label className="sound-settings__level"><span>{words.rewind}</span><Slider label={words.rewind} value={preferences.rewind} min={0} max={5} step={0.25} text={words.seconds(preferences.rewind)} onChange={(rewind) => { set({ rewind }); player.set({ rewind }) }} /><span className="q-muted">{words.seconds(preferences.rewind)}</span></label>
        <Checkbox label={words.snap} checked={preferences.snap} onChange={(snap) => set({ snap })} />
        <Checkbox label={words.follow} checked={preferences.follow} onChange={(follow) => set({ follow })} />
        <Checkbox label={words.playOnArrival} checked={preferences.playOnArrival} onChange={(playOnArrival) => set({ playOnArrival })} />
      </div>
    </Popover>
  )
}

function Level({ label, value, min, max, onChange }: { readonly label: string; readonly value: number; readonly min: number; readonly max: number; readonly onChange: (value: number) => void }) {
  return <label className="sound-settings__level"><span>{label}</span><Slider label={label} value={value} min={min} max={max} step={5} text={words.decibels(value)} onChange={onChange} /><span className="q-muted">{words.decibels(value)}</span></label>
}
