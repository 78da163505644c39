import type { AttributeDefinition, AttributeValue, AttributeValues } from '#shared/model/attribute.ts'
import type { Author } from '#shared/model/author.ts'
import { weightedMedian } from '#shared/consensus/shapes/robust.ts'
import { shares, type Weighed } from './weigh.ts'

export interface AttributeVote { readonly person: Author; readonly weight: number; readonly values: AttributeValues }

/** One attribute, decided. `agreement`: the weight of those who have the value (a number: nearly) over that of all who answered, 0 … 1. */
export interface AttributeEstimate { readonly id: string; readonly value: AttributeValue; readonly agreement: number; readonly others: readonly { readonly person: Author; readonly value: AttributeValue }[] }

/** Numbers agree that are no farther from the estimate than this share of it. */
const nearly = 0.05

/**
 * Each attribute by a vote of its own, weighted by skill; who does not answer it abstains. Numbers: the weighted median; lists of choices: each choice
 * by its own vote; all else: the value with the most weight (ties by the value).
 */
export function estimateAttributes(votes: readonly AttributeVote[], definitions: readonly AttributeDefinition[] = []): AttributeEstimate[] {
  const ids = [...new Set(votes.flatMap(({ values }) => Object.keys(values)))].sort()
  const typeOf = new Map(definitions.map(({ id, type }) => [id, type]))
  return ids.map((id) => {
    const answers = votes.flatMap(({ person, weight, values }) => (values[id] === undefined ? [] : [{ person, weight, value: values[id] }]))
    const value = decide(answers, typeOf.get(id))
    const total = answers.reduce((sum, { weight }) => sum + weight, 0)
    const [agreeing, others] = [answers.filter((answer) => same(answer.value, value)), answers.filter((answer) => !same(answer.value, value))]
    return { id, value, agreement: Math.min(1, agreeing.reduce((sum, { weight }) => sum + weight, 0) / total), others: others.map(({ person, value: other }) => ({ person, value: other })) }
  })
}

function decide(answers: readonly Weighed<AttributeValue>[], type: AttributeDefinition['type'] | undefined): AttributeValue {
  const numbers = answers.flatMap(({ value, weight }) => (typeof value === 'number' ? [{ value, weight }] : []))
  if (type === 'number' || (type === undefined && numbers.length === answers.length)) if (numbers.length > 0) return weightedMedian(numbers)
  const lists = answers.flatMap(({ value, weight }) => (Array.isArray(value) ? [{ value, weight }] : []))
  if (lists.length > 0 && lists.length * 2 >= answers.length) return chosen(lists)
  const [winner] = shares(answers.map(({ value, weight }) => ({ value: JSON.stringify(value), weight })))
  return JSON.parse(winner!.value) as AttributeValue
}

/** The choices that half of the weight or more has, in the order in which they are first listed. */
function chosen(lists: readonly Weighed<string[]>[]): string[] {
  const total = lists.reduce((sum, { weight }) => sum + weight, 0)
  const names = [...new Set(lists.flatMap(({ value }) => value))].sort()
  return names.filter((name) => lists.reduce((sum, { value, weight }) => sum + (value.includes(name) ? weight : 0), 0) * 2 > total)
}

function same(a: AttributeValue, b: AttributeValue): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= Math.max(1e-9, nearly * Math.abs(b))
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one) => b.includes(one))
  return a === b
}
