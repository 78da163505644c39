import type { Manifest } from '#shared/prelabel/manifest.ts'
import { preprocess } from '#shared/prelabel/picture/preprocess.ts'
import type { Outcome } from '#shared/prelabel/prediction.ts'
import { answerPrompt } from '#shared/prelabel/prompt/answer.ts'
import { frameOf } from '#shared/prelabel/prompt/frame.ts'
import { polygonOf } from '#shared/prelabel/prompt/outline.ts'
import type { Sample } from '#shared/prelabel/sample.ts'
import type { Session, Sessions } from '#shared/prelabel/tensor.ts'

const tolerance = 1

/** What a segmenter that waits for clicks cuts out at a click in the middle of the picture: to see that it works, before it is added. Throws in words. */
export async function clickInTheMiddle({ name, input, head }: Manifest, { encoder, decoder }: Sessions, sample: Sample): Promise<Outcome> {
  if (!encoder || !decoder) throw new Error(`${name} has no encoder and decoder.`)
  if (input.kind !== 'image' || input.size.kind !== 'fixed' || sample.kind !== 'image' || head.kind !== 'sam') throw new Error(`${name} needs pictures of a fixed size.`)
  const { tensor } = preprocess(input, sample)
  const embedded = await encoder.run({ [input.name ?? firstOf(encoder.inputs)]: tensor })
  const embedding = embedded[head.embedding ?? firstOf(encoder.outputs)]
  if (embedding?.type !== 'float32') throw new Error('The encoder gave no numbers for this picture.')
  const prompt = { points: [{ x: sample.width / 2, y: sample.height / 2, positive: true }], box: null }
  const { cutout } = await answerPrompt(decoder, embedding, prompt, null, frameOf(sample.width, sample.height, input.size.width))
  const note = 'It was asked for what lies in the middle of the picture.'
  if (cutout === null) return { predictions: [], notes: [note], embedding: null }
  return { predictions: [{ className: '', score: cutout.score, geometry: polygonOf(cutout, tolerance), text: null, margin: null, entropy: null }], notes: [note], embedding: null }
}

const firstOf = (ports: Session['inputs']): string => ports[0]?.name ?? ''
