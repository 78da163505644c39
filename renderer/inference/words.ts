import type { Reading } from './reading.ts'
import type { Backend } from './backend.ts'

const whole = (ms: number) => (ms < 10_000 ? `${Math.round(ms).toLocaleString()} ms` : `${(ms / 1000).toFixed(1)} s`)
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`

/** What is said about models that run in the page. */
export const words = {
  noAnswer: (seconds: number) => `The model did not answer for ${seconds} s`,
  crashed: (message: string) => (message === '' ? 'The model stopped unexpectedly' : `The model stopped: ${message}`),
  gaveUp: (why: string) => `${why}. It was started again and tried once more without success. Try another picture, or carry on by hand.`,
  strange: (method: string) => `The worker’s answer to “${method}” makes no sense. Reload the window.`,
  closed: 'The project was closed.',
  fellBack: (message: string) => `The graphics processor failed while a model ran, so models run on the processor from now on. (${message})`,
  noModel: 'There is no model here that turns clicks into masks. Add one under Models.',
  noReader: 'There is no model here that reads lines of text. Add one under Models.',
  reading: {
    nothing: 'No text was read here.', silent: 'Nothing was understood here.', working: 'A model reads…', by: (model: string, score: number) => `${model} reads this, ${Math.round(score * 100)} % sure`,
    say: (reading: Reading): string => {
      switch (reading.kind) {
        case 'reading': return words.reading.working
        case 'failed': return reading.why
        case 'read': return `${words.reading.by(reading.by, reading.score)}. ${words.reading.how}`
      }
    },
    how: 'Enter accepts, → edits it, typing replaces it',
  },
  boxes: {
    preparing: 'Looking at the picture first; the boxes follow as soon as that is done.',
    left: (left: number, all: number) => (all === 1 ? 'Nothing in the box fits it, so it stays as it is. Draw it closer, or click the object with S.' : `${left} of ${all} boxes stay as they are: nothing in them fits.`),
  },
  alike: {
    progress: ({ done, total, found }: { done: number; total: number; found: number }) => `${done} of ${total} places looked at, ${found} found`,
    nothing: 'Nothing else like it was found in this picture.', tooSmall: 'It is too small for the model to tell what it is. Objects need about a fortieth of the picture’s longer side.',
    found: (n: number) => (n === 1 ? '1 like it was found: Enter accepts, Backspace rejects.' : `${n} like it were found: Enter accepts, Backspace rejects, Tab goes on.`), stopped: 'The search was stopped.',
  },
  noListener: 'There is no model here that writes down speech. Add one under Models.',
  transcribe: 'Transcribe the selected segments',
  backend: {
    title: 'Models in this window', short: { webgpu: 'GPU', wasm: 'CPU' } as const, waiting: 'Models: not started',
    name: ({ kind, threads, adapter }: Backend) => (kind === 'webgpu' ? `WebGPU on ${adapter}` : `WebAssembly, ${threads} ${threads === 1 ? 'thread' : 'threads'}`),
    entry: (kind: 'webgpu' | 'wasm') => `Models run on the ${kind === 'webgpu' ? 'graphics processor' : 'processor'}`,
    reason: ({ reason }: Backend): string => {
      switch (reason.kind) {
        case 'graphics': return 'A graphics processor is there, and it calculates as WebAssembly does.'
        case 'no-webgpu': return 'This browser offers no graphics processor to models (WebGPU).'
        case 'software': return `The graphics processor is only imitated by software (${reason.adapter}), which is slower than WebAssembly.`
        case 'disagreed': return `${reason.adapter} gave other numbers than WebAssembly (${reason.comparison.failure ?? `by ${reason.comparison.difference?.toExponential(1) ?? 'more than can be said'}`}), so it is not used.`
        case 'fell-back': return words.fellBack(reason.message)
        case 'asked': return 'WebAssembly was asked for.'
      }
    },
    measured: 'Measured here', encoder: 'Looking at a picture', decoder: 'One click', reader: 'One line of text', none: 'not yet', ms: whole,
    of: (ms: number, n: number) => `${whole(ms)} (median, n = ${n})`,
    ahead: 'Look at pictures ahead', aheadHint: 'When an item opens, and the next one, so that the first click finds everything ready. Begins once Click to segment has been used.',
    stored: (pictures: number, bytes: number) => (pictures === 0 ? 'Nothing is kept on disk.' : `${pictures.toLocaleString()} ${pictures === 1 ? 'picture' : 'pictures'} kept on disk, ${megabytes(bytes)}`),
    forget: 'Clear', compare: 'Compare WebGPU with WebAssembly', comparing: 'Comparing…',
    compared: ({ difference, webgpuMs, wasmMs, failure }: { difference: number | null; webgpuMs: number | null; wasmMs: number; failure: string | null }) =>
      (failure === null ? `Largest difference ${difference === null ? 'not a number' : difference.toExponential(1)}; WebGPU ${(webgpuMs ?? 0).toFixed(1)} ms, WebAssembly ${wasmMs.toFixed(1)} ms (self-test graph, n = 1)` : `WebGPU failed: ${failure}`),
  },
  preparing: {
    waiting: 'Getting ready to look at this picture',
    fetching: (done: number, total: number | null) => `Fetching the model, ${megabytes(done)}${total === null ? '' : ` of ${megabytes(total)}`}`,
    loading: 'Loading the model',
    calculating: (elapsed: number, usual: number | null) => (usual === null ? `Looking at the picture, ${Math.floor(elapsed / 1000)} s so far` : `Looking at the picture, ${Math.floor(elapsed / 1000)} of about ${Math.max(1, Math.round(usual / 1000))} s`),
  },
} as const
