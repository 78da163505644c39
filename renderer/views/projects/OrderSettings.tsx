import { useState } from 'react'
import { sharesOf, Strategy, type ItemOrder, type Mix } from '#shared/model/itemOrder.ts'
import type { Project } from '#shared/model/project.ts'
import { Checkbox, Slider } from '#renderer/ui/Choice.tsx'
import { NumberField } from '#renderer/ui/Field.tsx'
import { orderWords as words } from './orderWords.ts'

interface Props {
  readonly project: Project
  readonly disabled: boolean
  readonly onEdit: (name: string, changed: Partial<Project>) => void
}

/** What somebody who has no opinion yet begins with. */
const plain: Mix = { uncertain: 40, diverse: 40, random: 20 }
const noOrder: ItemOrder = { mix: {}, seed: 1 }

/** In which order items are handed out: by name, or how much of the queue each way of choosing gets. */
export function OrderSettings({ project, disabled, onEdit }: Props) {
  const order = project.order ?? noOrder
  const put = (part: Partial<ItemOrder>) => onEdit(words.change, { order: { ...order, ...part } })
  const ordered = sharesOf(order.mix).length > 0
  return (
    <fieldset className="order">
      <legend>{words.title}</legend>
      <Checkbox label={words.own} hint={words.ownHint} checked={ordered} disabled={disabled} onChange={(on) => put({ mix: on ? plain : {} })} />
      {ordered ? (
        <>
          <Shares key={JSON.stringify(order.mix)} mix={order.mix} disabled={disabled} onChange={(mix) => put({ mix })} />
          <NumberField label={words.seed} hint={words.seedHint} value={order.seed} min={0} max={2 ** 31 - 1} complaint={words.seedComplaint} disabled={disabled} onCommit={(seed) => put({ seed: Math.round(seed ?? 1) })} />
        </>
      ) : null}
    </fieldset>
  )
}

/** A slider a strategy; beside it the share that they come to. While one is drawn the shares follow; they are kept when it is let go. */
function Shares({ mix, disabled, onChange }: { readonly mix: Mix; readonly disabled: boolean; readonly onChange: (mix: Mix) => void }) {
  const [drawn, setDrawn] = useState(() => inHundreds(mix))
  const shares = new Map(sharesOf(drawn).map(({ strategy, share }) => [strategy, share]))
  const put = (strategy: Strategy, value: number) => ({ ...drawn, [strategy]: value })
  // The last share cannot be drawn to nothing: that is what the box above is for.
  const done = (next: Mix) => (sharesOf(next).length > 0 ? onChange(next) : setDrawn(inHundreds(mix)))
  return (
    <div className="order__shares">
      {Strategy.options.map((strategy) => {
        const share = words.percent(shares.get(strategy) ?? 0)
        return (
          <div key={strategy} className="order__share">
            <span>{words.strategies[strategy]}</span>
            <Slider label={words.strategies[strategy]} value={drawn[strategy] ?? 0} min={0} max={100} step={5} text={share} disabled={disabled}
              onChange={(value) => setDrawn(put(strategy, value))} onCommit={(value) => done(put(strategy, value))} />
            <output className="q-number">{share}</output>
          </div>
        )
      })}
    </div>
  )
}

/** Shares in any unit as numbers that fit the sliders. */
function inHundreds(mix: Mix): Mix {
  const most = Math.max(...Object.values(mix))
  return Object.values(mix).every((value) => value <= 100 && value % 5 === 0) ? mix : Object.fromEntries(sharesOf(mix).map(({ strategy }) => [strategy, Math.max(5, Math.round((20 * (mix[strategy] ?? 0)) / most) * 5)]))
}
