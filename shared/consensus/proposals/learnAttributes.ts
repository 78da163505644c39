import type { AttributeDefinition, AttributeValue } from '#shared/model/attribute.ts'
import type { Label } from '#shared/model/label.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { ConsensusOptions, LabelMethod } from './item.ts'
import { enoughThings, labelPosterior, learnLabels, type LabelModel, type LabelVote } from './labels.ts'
import type { Thing } from './layout.ts'

/** How an attribute is decided: by a model of how people answer it, or (null) by the weighted vote. `how`: which, in a few words. */
export interface AttributeModel { readonly model: LabelModel | null; readonly how: string }

/** `choice`: one of several that can be made at once. */
export interface AttributeModels { of(label: LabelId | null, id: string, choice?: string): AttributeModel }

export const noAttributes: AttributeModels = { of: () => ({ model: null, how: 'weighted vote' }) }

/** A value as a class. */
export const classOf = (value: AttributeValue): string => JSON.stringify(value)
export const valueOf = (name: string) => JSON.parse(name) as AttributeValue
export const [yes, no] = [classOf(true), classOf(false)]

/** Choices that somebody made, of several that can be made at once: each is a question of its own, which everybody answers who answered the attribute. */
export const choicesIn = (lists: Iterable<readonly string[]>): string[] => [...new Set([...lists].flat())].sort()

interface Table { readonly question: Pick<Question, 'id' | 'choice'>; readonly votes: LabelVote[]; readonly gold: Map<string, string>; readonly judged: Set<string> }
interface Row { readonly key: string; readonly thing: Thing }

/** More different strings than this, where the schema does not say that they are choices, are text. */
const mostClasses = 50

/**
 * Learns how people answer attributes that are choices, by the same estimators as labels: for each label and attribute; where fewer than 20 things
 * of a label were answered by two people, for the attribute over all labels; where there are fewer of those too, the weighted vote. Of several choices at once
 * each that anybody ever made is a question of its own. Numbers and text have no model. Answers that a person decided are known.
 */
export function learnAttributes(rows: readonly Row[], labelModel: LabelModel, { labels = [], method = 'auto', seed }: ConsensusOptions): AttributeModels {
  const tables = new Map<string, Table>()
  const choices = choicesById(rows)
  for (const row of rows) for (const question of questionsOf(row, labelModel, labels, choices)) {
    for (const key of [keyOf(question.label, question.id, question.choice), keyOf(everywhere, question.id, question.choice)]) {
      const table: Table = tables.get(key) ?? { question, votes: [], gold: new Map(), judged: new Set() }
      tables.set(key, table)
      table.votes.push(...question.votes)
      if (question.votes.length > 1) table.judged.add(row.key)
      if (question.gold !== null) table.gold.set(question.name, question.gold)
    }
  }
  const models = new Map<string, AttributeModel>()
  const learned = (key: string, of: string) => {
    const found = models.get(of) ?? modelOf(tables.get(of)!, method, seed)
    models.set(of, found)
    models.set(key, found)
  }
  for (const [key, { question: { id, choice }, judged }] of tables) {
    const all = keyOf(everywhere, id, choice)
    // What is learned over all labels is learned where a label needs it.
    if (key !== all) learned(key, judged.size >= enoughThings ? key : all)
  }
  return {
    of(label, id, choice) {
      return models.get(keyOf(label, id, choice)) ?? models.get(keyOf(everywhere, id, choice)) ?? noAttributes.of(label, id)
    },
  }
}

/** In place of a label: over all of them. */
const everywhere = '*' as LabelId
const keyOf = (label: LabelId | null, id: string, choice: string | undefined) => JSON.stringify([label, id, choice ?? null])

/** All choices that were made anywhere, of attributes where several can be made at once; none where they are too many to be choices. */
function choicesById(rows: readonly Row[]): Map<string, string[]> {
  const made = new Map<string, Set<string>>()
  for (const { thing: { members } } of rows) for (const { annotation } of members) for (const [id, value] of Object.entries(annotation.attributes)) {
    if (!Array.isArray(value)) continue
    const own = made.get(id) ?? new Set()
    made.set(id, own)
    for (const choice of value) own.add(choice)
  }
  return new Map([...made].map(([id, own]) => [id, own.size > mostClasses ? [] : [...own].sort()]))
}

interface Question { readonly label: LabelId | null; readonly id: string; readonly choice?: string; readonly name: string; readonly votes: readonly LabelVote[]; readonly gold: string | null }

/** What people were asked about one thing: an attribute that is a choice, or each of the choices that can be made at once. */
function* questionsOf({ key, thing: { members, final } }: Row, labelModel: LabelModel, labels: readonly Label[], choices: ReadonlyMap<string, readonly string[]>): Generator<Question> {
  const given = members.flatMap(({ person, annotation: { label } }) => (label === null ? [] : [{ person, label }]))
  const label = final?.label ?? labelPosterior(labelModel, given)[0]?.label ?? null
  const types = new Map(labels.find((one) => one.id === label)?.attributes.map(({ id, type }): [string, AttributeDefinition['type']] => [id, type]))
  for (const id of new Set(members.flatMap(({ annotation }) => Object.keys(annotation.attributes)))) {
    const type = types.get(id)
    if (type === 'text' || type === 'number') continue
    const answers = members.flatMap(({ person, annotation }) => (annotation.attributes[id] === undefined ? [] : [{ person, value: annotation.attributes[id] }]))
    const known = final?.attributes[id]
    const lists = answers.flatMap(({ person, value }) => (Array.isArray(value) ? [{ person, value }] : []))
    // A choice that nobody made here was made by nobody on purpose: without these, who always makes it would look right.
    for (const choice of lists.length > 0 ? choices.get(id)! : []) {
      const name = JSON.stringify([key, id, choice])
      yield { label, id, choice, name, votes: lists.map(({ person, value }) => ({ thing: name, person, label: value.includes(choice) ? yes : no })), gold: Array.isArray(known) ? (known.includes(choice) ? yes : no) : null }
    }
    const single = answers.filter(({ value }) => typeof value === 'string' || typeof value === 'boolean')
    const name = JSON.stringify([key, id])
    if (single.length > 0) yield { label, id, name, votes: single.map(({ person, value }) => ({ thing: name, person, label: classOf(value) })), gold: typeof known === 'string' || typeof known === 'boolean' ? classOf(known) : null }
  }
}

function modelOf({ votes, gold, judged }: Table, method: LabelMethod, seed: number | undefined): AttributeModel {
  const byVote = (how: string): AttributeModel => ({ model: null, how: `weighted vote${how}` })
  if (judged.size < enoughThings) return byVote(`, because only ${judged.size} things were answered by two people or more (${enoughThings} are needed)`)
  if (new Set(votes.map(({ label }) => label)).size > mostClasses) return byVote(' of texts')
  if (method === 'majority') return byVote('')
  const model = learnLabels(votes, gold, method, seed, true)
  return model.method === 'majority' ? byVote(', because it explains left-out answers as well') : { model, how: model.method }
}
