import { Eye, EyeOff } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { glyphPath } from '#renderer/ui/glyph.ts'
import { GlyphChip } from '#renderer/ui/Feedback.tsx'
import { keyText } from '#renderer/ui/Kbd.tsx'
import { rowAfter } from '#renderer/ui/rowAfter.ts'
import { toggled, type LabelStore } from './labelState.ts'
import { words } from './words.ts'

interface Props {
  readonly labels: readonly Label[]
  readonly state: LabelStore
  /** How many of the visible annotations have each label. */
  readonly counts: ReadonlyMap<LabelId | null, number>
  readonly onChoose: (label: LabelId) => void
}

/** The schema: the chosen label is given to what is drawn, and to the selection when it is chosen. */
export function LabelList({ labels, state, counts, onChoose }: Props) {
  const chosen = useStore(state, (label) => label.label)
  const hidden = useStore(state, (label) => label.hiddenLabels)
  const active = Math.max(0, labels.findIndex(({ id }) => id === chosen))
  const move = (event: KeyboardEvent) => {
    const to = rowAfter(event.key, active, labels.length, 5)
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    onChoose(labels[to]!.id)
  }
  return (
    <div className="labels" role="listbox" aria-label={words.labels} tabIndex={0} onKeyDown={move} {...(labels.length > 0 ? { 'aria-activedescendant': optionId(labels[active]!.id) } : {})}>
      {labels.map((label) => {
        const isHidden = hidden.includes(label.id)
        const Sign = isHidden ? EyeOff : Eye
        return (
          // The listbox takes the keys; an option answers the pointer.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div key={label.id} id={optionId(label.id)} role="option" tabIndex={-1} aria-selected={label.id === chosen} aria-label={label.name} className="label" data-hidden={isHidden || undefined} onClick={() => onChoose(label.id)}>
            <GlyphChip path={glyphPath(label.glyph)} color={label.color} />
            <span className="q-clip q-grow" dir="auto" title={label.name}>{label.name}</span>
            {/* An option has a name and no controls of its own. What stands beside the name is drawn by the style sheet, for the eye and the pointer alone, so that what one reads is what one says; a key does the same. */}
            <span className="label__beside" aria-hidden="true">
              <span className="label__count" data-count={counts.get(label.id)} />
              {label.hotkey === null ? <span className="label__nokey" /> : <span className="q-kbd"><span data-key={keyText(label.hotkey)} /></span>}
              {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events -- its key is a command of the view */}
              <span className="label__eye" title={`${isHidden ? words.show : words.hide} ${label.name}`}
                onClick={(event) => { event.stopPropagation(); state.setState({ hiddenLabels: toggled(hidden, label.id) }) }}><Sign /></span>
            </span>
          </div>
        )
      })}
    </div>
  )
}

const optionId = (id: LabelId) => `option-${id}`
