import { QuorumError } from '#shared/contract/errors.ts'
import type { Clues, Guessed } from './clues.ts'
import { eyeOf } from './eye.ts'
import { guessDetector } from './guessDetector.ts'
import { guessMap } from './guessMap.ts'
import { guessVector } from './guessVector.ts'

/** A model that looks at one picture, or null. */
export function guessPicture(clues: Clues): Guessed | null {
  const eye = eyeOf(clues.header.inputs)
  if (!eye) return null
  if (eye.port.type === 'float16') throw new QuorumError('unsupported', `The model’s input \`${eye.port.name}\` is of type float16. Export the model with 32-bit floating-point numbers.`)
  return guessDetector(clues, eye) ?? guessMap(clues, eye) ?? guessVector(clues, eye)
}
