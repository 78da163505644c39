import { diffText } from '#shared/text/diff.ts'
import type { Proposal } from '#shared/consensus/proposal.ts'

/** A person's text with the words that differ from the estimate marked; what is missing stands struck through. */
export function VariantText({ text, estimate }: { readonly text: string; readonly estimate: string | null }) {
  if (estimate === null || text === estimate) return <p className="varianttext q-selectable" dir="auto">{text}</p>
  return (
    <p className="varianttext q-selectable" dir="auto">
      {diffText(estimate, text).map((run, index) => (
        run.kind === 'equal' ? <span key={index}>{run.right}</span>
        : <span key={index}>{run.left.trim() === '' ? null : <del>{run.left}</del>}{run.right === '' ? null : <ins>{run.right}</ins>}</span>
      ))}
    </p>
  )
}

/** The estimated text: the less sure a word, the stronger it is underlined; its variants stand in its tooltip. */
export function EstimatedText({ text }: { readonly text: NonNullable<Proposal['text']> }) {
  if (text.words.length === 0) return <p className="varianttext q-selectable" dir="auto">{text.value}</p>
  return (
    <p className="varianttext q-selectable" dir="auto">
      {text.words.map((word, index) => (
        <span key={index}>
          {index > 0 && word.text !== '' ? ' ' : ''}
          {word.text === '' ? null : <span className="word" data-doubt={word.confidence < 0.6 ? 'much' : word.confidence < 0.95 ? 'some' : undefined} title={titleOf(word)}>{word.text}</span>}
        </span>
      ))}
    </p>
  )
}

const titleOf = ({ variants }: NonNullable<Proposal['text']>['words'][number]) =>
  variants.map(({ text, share, people }) => `${text === '' ? '–' : text} ${Math.round(share * 100)} % (${people.join(', ')})`).join('\n')
