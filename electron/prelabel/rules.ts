import type { ModelTask } from '#shared/contract/prelabel.ts'
import type { RunSettings } from '#shared/prelabel/manifest.ts'
import type { Outcome } from '#shared/prelabel/prediction.ts'
import type { Sample } from '#shared/prelabel/sample.ts'

/** A baseline without weights. */
export interface Rule {
  readonly id: string
  readonly name: string
  /** Counts changes of what it finds. */
  readonly version: string
  readonly task: ModelTask
  readonly looksAt: Sample['kind']
  readonly classes: readonly string[]
  readonly settings: RunSettings
  run(sample: Sample, settings: RunSettings): Promise<Outcome> | Outcome
}

export const rules: readonly Rule[] = []

export const findRule = (id: string): Rule | null => rules.find((rule) => rule.id === id) ?? null

/** Throws in words for one that is not known. */
export async function runRule(id: string, sample: Sample, settings: RunSettings): Promise<Outcome> {
  const rule = findRule(id)
  if (!rule) throw new Error(`There is no rule ${id}.`)
  if (rule.looksAt !== sample.kind) throw new Error(`${rule.name} looks at ${rule.looksAt === 'image' ? 'pictures' : 'sounds'}, and this item is none.`)
  return rule.run(sample, settings)
}
