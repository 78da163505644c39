const many = (n: number, one: string, more: string) => `${n.toLocaleString()} ${n === 1 ? one : more}`

/** What the quality view says. */
export const words = {
  noProject: 'No project is open', noProjectHint: 'Open one to see how far its people agree.', projects: 'Projects', loading: 'Measuring',
  nobody: { title: 'Agreement needs two people', text: 'No item has been done by two people yet. Let a second person label some of them, or import their work into a layer of its own.' },
  title: 'Agreement', lead: (items: number, things: number) => `${many(items, 'item', 'items')} that at least two people did, ${many(things, 'thing', 'things')} in them`,
  apart: (alone: number, other: number) => `${alone.toLocaleString()} seen by one person alone, ${other.toLocaleString()} under different labels`,
  threshold: 'Same from IoU', thresholdHint: 'From this IoU (or what stands for it) two marks are the same thing.', people: 'People', allPeople: 'nobody', leaveOut: 'Leave out', label: 'Label', allLabels: 'All labels',
  figures: {
    alpha: 'Alpha, missing counted', labelAlpha: 'Alpha of labels', f1: 'F1, same label', placeF1: 'F1 of place', iou: 'Mean IoU', boundary: 'Boundary F', wer: 'WER between people', cer: 'CER between people',
  },
  explain: {
    alpha: 'Krippendorff’s alpha over the things found by matching; who marked nothing disagrees. 1 is perfect, 0 is chance.', labelAlpha: 'Krippendorff’s alpha over the labels of what was matched.', f1: 'Matched with the same label, over all marks.', placeF1: 'Matched at all, over all marks.',
    iou: 'Mean over pairs of matched marks.', boundary: 'Share of the borders that lie within 2 px of each other.', wer: 'Edits over the mean length, in words.', cer: 'Edits over the mean length, in characters.',
  },
  interval: (low: number, high: number) => `${low.toFixed(2)} to ${high.toFixed(2)}`, oneItem: 'one item, so no interval', noInterval: 'no interval', n: (n: number) => `n ${n.toLocaleString()}`, figure: (value: number) => value.toFixed(3),
  matrix: 'People with each other', matrixNote: 'F1 with the same label', confusion: 'Labels taken for each other', confusionNote: 'pairs of people who said them of one thing', sweep: 'What the threshold hides', sweepNote: 'all figures at each IoU, 95 % intervals as bands', sweepX: 'IoU from which two marks are the same',
  trend: 'Over time', trendNote: 'by the day of the last submission, 95 % intervals', trendX: 'day', byLabel: 'By label', byPerson: 'By person', bySlice: 'By slice', intervalNote: (one: number) => `alpha, 95 % intervals over items, n things${one === 0 ? '' : `; ${one} in one item, so without interval`}`, alphaAxis: 'alpha', f1Axis: 'F1', share: 'figure',
  worst: 'Least agreed', worstNote: (shown: number, of: number) => (shown < of ? `${shown} of ${of.toLocaleString()} items` : many(of, 'item', 'items')), worstCsv: 'Save Least agreed as CSV', figuresCsv: 'Save the figures as CSV', figuresHead: ['figure', 'value', 'low', 'high', 'n', 'items', 'why there is none'] as const, worstHead: ['Item', 'F1', 'IoU', 'Things', 'By one alone', 'Other names'] as const, noLabel: 'no label',
  nothing: 'There is nothing to measure here.', noSlices: 'The items have no metadata to slice by.', noTrend: 'Nothing was submitted yet.', noConfusion: 'Nobody gave one thing two names.', series: { alpha: 'alpha', f1: 'F1', iou: 'IoU' }, group: 'Quality', dash: '–',
} as const
