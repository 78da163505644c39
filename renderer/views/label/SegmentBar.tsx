import { useStore } from 'zustand'
import { useCommands } from '#renderer/frame/context.tsx'
import { Segmented, Slider } from '#renderer/ui/Choice.tsx'
import type { LabelStore } from './labelState.ts'
import { words } from './words.ts'

/** Largest and least distance of an outline from the cut-out's own, in pixels of its mask. */
const most = 8
const step = 0.5

/** Floats over the picture while objects are cut out: how fine the outline is, and what it becomes. Both work on what is shown. */
export function SegmentBar({ state }: { readonly state: LabelStore }) {
  const { tolerance, output } = useStore(state, (label) => label.cutouts)
  const put = (part: { readonly tolerance?: number; readonly output?: 'polygon' | 'mask' }) => state.setState(({ cutouts }) => ({ cutouts: { ...cutouts, ...part } }))
  const by = (change: number) => put({ tolerance: Math.min(most, Math.max(0, state.getState().cutouts.tolerance + change)) })
  const { segment } = words
  const polygon = () => state.getState().cutouts.output === 'polygon'
  useCommands([
    { id: 'segment.coarser', name: segment.coarser, group: words.groups.tools, keys: [']'], when: polygon, run: () => by(step) },
    { id: 'segment.finer', name: segment.finer, group: words.groups.tools, keys: ['['], when: polygon, run: () => by(-step) },
    { id: 'segment.output', name: segment.asMask, group: words.groups.tools, keys: ['Shift+S'], run: () => put({ output: polygon() ? 'mask' : 'polygon' }) },
  ])
  return (
    <div className="segmentbar" role="group" aria-label={segment.bar}>
      <Segmented label={segment.output} hideLabel value={output} onChange={(next) => put({ output: next })} options={[{ value: 'polygon', label: segment.polygon }, { value: 'mask', label: segment.mask }]} />
      {/* A mask has no outline to set, but what is beside the pointer must not move. */}
      <div className="segmentbar__detail" data-off={output === 'mask' || undefined}>
        <span>{segment.detail}</span>
        <Slider label={segment.detail} value={tolerance} min={0} max={most} step={step} text={segment.tolerance(tolerance)} disabled={output === 'mask'} onChange={(value) => put({ tolerance: value })} />
        <span className="segmentbar__value q-muted">{segment.tolerance(tolerance)}</span>
      </div>
    </div>
  )
}
