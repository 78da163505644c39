/** What the page about drafts and people says. */
export const words = {
  title: 'How drafts fare', models: 'Models', noProject: 'No project is open', noProjectHint: 'Drafts are judged on the items of a project.', projects: 'Go to projects', loading: 'Counting verdicts',
  none: 'Nothing to count yet', noneHint: 'Pre-label some items, then accept, edit and reject drafts. What people decide is counted here.', prelabel: 'Pre-label items',
  slice: 'Slice by', noSlice: 'no slices', over: 'Over time', day: 'by day', verdicts: 'per 50 verdicts', common: 'Only items that every model drafted on', counted: (items: number) => (items === 1 ? '1 item with drafts' : `${items.toLocaleString()} items with drafts`),
  trend: 'Accepted as they are, over time', trendNote: 'share of verdicts, whiskers 95 % (Wilson)', trendX: { day: 'day', verdicts: 'block of 50 verdicts' }, trendY: 'accepted',
  byLabel: 'Accepted as they are, by label', byLabelNote: 'whiskers 95 % (Wilson)', label: 'label', accepted: 'accepted', noVerdicts: 'No verdict yet.', noLabel: 'no label', noValue: 'no value', all: 'all',
  table: 'Figures', csv: 'Save the figures as CSV', best: 'best',
  head: {
    model: 'Model', label: 'Label', slice: 'Slice', drafts: 'Drafts', decided: 'Verdicts', accepted: 'Accepted', edited: 'Edited', rejected: 'Rejected', shape: '1 − IoU', vertices: 'Vertices', characters: 'Characters', seconds: 'Boundary, s', time: 'Time to decide, s',
    misses: 'Missed', missesUnaided: 'Missed, unaided', alarms: 'False alarms, unaided', anchoring: 'Anchoring',
  },
  help: {
    accepted: 'As things are now: accepted and changed since counts as edited, accepted and deleted since as rejected.', misses: 'People’s marks that no draft matches (IoU at least 0.5, same label), on items that they finished.',
    unaided: 'On items that people labeled without drafts: marks that no draft matches; drafts that no mark matches.', anchoring: 'Mean IoU of drafts with people’s marks, those who saw the drafts minus those who did not. 0: seeing them changes nothing. 95 % bootstrap interval over persons and items.',
  },
  anchoring: 'Anchoring', anchoringText: (model: string, difference: string, interval: string) => `${model}: the IoU of its drafts with what people end with is ${difference} where they saw the drafts, against where they did not${interval}.`,
  anchoringNone: (model: string) => `${model}: not known. It takes items finished with drafts, and items finished without.`, interval: (low: string, high: string) => ` (95 % ${low} to ${high})`, sizes: (aided: number, unaided: number) => ` n ${aided} and ${unaided} drafts.`,
  shareHow: 'Choose a share without drafts on the models page.',
} as const
