import type { AttributeDefinition, AttributeValue, AttributeValues } from '#shared/model/attribute.ts'
import type { Author } from '#shared/model/author.ts'
import { weightedMedian } from '#shared/consensus/shapes/robust.ts'
import { labelPosterior } from './labels.ts'
import { choicesIn, classOf, no, noAttributes, valueOf, yes, type AttributeModel } from './learnAttributes.ts'
import { shares, type Weighed } from './weigh.ts'

export interface AttributeVote { readonly person: Author; readonly weight: number; readonly values: AttributeValues }

/**
 * One attribute, decided. `agreement`: the weight of those who have the value (a number: nearly) over that of all who answered, 0 … 1. `certainty`: the
 * posterior of the value where a model of the people decided, else what the vote's share is worth, 0 … 1. `how`: which of them, in a few words.
 */
export interface AttributeEstimate {
  readonly id: string
  readonly value: AttributeValue
  readonly agreement: number
  readonly certainty: number
  readonly how: string
  readonly others: readonly { readonly person: Author; readonly value: AttributeValue }[]
}

export interface AttributeOptions {
  readonly definitions?: readonly AttributeDefinition[] | undefined
  /** How people answer each attribute. Default: nothing is known, so that all is voted on. */
  readonly modelOf?: ((id: string, choice?: string) => AttributeModel) | undefined
  /** What a share of so much weight is worth. Default: the share. */
  readonly certaintyOf?: ((share: number, total: number) => number) | undefined
}

/** Numbers agree that are no farther from the estimate than this share of it. */
const nearly = 0.05

/**
 * Each attribute by itself; who does not answer it abstains. Choices: the most probable by the model of how people answer it, else the one with the
 * most weight (ties by the value); several choices at once: each by itself. Numbers: the weighted median. Texts: the most weight.
 */
export function estimateAttributes(votes: readonly AttributeVote[], { definitions = [], modelOf = (id, choice) => noAttributes.of(null, id, choice), certaintyOf = (share) => share }: AttributeOptions = {}): AttributeEstimate[] {
  const ids = [...new Set(votes.flatMap(({ values }) => Object.keys(values)))].sort()
  const typeOf = new Map(definitions.map(({ id, type }) => [id, type]))
  return ids.map((id) => {
    const answers = votes.flatMap(({ person, weight, values }): Answer[] => (values[id] === undefined ? [] : [{ person, weight, value: values[id] }]))
    const { value, certainty, how } = decide(answers, typeOf.get(id), (choice) => modelOf(id, choice))
    const total = answers.reduce((sum, { weight }) => sum + weight, 0)
    const [agreeing, others] = [answers.filter((answer) => same(answer.value, value)), answers.filter((answer) => !same(answer.value, value))]
    const agreement = total > 0 ? Math.min(1, agreeing.reduce((sum, { weight }) => sum + weight, 0) / total) : agreeing.length / answers.length
    return {
      id, value, agreement, how, certainty: certainty ?? (typeof value === 'number' ? agreement : certaintyOf(agreement, total)),
      others: others.map(({ person, value: other }) => ({ person, value: other })),
    }
  })
}

interface Answer extends Weighed<AttributeValue> { readonly person: Author }
/** `certainty` null: the vote's share says it. */
interface Decision { readonly value: AttributeValue; readonly certainty: number | null; readonly how: string }

function decide(answers: readonly Answer[], type: AttributeDefinition['type'] | undefined, modelOf: (choice?: string) => AttributeModel): Decision {
  const numbers = answers.flatMap(({ value, weight }) => (typeof value === 'number' ? [{ value, weight }] : []))
  if ((type === 'number' || (type === undefined && numbers.length === answers.length)) && numbers.length > 0) return { value: weightedMedian(numbers), certainty: null, how: 'weighted median' }
  const lists = answers.flatMap(({ value, ...answer }) => (Array.isArray(value) ? [{ ...answer, value }] : []))
  if (lists.length > 0 && lists.length * 2 >= answers.length) return decideChoices(lists, modelOf)
  const { model, how } = modelOf()
  // An answer of another kind (a number among choices) is not in the model.
  const single = answers.filter(({ value }) => typeof value === 'string' || typeof value === 'boolean')
  const [best] = model && type !== 'text' && single.length === answers.length ? labelPosterior(model, single.map(({ person, value }) => ({ person, label: classOf(value) }))) : []
  if (best) return { value: valueOf(best.label), certainty: best.posterior, how }
  const [winner] = shares(answers.map(({ value, weight }) => ({ value: classOf(value), weight })))
  return { value: valueOf(winner!.value), certainty: null, how: model || type === 'text' ? 'weighted vote' : how }
}

type Lists = readonly { readonly person: Author; readonly weight: number; readonly value: readonly string[] }[]

/** Each choice that somebody made by itself: by the model where there is one, else more than half of the weight. As sure as the least sure of those with a model. */
function decideChoices(lists: Lists, modelOf: (choice?: string) => AttributeModel): Decision {
  const found = choicesIn(lists.map(({ value }) => value)).map((choice) => {
    const { model, how } = modelOf(choice)
    const posteriors = model && labelPosterior(model, lists.map(({ person, value }) => ({ person, label: value.includes(choice) ? yes : no })))
    const posterior = posteriors && (posteriors.find(({ label }) => label === yes)?.posterior ?? 0)
    return { choice, how, posterior, share: shareOf(lists, choice) }
  })
  const sure = found.flatMap(({ posterior }) => (posterior === null ? [] : [Math.max(posterior, 1 - posterior)]))
  return {
    value: found.filter(({ posterior, share }) => (posterior ?? share) > 0.5).map(({ choice }) => choice),
    // The vote's own share counts as soon as one choice was voted on.
    certainty: found.length > 0 && sure.length === found.length ? Math.min(...sure) : null, how: [...new Set(found.map(({ how }) => how))].join('; ') || modelOf().how,
  }
}

function shareOf(lists: Lists, choice: string): number {
  const total = lists.reduce((sum, { weight }) => sum + weight, 0)
  return total > 0 ? lists.reduce((sum, { value, weight }) => sum + (value.includes(choice) ? weight : 0), 0) / total : 0
}

function same(a: AttributeValue, b: AttributeValue): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= Math.max(1e-9, nearly * Math.abs(b))
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one) => b.includes(one))
  return a === b
}
