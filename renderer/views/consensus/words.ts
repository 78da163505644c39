import type { DisputeKind } from '#shared/model/verdict.ts'

const many = (n: number, one: string, more: string) => `${n.toLocaleString()} ${n === 1 ? one : more}`

/** What the consensus view says. */
export const words = {
  noProject: 'No project is open', noProjectHint: 'Open one to see where its people differ.', projects: 'Projects',
  never: { title: 'Nothing is estimated yet', text: 'Quorum compares what people marked on the same items, estimates what is really there, and lists where they differ too much to tell.', action: 'Estimate now' },
  alone: { title: 'Nobody has anything to differ about', text: 'Consensus needs items that at least two people did. Let a second person label some of them, or import their work into a layer of its own.' },
  estimate: 'Estimate', again: 'Estimate again', estimating: 'Estimating', stale: (n: number) => `${many(n, 'item', 'items')} changed since the skills were learned`,
  method: 'Method', methods: { 'auto': 'Choose the best', 'majority': 'Vote', 'dawid-skene': 'Dawid–Skene', 'one-coin': 'One coin', 'glad': 'GLAD', 'mace': 'MACE' },
  things: (n: number) => many(n, 'thing', 'things'), settled: (n: number) => `${n.toLocaleString()} settled`, open: (n: number) => `${many(n, 'thing', 'things')} to settle`, decided: (n: number) => `${n.toLocaleString()} decided`,
  left: (minutes: number) => `about ${minutes < 1 ? 'a minute' : many(Math.round(minutes), 'minute', 'minutes')} left`,
  progress: 'Settled or decided', disputes: 'Disputes', decidedOnes: 'Decided', openOnes: 'Open',
  kinds: { existence: 'existence', label: 'label', geometry: 'place', split: 'split', attribute: 'attribute', wording: 'wording', boundary: 'boundary', speaker: 'speaker' } satisfies Record<DisputeKind, string>,
  allKinds: 'All kinds', kind: 'Kind of dispute', order: 'Order',
  weights: { disagreement: 'How far people differ', doubt: 'How unsure the estimate is', skill: 'How good those people are', label: 'How much the label matters' },
  weigh: 'What comes first', weighHint: 'Drag to weigh. A part at 0 counts for nothing.',
  agreement: (share: number) => `${Math.round(share * 100)} %`, row: (what: string, agreement: number, who: string) => `${what} · ${Math.round(agreement * 100)} % · ${who}`,
  noLabel: 'no label', nobody: 'nobody', noDispute: 'No dispute is open. What is settled can be written down.', noDecided: 'Nothing has been decided yet.', noneOfKind: 'No dispute of this kind.',
  apply: 'Write estimates', applyHint: 'One change into the layer consensus; can be taken back in one step.', applied: (n: number) => `${many(n, 'estimate', 'estimates')} written into the layer consensus.`, applySettled: 'Settled ones only', applyAll: 'All that are likely there', nothingNew: 'The layer consensus holds this already.',
  takeBack: 'Take back', takenBack: 'The estimates were taken back.', lastRun: (who: string, when: string) => `Written by ${who}, ${when}`,
  estimateCard: 'Estimate', acceptEstimate: 'Accept estimate', take: 'Take', takeOf: (letter: string) => `Take ${letter}`, also: (letter: string) => `${letter} is right too`, several: 'Accept both', severalOf: (n: number) => (n <= 2 ? 'Accept both' : `Accept all ${n}`), severalHint: 'Tick two or more variants first.',
  none: 'None of these', edit: 'Edit', unclear: 'Guideline unclear', save: 'Save this', cancel: 'Cancel', names: 'Show names', hideNames: 'Cover names', why: 'Why', next: 'Next dispute', previous: 'Previous dispute', undo: 'Undo', fit: 'Show the whole item', closer: 'Show the dispute', heat: 'Heat of disagreement',
  another: 'Somebody changed these marks: this dispute is another one now, or none.',
  notDisputed: 'Nothing is disputed in this item.',
  nothingToUndo: 'There is no decision of yours to undo here.', undoneIn: (name: string) => `Your decision in ${name} was undone.`,
  same: (letter: string) => `as ${letter}`, fitWith: (share: number) => `${Math.round(share * 100)} % with the estimate`, absent: (letters: string) => `${letters} marked nothing here.`, weight: (share: number) => `weight ${Math.round(share * 100)} %`,
  posterior: (share: number) => `${Math.round(share * 100)} %`, existence: 'There is something', labelOf: 'Label', spread: 'Spread', score: 'Score', methodOf: 'Method', who: 'Who contributed', bars: 'Against the bars', splitNote: (n: number) => `${n} proposals belong together: what is one to some is several to others.`,
  sides: (sides: readonly number[]) => `left ±${sides[0]!.toFixed(1)}, top ±${sides[1]!.toFixed(1)}, right ±${sides[2]!.toFixed(1)}, bottom ±${sides[3]!.toFixed(1)} px`, area: (share: number) => `${(share * 100).toFixed(1)} % of the area is doubtful`, ends: (start: number, end: number) => `start ±${start.toFixed(2)} s, end ±${end.toFixed(2)} s`, points: (deviation: number) => `points ±${deviation.toFixed(1)} px`,
  noteTitle: 'What does the guideline leave open?', noteHint: 'It is kept with this example for whoever writes the guideline.', noteMissing: 'Write what is unclear.', saveNote: 'Keep the note',
  decidedAs: { take: 'Taken', several: 'Several taken', estimate: 'Estimate accepted', edited: 'Edited', none: 'None of these', unclear: 'Guideline unclear', final: 'Decided in the layer final' },
  decidedLine: (what: string, people: string) => `${what}${people === '' ? '' : `: ${people}`}`,
  text: 'Text', label: 'Label', start: 'Start', end: 'End', seconds: 's', play: 'Play', playOf: (letter: string) => `Play ${letter}`, wave: 'Waveform', canvasHint: 'Drag the shape or its points. Enter saves, Esc leaves it.', soundHint: 'Ctrl+Enter saves, Esc leaves it.', secondsComplaint: 'Seconds from 0 to the end of the sound.',
  loading: 'Loading', hiddenHint: 'Space plays · a letter takes · Enter accepts the estimate', hint: 'A letter takes a variant · Enter accepts the estimate · 0 none of these · N next',
  group: 'Consensus', unclearNotes: 'Guideline notes', notesTitle: 'Where the guideline is unclear', noNotes: 'Nobody has noted anything yet.', panes: { list: 'Width of the list of disputes', cards: 'Width of the variants' },
  profile: 'How people fare', profileHead: ['Person', 'Marks', 'Right labels', 'Found', 'Really there', 'Words'] as const, percentOrDash: (share: number | null) => (share === null ? '–' : `${Math.round(share * 100)} %`),
  more: 'More', variantOf: (letter: string) => `Variant ${letter}`, pictureFailed: 'This picture cannot be shown.', estimateOf: (there: number) => (there === 0 ? 'Estimate: nothing is here' : there === 1 ? 'Estimate' : `Estimate: ${there} things`), pixel: 'px',
} as const
