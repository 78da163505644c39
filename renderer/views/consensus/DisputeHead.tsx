import { Button } from '#renderer/ui/Button.tsx'
import { KeyHint } from '#renderer/ui/Kbd.tsx'
import type { DisputeRow } from '#shared/contract/consensus.ts'
import type { Case } from './variants.ts'
import { words } from './words.ts'

interface Toggles { readonly names: () => void; readonly heat: () => void; readonly side: () => void; readonly why: () => void }

interface Props {
  readonly row: DisputeRow
  /** Where it stands in the list. */
  readonly place: string
  readonly of: Case | null
  readonly names: boolean
  readonly heat: boolean
  readonly sideBySide: boolean
  readonly why: boolean
  readonly toggles: Toggles
}

/** Which dispute is in hand, how it is looked at, and in whole sentences what is disputed. */
export function DisputeHead({ row, place, of, names, heat, sideBySide, why, toggles }: Props) {
  // The item's own sentences call people as they are called now; the row's are of when the list was read. A row without any is of a decision, and says whose.
  const disputes = of?.proposals.flatMap((proposal) => proposal.disputes) ?? []
  const sentences = disputes.length > 0 ? [...new Map(disputes.map(({ kind, sentence }) => [sentence, kind])).entries()] : (row.what.length > 0 ? row.what : [row.why]).map((sentence) => [sentence, null] as const)
  const namesWord = names ? words.hideNames : words.names
  return (
    <>
      <header className="adjudication__head">
        <b className="q-clip">{row.name}</b><span className="q-muted q-number q-clip q-grow">{place}</span>
        {row.media === 'image' ? <Button size="small" tone="quiet" aria-label={words.sideBySide} aria-pressed={sideBySide} onClick={toggles.side}>{words.sideBySide}<KeyHint keys="S" /></Button> : null}
        {row.media === 'image' ? <Button size="small" tone="quiet" aria-label={words.heat} aria-pressed={heat} onClick={toggles.heat}>{words.heatShort}<KeyHint keys="H" /></Button> : null}
        <Button size="small" tone="quiet" aria-label={words.why} aria-pressed={why} onClick={toggles.why}>{words.why}<KeyHint keys="W" /></Button>
        <Button size="small" tone="quiet" className="adjudication__names" aria-label={namesWord} onClick={toggles.names}>{namesWord}<KeyHint keys="R" /></Button>
      </header>
      <div className="adjudication__what q-selectable">
        {sentences.map(([sentence, kind]) => <p key={sentence}>{kind === null ? null : <b>{words.kinds[kind]}</b>} {sentence}</p>)}
      </div>
    </>
  )
}
