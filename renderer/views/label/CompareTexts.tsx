import type { AnnotationId } from '#shared/model/id.ts'
import { diffText } from '#shared/text/diff.ts'
import { readsOtherwise } from '#renderer/tools/draftComparison.ts'
import type { Comparing } from './comparing.ts'
import { compareWords as words } from './compareWords.ts'
import type { LabelStore } from './labelState.ts'

interface Props { readonly comparing: Comparing; readonly state: LabelStore; readonly onSelect: (ids: readonly AnnotationId[]) => void }

/** Lines that both models found and read differently: both readings, what differs marked. */
export function CompareTexts({ comparing, state, onSelect }: Props) {
  const differing = comparing.comparison.pairs.filter(({ left, right }) => readsOtherwise(left, right))
  if (differing.length === 0) return null
  return (
    <ul className="compare__texts" aria-label={words.texts}>
      {differing.map(({ left, right }) => (
        <li key={left.id}>
          <Reading id={left.id} text={left.text ?? ''} other={right.text ?? ''} state={state} onSelect={onSelect} />
          <Reading id={right.id} text={right.text ?? ''} other={left.text ?? ''} state={state} onSelect={onSelect} />
        </li>
      ))}
    </ul>
  )
}

function Reading({ id, text, other, state, onSelect }: { readonly id: AnnotationId; readonly text: string; readonly other: string } & Omit<Props, 'comparing'>) {
  return (
    <button type="button" className="compare__reading" dir="auto" onClick={() => onSelect([id])} onPointerEnter={() => state.setState({ hovered: id })} onPointerLeave={() => state.setState({ hovered: null })}>
      {text === '' ? <span className="q-muted">{words.nothingRead}</span>
        : diffText(other, text).map((run, index) => (run.kind === 'equal' ? <span key={index}>{run.right}</span> : run.right === '' ? null : <mark key={index}>{run.right}</mark>))}
    </button>
  )
}
