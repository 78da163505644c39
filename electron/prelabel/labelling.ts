import { createHash } from 'node:crypto'
import type { ClassMapping } from '#shared/contract/prelabel.ts'
import { newLabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { glyphNames, labelColors } from '#shared/model/palette.ts'
import type { Project } from '#shared/model/project.ts'
import type { Tier } from '#shared/model/tier.ts'
import { labelsForClasses } from '#shared/prelabel/mapping.ts'
import type { Db } from '#electron/storage/database.ts'
import type { DraftRun } from './draftRun.ts'

/** How classes become labels in a project as it stands at this moment. */
export interface Labelling {
  /** With those of `first`. */
  readonly labels: readonly Label[]
  /** Labels to be made before anything else: a project without any could keep no draft of a model that names what it sees. */
  readonly first: readonly Label[]
  readonly tiers: readonly Tier[]
  readonly mapping: ClassMapping
  /** Tells two ways apart in which classes become labels; part of a run's settings, so that a class that got a label since is looked for again. */
  readonly key: string
}

export function labellingOf(db: Db, run: Pick<DraftRun, 'model' | 'task' | 'classes' | 'rule' | 'makeLabels'>): Labelling {
  const all = <Row>(table: string) => (db.prepare(`SELECT record FROM ${table}`).pluck().all() as string[]).map((record) => JSON.parse(record) as Row)
  const mapping = all<Project>('projects')[0]?.assistance?.mappings[run.model] ?? {}
  const there = all<Label>('labels').sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
  const names = !run.rule && (run.task === 'detect' || run.task === 'segment' || run.task === 'classify')
  const first = there.length === 0 && names ? labelsFor(run.classes, [], mapping) : []
  const labels = [...there, ...first]
  return { labels, first, tiers: all<Tier>('tiers'), mapping, key: mappingKey(run.classes, labels, mapping, run.makeLabels) }
}

function mappingKey(classes: readonly string[], labels: readonly Label[], mapping: ClassMapping, makeLabels: boolean): string {
  const labelOf = labelsForClasses(labels, mapping)
  const ways = classes.map((name) => (Object.hasOwn(mapping, name) ? labelOf(name) ?? 'none' : labelOf(name) === undefined && !makeLabels ? 'missing' : 'name'))
  return createHash('sha256').update(ways.join('\n')).digest('hex').slice(0, 12)
}

/** Labels for classes that have none, one for names that differ in case alone; the palette goes on where the schema stands. */
export function labelsFor(classNames: readonly string[], labels: readonly Label[], mapping: ClassMapping): Label[] {
  const labelOf = labelsForClasses(labels, mapping)
  const first = Math.max(-1, ...labels.map((label) => label.order)) + 1
  const names = new Map(classNames.filter((name) => name.trim() !== '' && labelOf(name) === undefined).toReversed().map((name) => [name.normalize('NFC').trim().toLowerCase(), name]))
  return [...names.values()].toReversed().map((name, at) => ({
    type: 'label', id: newLabelId(), name: name.normalize('NFC').trim().slice(0, 200), color: labelColors[(first + at) % labelColors.length]!, glyph: glyphNames[(first + at) % glyphNames.length]!,
    hotkey: null, order: first + at, kinds: [], attributes: [], parent: null, externalId: null, keypoints: null,
  }))
}
