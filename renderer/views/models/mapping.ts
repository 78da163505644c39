import type { ClassMapping } from '#shared/contract/prelabel.ts'
import { adding, emptyDiff, updating, type Diff } from '#shared/model/diff.ts'
import { newLabelId, type LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { freeMark } from '#shared/model/palette.ts'
import type { Project } from '#shared/model/project.ts'

/** What is chosen for a class: a label; `new`: one is made; `none`: left out on purpose; `open`: nobody said, so it is counted as unmapped. */
export type Choice = LabelId | 'new' | 'none' | 'open'
export type Choices = Readonly<Record<string, Choice>>

const plain = (name: string) => name.normalize('NFC').trim().toLowerCase()

/** The label that a class goes to by its name alone. */
export const equalName = (name: string, labels: readonly Label[]): LabelId | null =>
  (labels.find((label) => label.name === name) ?? labels.find((label) => plain(label.name) === plain(name)))?.id ?? null

/** What was remembered, else labels of equal names. A remembered label that is gone counts for nothing. */
export function firstChoices(classes: readonly string[], labels: readonly Label[], remembered: ClassMapping): Choices {
  const known = new Set<string>(labels.map(({ id }) => id))
  return Object.fromEntries(classes.map((name): [string, Choice] => {
    const said = Object.hasOwn(remembered, name) ? remembered[name] : undefined
    if (said === null) return [name, 'none']
    return [name, said !== undefined && known.has(said) ? said : (equalName(name, labels) ?? 'open')]
  }))
}

/** Labels that are to be made, and the mapping to remember: only what somebody said. */
export function settled(choices: Choices, labels: readonly Label[]): { readonly made: readonly Label[]; readonly mapping: ClassMapping } {
  const made: Label[] = []
  const mapping: Record<string, LabelId | null> = {}
  for (const [name, choice] of Object.entries(choices)) {
    if (choice === 'open') continue
    if (choice === 'none') mapping[name] = null
    else if (choice === 'new') {
      const label = labelFor(name, [...labels, ...made])
      if (!labels.includes(label) && !made.includes(label)) made.push(label)
      mapping[name] = label.id
    } else mapping[name] = choice
  }
  return { made, mapping }
}

/** A new label of this name; the one there is where there is one, for two labels never share a name. */
function labelFor(name: string, labels: readonly Label[]): Label {
  const known = labels.find((label) => plain(label.name) === plain(name))
  return known ?? {
    type: 'label', id: newLabelId(), name: name.slice(0, 200), ...freeMark(labels), hotkey: null, order: labels.reduce((most, { order }) => Math.max(most, order), -1) + 1, kinds: [], attributes: [], parent: null, externalId: null, keypoints: null,
  }
}

/** The change of the project that remembers the mapping; empty where nothing is new. */
export function mappingDiff(project: Project, model: string, choices: Choices, labels: readonly Label[]): Diff {
  const { made, mapping } = settled(choices, labels)
  const assistance = project.assistance ?? { mappings: {}, control: 0 }
  const same = JSON.stringify(assistance.mappings[model] ?? {}) === JSON.stringify(mapping)
  if (same && made.length === 0) return emptyDiff()
  const to: Project = { ...project, assistance: { ...assistance, mappings: { ...assistance.mappings, [model]: mapping } } }
  return { ...updating([project, to]), added: adding(...made).added }
}

/** How many classes become a label. */
export const mappedCount = (choices: Choices): number => Object.values(choices).filter((choice) => choice !== 'open' && choice !== 'none').length
