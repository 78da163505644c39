import type { ClassMapping } from '#shared/contract/prelabel.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'

/** The label of a class; null: none, on purpose; undefined: nobody said, and no label has its name. */
export type LabelOf = (className: string) => LabelId | null | undefined

/** What the person said of a class counts; else the label of the same name does, whatever its case. */
export function labelsForClasses(labels: readonly Label[], mapping: ClassMapping): LabelOf {
  const there = new Set<LabelId>(labels.map(({ id }) => id))
  const byName = new Map(labels.toReversed().map(({ id, name }) => [plain(name), id]))
  return (className) => {
    const said = Object.hasOwn(mapping, className) ? mapping[className] : undefined
    // A label that is gone since says nothing.
    if (said === null || (said !== undefined && there.has(said))) return said
    return byName.get(plain(className))
  }
}

const plain = (name: string) => name.normalize('NFC').trim().toLowerCase()
