const percent = (score: number) => `${Math.round(score * 100)} %`

/** What is said where two models' drafts stand side by side. */
export const compareWords = {
  title: 'Compare drafts', command: 'Compare drafts of two models', leave: 'One picture', take: 'Take the draft under the hand into my layer',
  pane: { left: 'Left model', right: 'Right model' }, canvas: { left: 'Left canvas', right: 'Right canvas' }, choose: { left: 'Model on the left', right: 'Model on the right' }, none: 'no model', percent,
  leastOfNone: { left: 'Least score on the left', right: 'Least score on the right' }, least: (model: string) => `Least score of ${model}`,
  count: (n: number, mean: number | null) => `${n === 1 ? '1 draft' : `${n.toLocaleString()} drafts`}${mean === null ? '' : `, mean ${percent(mean)}`}`,
  takeAll: (n: number) => `Take ${n === 0 ? 'all' : `all ${n.toLocaleString()}`}`, takeAllOf: (n: number, model: string) => `Take ${n === 0 ? 'all' : `all ${n.toLocaleString()}`} of ${model}`,
  noModel: 'No other model has drafts on this item.', noDrafts: (model: string, below: number) => (below === 0 ? `${model} has no drafts on this item.` : `All ${below} drafts of ${model} are below the score.`),
  needTwo: 'Two models need drafts on this item before they can be compared. Pre-label it with another model first.',
  sound: 'On a sound each model’s drafts lie in a row of their own below the tier, one under the other.',
  figures: 'What the two models have in common', matched: 'both', only: (model: string | null, side: 'left' | 'right') => `only ${model ?? side}`, otherLabel: 'other label', otherText: 'other text', meanPlace: 'mean IoU',
  mean: (place: number | null, n: number) => (place === null ? '–' : `${place.toFixed(2)} (n = ${n})`),
  byLabel: 'By label', label: 'Label', both: 'Both', best: 'Best so far', bestNone: '–', bestHint: 'By how each model’s drafts of the label fared so far, over the whole project.', noLabel: 'no label',
  takeBest: (n: number) => `Take the best model’s ${n.toLocaleString()}`, texts: 'Lines that the two read differently', textOf: (model: string | null) => model ?? '–', nothingRead: 'nothing',
} as const
