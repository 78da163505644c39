/** What the label view says of drafts. */
export const draftWords = {
  title: 'Drafts', draftBar: 'Drafts', accept: 'Accept draft', reject: 'Reject draft', acceptAll: 'Accept all on this item', acceptShort: 'Accept', rejectShort: 'Reject', next: 'Next draft', previous: 'Previous draft', nextShort: 'Next', noLabel: 'no label',
  drafts: (n: number) => (n === 1 ? '1 draft' : `${n.toLocaleString()} drafts`), below: (n: number) => `${n.toLocaleString()} below the score`,
  histogram: (n: number) => `Scores of ${n === 1 ? '1 draft' : `${n} drafts`}, 0 to 1`, least: 'Least score', percent: (score: number) => `${Math.round(score * 100)} %`,
  acceptAbove: (n: number, score: number) => (score === 0 ? `Accept ${n}` : `Accept ${n} from ${Math.round(score * 100)} %`), rejectBelow: (n: number, score: number) => `Reject ${n} below ${Math.round(score * 100)} %`,
  labels: 'Drafts by label', above: (above: number, all: number) => (above === all ? String(all) : `${above} of ${all}`), models: 'Models on this item', show: (model: string) => `Drafts of ${model}`,
  best: 'Only the best model of each label', bestHint: 'By how its drafts of the label fared so far; labels that nobody judged show all.', unscored: (n: number) => (n === 1 ? '1 has no score and is always shown.' : `${n} have no score and are always shown.`),
  unaided: 'Shown without drafts', unaidedWhy: 'You label this item unaided, so that drafts can be compared with what people see for themselves. They come once you submit.', prelabel: 'Pre-label items', prelabelThis: 'Pre-label this item', group: 'Drafts',
} as const
