import { QuorumError } from '#shared/contract/errors.ts'
import { mismatch, type Reading } from './decode/reading.ts'
import { feedsOf } from './feeds.ts'
import type { Head, HeadOf } from './manifest.ts'
import { preprocess } from './picture/preprocess.ts'
import type { Decoded, Prediction } from './prediction.ts'
import type { Runner } from './runner.ts'

/** A head that looks at a picture once: sized and normalised, run, decoded. */
export function pictureRunner<Kind extends Head['kind']>(kind: Kind, decode: (head: HeadOf<Kind>, reading: Reading) => Decoded): Runner {
  return async (manifest, sessions, sample, settings) => {
    const { input, head } = manifest
    if (head.kind !== kind) throw mismatch(`“${manifest.name}” has the head ${head.kind}, not ${kind}.`)
    if (input.kind !== 'image') throw mismatch(`“${manifest.name}” has the head ${kind}, which is about pictures, and an input of sound. Its manifest is wrong.`)
    if (sample.kind !== 'image') throw new QuorumError('invalid-input', `“${manifest.name}” looks at pictures, and this item is a sound.`)
    const session = sessions['model']
    if (!session) throw mismatch(`“${manifest.name}” has no graph named \`model\`.`)
    const { tensor, place } = preprocess(input, sample)
    const outputs = await session.run(feedsOf(session, input, tensor, place.frame))
    const notes: string[] = []
    return { ...decode(head as HeadOf<Kind>, { manifest, outputs, place, settings, notes }), notes }
  }
}

/** A decoder of predictions as one of outcomes. */
export const predictions = <Kind extends Head['kind']>(decode: (head: HeadOf<Kind>, reading: Reading) => Prediction[]) =>
  (head: HeadOf<Kind>, reading: Reading) => ({ predictions: decode(head, reading), embedding: null })
