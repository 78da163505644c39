import { runModel } from '#shared/prelabel/runModel.ts'
import type { ImageInput, Manifest } from '#shared/prelabel/manifest.ts'
import { wantedSize } from '#shared/prelabel/picture/frame.ts'
import type { Outcome } from '#shared/prelabel/prediction.ts'
import type { Sample } from '#shared/prelabel/sample.ts'
import { ruleById } from '#shared/prelabel/rules/rules.ts'
import { joinedAt, later, shifted } from '#shared/prelabel/shift.ts'
import { clickInTheMiddle } from './clicking.ts'
import type { Looker, Predicted, PredictTask } from './protocol.ts'
import { pictureSample, type Seen } from './sample.ts'
import { backend, loadedModel } from './sessions.ts'
import { eachWindow } from './sound.ts'

/** Longest side in pixels that rules look at, and that text is read from. */
const rulesSide = 1600
const textSide = 4000
/** Numbers that an item may be described by; a graph could answer with as many as memory holds. */
const mostNumbers = 65_536

/** Begins to decode a picture now, and gives what computes the answer when it is this task's turn. */
export function beginPredict(task: PredictTask): () => Promise<Predicted> {
  const { item, by } = task
  if (item.kind === 'audio') return () => predictSound(task, item)
  const region = task.region?.kind === 'box' ? task.region : null
  const seen = pictureSample(item, region, wantedBy(by))
  // Its failure is told when its turn comes.
  seen.catch(() => undefined)
  return async () => predictPicture(task, await seen)
}

async function predictPicture(task: PredictTask, { sample, left, top }: Seen): Promise<Predicted> {
  const look = await lookerOf(task)
  const start = performance.now()
  const outcome = await look(sample)
  const ms = performance.now() - start
  return { outcome: left === 0 && top === 0 ? outcome : { ...outcome, predictions: shifted(outcome.predictions, left, top) }, ms, backend: backendOf(task.by) }
}

async function predictSound(task: PredictTask, item: Extract<PredictTask['item'], { kind: 'audio' }>): Promise<Predicted> {
  const look = await lookerOf(task)
  const region = task.region?.kind === 'stretch' ? task.region : null
  let whole: Outcome | null = null
  let ms = 0
  await eachWindow(item, region, async (sample, start) => {
    const began = performance.now()
    const outcome = await look(sample)
    ms += performance.now() - began
    const predictions = later(outcome.predictions, start)
    whole = whole === null ? { ...outcome, predictions } : { ...whole, predictions: joinedAt(whole.predictions, predictions, start), notes: [...new Set([...whole.notes, ...outcome.notes])] }
  })
  return { outcome: whole ?? { predictions: [], notes: ['The sound has no samples.'], embedding: null }, ms, backend: backendOf(task.by) }
}

/** The model is loaded before the clock starts. */
async function lookerOf({ by, settings }: PredictTask): Promise<(sample: Sample) => Promise<Outcome>> {
  if (by.kind === 'rule') {
    const rule = ruleById(by.id)
    if (!rule) throw new Error(`There is no rule ${by.id}.`)
    return (sample) => rule.run(sample, settings)
  }
  const loaded = await loadedModel(by)
  if (by.manifest.head.kind === 'sam') return (sample) => clickInTheMiddle(by.manifest, loaded.sessions, sample)
  return async (sample) => {
    const outcome = await runModel(by.manifest, loaded, sample, settings)
    if ((outcome.embedding?.length ?? 0) > mostNumbers) throw new Error(`The model says ${outcome.embedding!.length.toLocaleString('en')} numbers of an item, and at most ${mostNumbers.toLocaleString('en')} can be kept. It is most likely no model of embeddings.`)
    return outcome
  }
}

const backendOf = (by: Looker) => (by.kind === 'rule' ? 'rule' : backend)

/** How large the decoded picture must be. */
function wantedBy(by: Looker): (width: number, height: number) => { width: number; height: number } {
  if (by.kind === 'rule') return noLongerThan(rulesSide)
  return isReader(by.manifest) || by.manifest.input.kind !== 'image' ? noLongerThan(textSide) : halvedFor(by.manifest.input)
}

/**
 * A decoder shrinks by halves at no cost, and what is left to the model's own resizing is less than a half: so a picture up to twice the model's size
 * reaches it with the very pixels that its authors' code would see.
 */
const halvedFor = (input: ImageInput) => (width: number, height: number) => {
  const wanted = wantedSize(input, width, height)
  const halvings = Math.floor(Math.log2(Math.min(width / wanted.width, height / wanted.height)))
  return { width: width / 2 ** halvings, height: height / 2 ** halvings }
}

/** Lines are cut from the picture itself, not from what their detector sees. */
const isReader = ({ head }: Manifest) => head.kind === 'ocr' || head.kind === 'ctc'

const noLongerThan = (side: number) => (width: number, height: number) => {
  const scale = Math.min(1, side / Math.max(width, height))
  return { width: width * scale, height: height * scale }
}
