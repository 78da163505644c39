import type { ConsensusSummary, RankWeights } from '#shared/contract/consensus.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Proposal, Spread } from '#shared/consensus/proposal.ts'
import { LetterChip } from './LetterChip.tsx'
import type { Case } from './variants.ts'
import { words } from './words.ts'

interface Props { readonly of: Case; readonly labels: ReadonlyMap<LabelId, Label>; readonly summary: ConsensusSummary; readonly names: boolean; readonly parts: RankWeights }

/** Why the estimate is what it is: posterior, spread, who contributed with what weight, and what missed its bar. */
export function Why({ of, labels, summary, names, parts }: Props) {
  const decided = of.proposals.some((proposal) => proposal.decided !== null)
  return (
    <section className="why" aria-label={words.why}>
      {of.proposals.length > 1 && !decided ? <p className="q-muted why__whole">{words.splitNote(of.proposals.length)}</p> : null}
      {of.proposals.map((proposal) => <WhyOne key={proposal.key} proposal={proposal} of={of} labels={labels} />)}
      {!decided ? <Worth parts={parts} /> : null}
      {[...new Set(of.proposals.map(methodText))].map((text) => <p key={text} className="q-muted q-small q-selectable why__whole">{words.methodOf}: {text}</p>)}
      {names ? <Profiles summary={summary} of={of} /> : null}
      <p className="q-muted q-small why__whole">{words.methods[summary.method]} · {summary.why}</p>
    </section>
  )
}

const methodText = ({ method, parameters }: Proposal) =>
  [method, ...Object.entries(parameters).filter(([name]) => name !== 'why').map(([name, value]) => `${name} ${typeof value === 'number' ? Number(value.toPrecision(4)) : String(value)}`)].join(' · ')

function WhyOne({ proposal, of, labels }: { readonly proposal: Proposal; readonly of: Case; readonly labels: Props['labels'] }) {
  const letter = new Map(of.variants.flatMap(({ letter: own, annotations }) => annotations.map(({ id }) => [id as string, own] as const)))
  const spread = spreadText(proposal.spread)
  const shares = proposal.contributors.flatMap(({ annotation, weight }) => (letter.has(annotation) ? [{ letter: letter.get(annotation)!, annotation, weight }] : [])).toSorted((a, b) => (a.letter < b.letter ? -1 : 1))
  return (
    <>
      <div>
        <h2>{words.whyEstimate}</h2>
        <dl>
          <div><dt>{words.existence}</dt><dd><Share share={proposal.existence} /></dd></div>
          {proposal.label.all.map(({ label, posterior }) => <div key={label ?? ''}><dt className="q-clip">{label === null ? words.noLabel : (labels.get(label)?.name ?? label)}</dt><dd><Share share={posterior} /></dd></div>)}
          {spread === null ? null : <div><dt>{words.spread}</dt><dd>{spread}</dd></div>}
        </dl>
      </div>
      {shares.length === 0 ? null : <div>
        <h2>{words.who}</h2>
        <dl>{shares.map((one) => <div key={one.annotation}><dt><LetterChip letter={one.letter} /></dt><dd><Share share={one.weight} /></dd></div>)}</dl>
      </div>}
    </>
  )
}

/** Why the dispute stands where it does in the list. */
function Worth({ parts }: { readonly parts: RankWeights }) {
  return (
    <div>
      <h2>{words.whyRank}</h2>
      <dl>{(Object.keys(words.weights) as (keyof RankWeights)[]).map((part) => <div key={part}><dt className="q-clip" title={words.weights[part]}>{words.weightsShort[part]}</dt><dd><Share share={parts[part]} /></dd></div>)}</dl>
    </div>
  )
}

const Share = ({ share }: { readonly share: number }) => (
  <span className="share"><span className="share__bar" style={{ inlineSize: `${Math.round(share * 100)}%` }} /><span className="q-number">{words.posterior(share)}</span></span>
)

function spreadText(spread: Spread): string | null {
  switch (spread.kind) {
    case 'sides': return words.sides(spread.deviations)
    case 'area': return words.area(spread.doubtful)
    case 'ends': return words.ends(spread.start, spread.end)
    case 'points': return words.points(spread.deviation)
    case 'none': return null
  }
}

function Profiles({ summary, of }: { readonly summary: ConsensusSummary; readonly of: Case }) {
  const here = new Set(of.variants.map(({ author }) => author))
  const rows = summary.profiles.filter(({ author }) => here.has(author))
  return (
    <table className="profiles">
      <caption>{words.profile}</caption>
      <thead><tr>{words.profileHead.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
      <tbody>
        {rows.map(({ author, marks, accuracy, recall, precision, words: right }) => (
          <tr key={author}><th scope="row" className="q-clip">{author}</th><td className="number">{marks}</td>{[accuracy, recall, precision, right].map((share, index) => <td key={index} className="number">{words.percentOrDash(share)}</td>)}</tr>
        ))}
      </tbody>
    </table>
  )
}
