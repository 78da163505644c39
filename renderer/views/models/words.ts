import type { ModelRow, ModelTask } from '#shared/contract/prelabel.ts'

/** What the models page, the pre-label dialog and its report say. */
export const words = {
  title: 'Models', close: 'Close', cancel: 'Cancel', list: 'Models', none: 'No model is here', noneHint: 'Add an ONNX file, or install the built-in models with the command that the README names.', loading: 'Reading the models',
  noProject: 'No project is open', noProjectHint: 'Models draft on the items of a project.', projects: 'Go to projects',
  add: 'Add a model…', fares: 'How drafts fare', prelabel: 'Pre-label…', prelabelCommand: 'Pre-label items', measure: 'Measure here', measuring: 'Measuring…', remove: 'Remove…', goTo: 'Models', group: 'Models',
  tasks: {
    'detect': 'objects', 'segment': 'areas', 'prompt-segment': 'area at a click', 'classify': 'class of the item', 'text-detect': 'lines of text', 'text-recognise': 'text of lines',
    'voice-activity': 'speech in time', 'speech-to-text': 'speech as text', 'embed': 'likeness of items',
  } satisfies Record<ModelTask, string>,
  kinds: { 'rule': 'rule, no weights', 'built-in': 'built in', 'own': 'your own' } satisfies Record<ModelRow['kind'], string>,
  facts: { task: 'Finds', kind: 'Kind', version: 'Version', licence: 'Licence', source: 'Source', size: 'Size', latency: 'Time an item here', backend: 'Runs on', classes: 'Classes', threshold: 'Least score', files: 'Files' },
  notMeasured: 'not measured yet', ms: (ms: number) => (ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`), bytes: (bytes: number) => (bytes === 0 ? 'no weights' : `${(bytes / 1e6).toLocaleString(undefined, { maximumFractionDigits: 1 })} MB`),
  classes: (classes: readonly string[]) => (classes.length === 0 ? 'none' : `${classes.length}: ${classes.slice(0, 12).join(', ')}${classes.length > 12 ? ', …' : ''}`), percent: (share: number) => `${Math.round(share * 100)} %`,
  removeTitle: (name: string) => `Remove ${name}?`, removeText: 'Its files go from this machine. Drafts that it made stay, with its name and the hash of its file.', removeDo: 'Remove model', removed: (name: string) => `${name} is removed.`,
  unaided: { title: 'Share without drafts', hint: 'Of every 100 pairs of a person and an item, so many are shown without drafts until that person submits. What people draw unaided is what acceptance is compared with.', change: 'set share without drafts' },
  start: {
    title: 'Pre-label', model: 'Model', items: 'Items', all: 'All that nobody has submitted', filter: 'Those in the list of items', one: 'The open item', threshold: 'Least score', map: 'Labels of its classes', find: 'Find a class', className: 'Class', label: 'Label',
    open: 'not decided, counted', none: 'left out on purpose', make: (name: string) => `New label “${name}”`, mapped: (n: number, all: number) => `${n} of ${all} classes become a label. The others are counted and leave no draft.`,
    makeAll: 'New labels for all that are not decided', begin: 'Start', problem: 'This model cannot run now:', noModel: 'Choose a model.', change: (model: string) => `map the classes of ${model}`, noClasses: 'This model has no classes: its drafts come without a label, or with the label of the same name.',
    onlyOpen: 'Only those not decided', noneLeft: 'No class is left to decide.',
  },
  report: {
    title: 'Pre-label report', loading: 'Reading the report', items: 'items', drafts: 'drafts', failed: 'failed', skipped: 'had them already', unmapped: 'Predictions of classes without a label', failures: 'Items that failed', clean: 'Every item was looked at', perItem: (ms: string, backend: string) => `${ms} an item, ${backend}`,
    item: 'Item', why: 'Why', notes: 'Notes',
    leftOut: (submitted: number, missing: number) => `Left out: ${[...(submitted > 0 ? [`${submitted.toLocaleString()} that somebody has submitted`] : []), ...(missing > 0 ? [`${missing.toLocaleString()} whose file is missing`] : [])].join(', ')}.`,
    waiting: (items: number) => `${items === 1 ? '1 item waits' : `${items.toLocaleString()} items wait`} to be brought in.`,
  },
  own: {
    title: 'Add a model', file: 'ONNX file, or folder with a manifest.json or an encoder and decoder', choose: 'Choose a file…', chooseFolder: 'Choose a folder…', ours: (name: string) => `${name} (comes with Quorum)`, inspect: 'Look into it', looking: 'Looking into the file…', guess: 'What it seems to be', noGuess: 'The graph says too little for a guess. Fill in what you know of it.', ports: 'What the graph takes and gives', input: 'in', output: 'out',
    name: 'Name', id: 'Id', idHint: 'Lower-case letters, digits, dots and dashes; drafts name it for good.', version: 'Version', task: 'Finds', licence: 'Licence', source: 'Source', head: 'Kind of output', details: 'Details of the output (JSON)', classes: 'Classes, one a line', width: 'Width', height: 'Height', inputSize: 'Input',
    channels: 'Order of colours', layout: 'Layout', fit: 'Made to fit by', scale: 'Scale', mean: 'Mean', deviation: 'Deviation', threshold: 'Least score', overlap: 'Overlap of doubles (IoU)', tryIt: 'Try it on an item', trying: 'Trying…', item: 'Item to try', accept: 'Add this model', adding: 'Adding…', tryFirst: 'Try it on an item first; then you see what you add.',
    result: (n: number, ms: string, backend: string) => `${n === 1 ? '1 prediction' : `${n} predictions`} in ${ms}, ${backend}`, nothing: 'It found nothing here. Lower the least score, try another item, or check kind of output and normalisation.', number: 'A number.', share: 'A number from 0 to 1.', badJson: 'This is not what such an output needs:', added: (name: string) => `${name} is added.`, audio: 'Sound: its rate and window stand in the details.',
    inputJson: 'Details of the input (JSON)', changed: 'Changed since it was tried.',
  },
} as const
