import { Settings2 } from 'lucide-react'
import { AreaMethod, BoxMethod, ConsensusMethod, type ConsensusSummary } from '#shared/contract/consensus.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { Segmented } from '#renderer/ui/Choice.tsx'
import { KeyHint } from '#renderer/ui/Kbd.tsx'
import { Popover } from '#renderer/ui/Popover.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import type { RunOptions } from './runOptions.ts'
import { words } from './words.ts'

interface Props {
  readonly name: string
  readonly tone: 'primary' | 'normal'
  readonly running: boolean
  readonly options: RunOptions
  /** Of the last run; null before the first. */
  readonly summary: ConsensusSummary | null
  readonly onOptions: (options: RunOptions) => void
  readonly onRun: () => void
}

/** Starts a run, and beside it how the run goes about it. */
export function RunButton({ name, tone, running, options, summary, onOptions, onRun }: Props) {
  return (
    <span className="runbutton">
      <Button size={tone === 'primary' ? 'normal' : 'small'} tone={tone} disabled={running} aria-label={running ? words.estimating : name} onClick={onRun}>{running ? words.estimating : name}{tone === 'primary' ? <KeyHint keys="Shift+E" /> : null}</Button>
      <Popover label={words.howToEstimate} align="end" trigger={<IconButton label={words.howToEstimate} size={tone === 'primary' ? 'normal' : 'small'}><Settings2 /></IconButton>}>
        <Options options={options} summary={summary} onOptions={onOptions} />
      </Popover>
    </span>
  )
}

function Options({ options, summary, onOptions }: Pick<Props, 'options' | 'summary' | 'onOptions'>) {
  const { method, boxes, areas } = options
  return (
    <div className="runoptions">
      <h2>{words.howToEstimate}</h2>
      <Select label={words.method} hint={words.methodHints[method]} value={method} options={ConsensusMethod.options.map((value) => ({ value, label: words.methods[value] }))} onChange={(next) => onOptions({ ...options, method: next })} />
      <Segmented label={words.boxes} hint={words.boxHints[boxes]} value={boxes} options={BoxMethod.options.map((value) => ({ value, label: words.boxMethods[value] }))} onChange={(next) => onOptions({ ...options, boxes: next })} />
      <Segmented label={words.areas} hint={words.areaHints[areas]} value={areas} options={AreaMethod.options.map((value) => ({ value, label: words.areaMethods[value] }))} onChange={(next) => onOptions({ ...options, areas: next })} />
      {summary === null ? null : <p className="runoptions__used"><b>{words.usedLast(summary.used)}</b> <span className="q-muted">{summary.why}</span></p>}
    </div>
  )
}
