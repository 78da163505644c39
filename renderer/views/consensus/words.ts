import type { ApplyAnswer, AreaMethod, BoxMethod, ConsensusMethod } from '#shared/contract/consensus.ts'
import type { AnnotationFlag } from '#shared/model/annotation.ts'
import type { AttributeValue } from '#shared/model/attribute.ts'
import type { DisputeKind } from '#shared/model/verdict.ts'

const many = (n: number, one: string, more: string) => `${n.toLocaleString()} ${n === 1 ? one : more}`

/** What the consensus view says. */
export const words = {
  noProject: 'No project is open', noProjectHint: 'Open one to see where its people differ.', projects: 'Projects',
  never: { title: 'Nothing is estimated yet', text: 'Quorum compares what people marked on the same items, estimates what is really there, and lists where they differ too much to tell.', action: 'Estimate now' },
  alone: { title: 'Nobody has anything to differ about', text: 'Consensus needs items that at least two people did. Let a second person label some of them, or import their work into a layer of its own.' },
  estimate: 'Estimate', again: 'Estimate again', estimating: 'Estimating', stale: (n: number) => `${many(n, 'item', 'items')} changed since`, staleLong: (n: number) => `${many(n, 'item', 'items')} changed since the skills were learned. Estimate again for people’s skills to be learned from them too.`, unmeasured: 'Time left is not known yet', nothingLeft: 'No work left',
  method: 'Labels', methods: { 'auto': 'Choose by the data', 'majority': 'Majority vote', 'dawid-skene': 'Dawid–Skene', 'one-coin': 'One coin', 'glad': 'GLAD', 'mace': 'MACE' },
  howToEstimate: 'How to estimate', usedLast: (used: string) => `The last run used ${used}.`,
  methodHints: {
    'auto': 'Compares the models with the vote on votes that were held back, and takes what explains them best. Right for most projects.',
    'majority': 'Everybody counts the same. Choose it for few items, or when nothing may be learned about people.',
    'dawid-skene': 'Learns which labels each person confuses. Choose it with many items a person and few labels.',
    'one-coin': 'Learns how often each person is right, whatever the label. Choose it when people have done few items or there are many labels.',
    'glad': 'Learns how good people are and how hard items are. Choose it when some items are much harder than others.',
    'mace': 'Learns who answers without looking. Choose it when some people may have guessed or spammed.',
  } satisfies Record<ConsensusMethod, string>,
  boxes: 'Boxes', boxMethods: { habits: 'Learned habits', fusion: 'Fusion' } satisfies Record<BoxMethod, string>,
  boxHints: {
    habits: 'Learns who draws loose or to one side and takes that off before it joins the boxes. Right when people do several items each.',
    fusion: 'Weighted boxes fusion: the mean of the boxes. Choose it when people did too few boxes to learn habits from.',
  } satisfies Record<BoxMethod, string>,
  areas: 'Areas', areaMethods: { average: 'Average', staple: 'STAPLE' } satisfies Record<AreaMethod, string>,
  areaHints: {
    average: 'The average of everybody’s outlines, by distance. The border lies between people’s borders; right for most projects.',
    staple: 'Learns pixel by pixel how well each person finds the area. Choose it when some people miss much or draw far too much.',
  } satisfies Record<AreaMethod, string>,
  things: (n: number) => many(n, 'thing', 'things'), settled: (n: number) => `${n.toLocaleString()} settled`, open: (n: number) => `${many(n, 'dispute', 'disputes')} open`, decided: (n: number) => `${n.toLocaleString()} decided`,
  left: (minutes: number) => `about ${minutes < 1 ? 'a minute' : many(Math.round(minutes), 'minute', 'minutes')} left`,
  progress: 'Settled or decided', disputes: 'Disputes', decidedOnes: 'Decided', openOnes: 'Open',
  kinds: { existence: 'existence', label: 'label', geometry: 'place', split: 'split', attribute: 'attribute', wording: 'wording', boundary: 'boundary', speaker: 'speaker' } satisfies Record<DisputeKind, string>,
  allKinds: 'All kinds', kind: 'Kind of dispute', order: 'Order',
  weights: { disagreement: 'How far people differ', doubt: 'How unsure the estimate is', skill: 'How good those people are', label: 'How much the label matters' },
  weightsShort: { disagreement: 'They differ', doubt: 'Doubt', skill: 'Their skill', label: 'Label matters' },
  weigh: 'What comes first', weighHint: 'Drag to weigh. A part at 0 counts for nothing.',
  agreement: (share: number) => `${Math.round(share * 100)} %`, row: (what: string, agreement: number, who: string) => `${what} · ${Math.round(agreement * 100)} % · ${who}`,
  noLabel: 'no label', nobody: 'nobody', noDispute: 'No dispute is open. What is settled can be written down.', noDecided: 'Nothing has been decided yet.', noneOfKind: 'No dispute of this kind.',
  apply: 'Write estimates', applyHint: 'One change into the layer consensus; can be taken back in one step.', applied: ({ annotations, added, updated, removed, kept, undecided, yielded, disputed, unlikely }: ApplyAnswer) => [
    `The layer consensus holds ${many(annotations, 'estimate', 'estimates')} now: ${[...(added > 0 ? [`${added.toLocaleString()} new`] : []), ...(updated > 0 ? [`${updated.toLocaleString()} changed`] : []), ...(removed > 0 ? [`${removed.toLocaleString()} taken away`] : [])].join(', ')}.`,
    ...(undecided > 0 ? [`${undecided.toLocaleString()} of them ${undecided === 1 ? 'is' : 'are'} disputed, and nobody has decided.`] : []), ...(yielded > 0 ? [`${yielded.toLocaleString()} ${yielded === 1 ? 'gives' : 'give'} way to what a person made of ${yielded === 1 ? 'it' : 'them'}.`] : []),
    ...(kept > 0 ? [`${kept.toLocaleString()} that a person edited ${kept === 1 ? 'was' : 'were'} left alone.`] : []), ...(disputed > 0 ? [`${disputed.toLocaleString()} disputed ${disputed === 1 ? 'was' : 'were'} not written.`] : []), ...(unlikely > 0 ? [`${unlikely.toLocaleString()} that ${unlikely === 1 ? 'is' : 'are'} more likely nothing ${unlikely === 1 ? 'was' : 'were'} not written.`] : []),
  ].join(' '), applySettled: 'Settled ones only', applyAll: 'All that are likely there', nothingNew: 'The layer consensus holds this already.',
  takeBack: 'Take back', takeBackLong: 'Take back what was written last', takenBack: 'The layer consensus is as it was before. Decisions stay.', lastRun: (who: string, when: string) => `Last written by ${who}, ${when}`,
  estimateCard: 'Estimate', decidedCard: 'Decided', acceptEstimate: 'Accept estimate', take: 'Take', takeOf: (letter: string) => `Take ${letter}`, also: (letter: string) => `${letter} is right too`, several: 'Accept both', severalOf: (n: number) => (n <= 2 ? 'Accept both' : `Accept all ${n}`), severalHint: 'Tick two or more variants first.',
  none: 'None of these', edit: 'Edit', unclear: 'Guideline unclear', save: 'Save this', cancel: 'Cancel', names: 'Show names', hideNames: 'Cover names', why: 'Why', next: 'Next dispute', previous: 'Previous dispute', undo: 'Undo', fit: 'Show the whole item', closer: 'Show the dispute', heat: 'Heat of disagreement', heatShort: 'Heat', heatOf: 'What the heat shows',
  heatKinds: {
    probability: { short: 'Estimate', hint: 'How likely each place belongs to the thing, as the estimate has it: the redder, the nearer to even odds.', legend: 'Red: even odds that it belongs · clear: certain either way' },
    shapes: { short: 'People', hint: 'How many people have each place inside: the redder, the nearer to half of them.', legend: 'Red: half of the people have it inside · clear: nobody or everybody' },
  },
  sideBySide: 'Side by side', paneOf: (letter: string) => (letter === 'estimate' ? 'Estimate beside the others' : `${letter} beside the others`), sideHint: 'Panes move together: drag or arrows move, the wheel or + and − zoom, F shows the dispute · S lays them over each other', zoomIn: 'Zoom in', zoomOut: 'Zoom out',
  nothingHere: 'Nothing is here',
  yourThings: 'Your things', yourAnswer: 'Your answer', tier: 'Tier', flagsOf: 'Flags',
  flags: { crowd: 'crowd', occluded: 'occluded', truncated: 'truncated', difficult: 'difficult', illegible: 'illegible' } satisfies Record<AnnotationFlag, string>,
  steps: { draw: 'Draw another', duplicate: 'Duplicate', divide: 'Divide in two', join: 'Join into one', remove: 'Take this thing away', undo: 'Undo this step', next: 'Next of your things', previous: 'Previous of your things' },
  answer: (value: AttributeValue) => (Array.isArray(value) ? value.join(', ') : String(value)),
  another: 'Somebody changed these marks: this dispute is another one now, or none.',
  notDisputed: (decided: number, all: number, kind: DisputeKind | null) => (kind !== null ? 'This item has no open dispute of this kind.' : all === 0 ? 'Nobody marked anything in this item.' : decided > 0 ? `Nothing is disputed in this item any more: ${many(decided, 'thing', 'things')} decided, the rest settled.` : 'Nothing is disputed in this item.'),
  lookAtItem: 'Look at the item', firstDispute: 'Go to the first dispute', place: (at: number, total: number) => `${at.toLocaleString()} of ${total.toLocaleString()}`,
  nothingToUndo: 'There is no decision of yours to undo here.', undoneIn: (name: string) => `Your decision in ${name} was undone.`,
  same: (letter: string) => `as ${letter}`, fitShort: (share: number) => `${Math.round(share * 100)} % alike`, fitWith: (share: number) => `${Math.round(share * 100)} % with the estimate`, absent: (letters: string) => `${letters} marked nothing here.`, weight: (share: number) => `weight ${Math.round(share * 100)} %`,
  posterior: (share: number) => `${Math.round(share * 100)} %`, existence: 'It is there', labelOf: 'Label', spread: 'Spread', score: 'Score', scoreOf: (share: number) => `score ${Math.round(share * 100)} %`, methodOf: 'Method', who: 'Who contributed', whyEstimate: 'How sure the estimate is', whyRank: 'Why it comes now', splitNote: (n: number) => `${n} proposals belong together: what is one to some is several to others.`,
  sides: (sides: readonly number[]) => `left ±${sides[0]!.toFixed(1)}, top ±${sides[1]!.toFixed(1)}, right ±${sides[2]!.toFixed(1)}, bottom ±${sides[3]!.toFixed(1)} px`, area: (share: number) => `${(share * 100).toFixed(1)} % of the area is doubtful`, ends: (start: number, end: number) => `start ±${start.toFixed(2)} s, end ±${end.toFixed(2)} s`, points: (deviation: number) => `points ±${deviation.toFixed(1)} px`,
  noteTitle: 'What does the guideline leave open?', noteHint: 'It is kept with this example for whoever writes the guideline.', noteMissing: 'Write what is unclear.', saveNote: 'Keep the note',
  decidedAs: { take: 'Taken', several: 'Several taken', estimate: 'Estimate accepted', edited: 'Edited', none: 'None of these', unclear: 'Guideline unclear', final: 'Decided in the layer final' },
  decidedLine: (what: string, people: string) => `${what}${people === '' ? '' : `: ${people}`}`,
  text: 'Text', label: 'Label', start: 'Start', end: 'End', seconds: 's', play: 'Play', playOf: (letter: string) => `Play ${letter}`, playEstimate: 'Play the estimate', playYours: 'Play your answer', yours: 'Yours', wave: 'Waveform', canvasHint: 'Drag the shape or its points · D draws another · Ctrl+Shift+D divides · Enter saves · Esc leaves it', soundHint: 'Drag an end of your answer · Ctrl+Shift+D divides · Ctrl+Enter saves · Esc leaves it', secondsComplaint: 'Seconds from 0 to the end of the sound.',
  loading: 'Loading', hiddenHint: 'Space plays · a letter takes · Enter accepts the estimate', hint: 'A letter takes a variant · Enter accepts the estimate · 0 none of these · F2 edits · S side by side · N next',
  group: 'Consensus', unclearNotes: 'Guideline notes', notesTitle: 'Where the guideline is unclear', noNotes: 'Nobody has noted anything yet.', panes: { list: 'Width of the list of disputes', cards: 'Width of the variants' },
  profile: 'How people fare', profileHead: ['Person', 'Marks', 'Right labels', 'Found', 'Really there', 'Words'] as const, percentOrDash: (share: number | null) => (share === null ? '–' : `${Math.round(share * 100)} %`),
  more: 'More', variantOf: (letter: string) => `Variant ${letter}`, pictureFailed: 'This picture cannot be shown.', estimateOf: (there: number) => (there === 0 ? 'Estimate: nothing is here' : there === 1 ? 'Estimate' : `Estimate: ${there} things`), pixel: 'px',
} as const
