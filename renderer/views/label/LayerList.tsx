import { Eye, EyeOff } from 'lucide-react'
import { useStore } from 'zustand'
import type { Layer } from '#shared/model/author.ts'
import { toggled, type LabelStore } from './labelState.ts'
import { words } from './words.ts'

interface Props {
  /** The layers on this item with the number of their annotations, mine first. */
  readonly layers: readonly { readonly layer: Layer; readonly count: number }[]
  readonly me: Layer
  readonly state: LabelStore
}

/** Whose work lies on the item; each can be put out of sight. */
export function LayerList({ layers, me, state }: Props) {
  const hidden = useStore(state, (label) => label.hiddenLayers)
  return (
    <ul className="layers" aria-label={words.layers}>
      {layers.map(({ layer, count }) => {
        const isHidden = hidden.includes(layer)
        const Sign = isHidden ? EyeOff : Eye
        return (
          <li key={layer} className="layer" data-hidden={isHidden || undefined}>
            <span className="layer__ring" style={{ '--hue': hueOf(layer) } as React.CSSProperties} aria-hidden="true">{initials(layer)}</span>
            <span className="q-clip q-grow" dir="auto">{layer}{layer === me ? <span className="q-muted"> {words.mine}</span> : null}</span>
            <span className="label__count">{count}</span>
            <button type="button" className="label__eye" aria-pressed={isHidden} aria-label={`${isHidden ? words.show : words.hide} ${layer}`} onClick={() => state.setState({ hiddenLayers: toggled(hidden, layer) })}><Sign aria-hidden="true" /></button>
          </li>
        )
      })}
    </ul>
  )
}

/** A person's hue, the same on every machine. */
function hueOf(name: string): number {
  let hash = 7
  for (const sign of name) hash = (hash * 31 + sign.codePointAt(0)!) % 360
  return hash
}

const initials = (name: string) => [...name].slice(0, 2).join('').toUpperCase()
