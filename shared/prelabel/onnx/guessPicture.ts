import type { Clues, Guessed } from './clues.ts'
import { eyeOf } from './eye.ts'
import { guessDetector } from './guessDetector.ts'
import { guessMap } from './guessMap.ts'
import { guessVector } from './guessVector.ts'

/** A model that looks at one picture, or null. */
export function guessPicture(clues: Clues): Guessed | null {
  const eye = eyeOf(clues.header.inputs)
  if (!eye) return null
  return guessDetector(clues, eye) ?? guessMap(clues, eye) ?? guessVector(clues, eye)
}
