import { hrrasaTexts, rasaTexts } from '#shared/consensus/text/rasa.ts'
import { roverTexts, type TextEstimate, type TextOptions, type WrittenAnswer } from '#shared/consensus/text/texts.ts'

export type TextEstimator = (answers: readonly WrittenAnswer[], options?: TextOptions) => TextEstimate

/** Every estimator of texts by the name under which it is asked for. */
export const textMethods = { rover: roverTexts, rasa: rasaTexts, hrrasa: hrrasaTexts } as const satisfies Record<string, TextEstimator>

export type TextMethod = keyof typeof textMethods
export const textMethodNames = Object.keys(textMethods) as TextMethod[]
