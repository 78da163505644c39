import { SunMedium } from 'lucide-react'
import { useStore } from 'zustand'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { Slider } from '#renderer/ui/Choice.tsx'
import { Popover } from '#renderer/ui/Popover.tsx'
import { noAdjust, type Adjust, type LabelStore } from './labelState.ts'
import { words } from './words.ts'

const ranges = { brightness: [0.2, 3], contrast: [0.2, 3], gamma: [0.2, 4] } as const

/** How the picture is shown; nothing of it is saved with the work. */
export function AdjustPopover({ state }: { readonly state: LabelStore }) {
  const adjust = useStore(state, (label) => label.adjust)
  const put = (part: Partial<Adjust>) => state.setState({ adjust: { ...adjust, ...part } })
  const changed = adjust !== noAdjust
  return (
    <Popover label={words.adjust} trigger={<IconButton label={words.adjust} aria-pressed={changed}><SunMedium /></IconButton>}>
      <div className="q-column adjust">
        {(['brightness', 'contrast', 'gamma'] as const).map((name) => (
          <div key={name}>
            <div className="q-row"><span className="q-grow">{words[name]}</span><span className="q-muted">{words.percent(adjust[name])}</span></div>
            <Slider label={words[name]} value={adjust[name]} min={ranges[name][0]} max={ranges[name][1]} step={0.05} text={words.percent(adjust[name])} onChange={(value) => put({ [name]: value })} />
          </div>
        ))}
        <Button size="small" disabled={!changed} onClick={() => state.setState({ adjust: noAdjust })}>{words.reset}</Button>
      </div>
    </Popover>
  )
}
