import type { Annotation } from '#shared/model/annotation.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Serialized, Snapshot, WrittenFile, WrittenShape } from '../format.ts'
import { LossLog } from '../lossLog.ts'
import { inOrder, mediaOf, type Picture, pictures } from '../pictures.ts'
import { labelPathOf } from './layout.ts'
import type { YoloShape } from './shapes.ts'

type Classes = ReadonlyMap<LabelId, { number: number; label: Label }>
type Shaping = (geometry: Geometry, size: { width: number; height: number }) => YoloShape | 'outside' | null

/** Where everything goes that has no split: the trainer wants one called so. */
const wholeSet = 'train'
/** Ultralytics' list (IMG_FORMATS) has no GIF. */
const unreadable = /\.gif$/iu

export function writeYolo(snapshot: Snapshot, shaping: Shaping): Serialized {
  const losses = new LossLog()
  const all = pictures(snapshot, losses, true)
  const classes = classesOf(snapshot.labels)
  const rows = new Map(all.map((picture) => [picture, rowsOf(picture, classes, shaping, losses)]))
  for (const picture of all) notHeld(picture, losses)
  const files: WrittenFile[] = [
    { path: 'data.yaml', content: yaml(classes, [...new Set(all.map((picture) => picture.split ?? wholeSet))].sort()) },
    ...all.map((picture) => ({ path: labelPathOf(path(picture)), content: rows.get(picture)!.map(({ line }) => `${line}\n`).join('') })),
  ]
  let annotations = 0
  for (const each of rows.values()) annotations += each.length
  return {
    files, annotations, losses: losses.list, media: all.map((picture) => mediaOf(picture, path(picture))),
    proof: new Map(all.map((picture) => [path(picture), rows.get(picture)!.map(({ shape }) => shape)])),
  }
}

const path = (picture: Picture) => `images/${picture.split ?? wholeSet}/${picture.name}`

/** Class numbers 0 … n − 1: those of the file that the labels came from where they are just these, else by order. */
function classesOf(labels: readonly Label[]): Classes {
  const ordered = inOrder(labels)
  const external = new Set(ordered.map((label) => label.externalId))
  const kept = external.size === ordered.length && ordered.every((_, index) => external.has(index))
  return new Map(ordered.map((label, index) => [label.id, { number: kept ? label.externalId! : index, label }]))
}

function rowsOf(picture: Picture, classes: Classes, shaping: Shaping, losses: LossLog): { line: string; shape: WrittenShape }[] {
  const { asset } = picture
  const rows: { line: string; shape: WrittenShape }[] = []
  for (const annotation of picture.annotations) {
    const known = annotation.label === null ? undefined : classes.get(annotation.label)
    const lose = (code: string) => losses.annotation(code, asset, annotation, known?.label.name ?? null)
    const shape = shaping(annotation.geometry, asset)
    if (known === undefined) lose('no-label')
    else if (shape === null) lose('kind-not-held')
    else if (shape === 'outside') lose('outside-picture')
    else {
      for (const code of [...shape.losses, ...fieldsLost(annotation)]) lose(code)
      const tolerance = 1e-6 * Math.max(asset.width, asset.height)
      rows.push({ line: [known.number, ...shape.values.map(decimals)].join(' '), shape: { label: known.label.name, bounds: shape.bounds, tolerance } })
    }
  }
  return rows
}

function fieldsLost(annotation: Annotation): string[] {
  const codes: string[] = []
  if (Object.keys(annotation.attributes).length > 0) codes.push('attributes-dropped')
  if (annotation.text !== null) codes.push('text-dropped')
  if (annotation.flags.length > 0) codes.push('flags-dropped')
  if (annotation.group !== null) codes.push('group-lost')
  if (annotation.draft) codes.push('draft-as-label')
  return codes
}

function notHeld({ asset, name }: Picture, losses: LossLog): void {
  // The column `split` says where an item came from; where it goes the export itself decides.
  if (Object.keys(asset.metadata).some((column) => column !== 'split')) losses.add('metadata-dropped', 'image', asset.name)
  if (unreadable.test(name)) losses.add('picture-format', 'image', `${asset.name} · Ultralytics does not read GIF`)
}

/** Eight decimals: 5e-9 of the picture's side, and no exponent. */
const decimals = (value: number) => (Math.abs(value) < 5e-9 ? '0' : value.toFixed(8).replace(/\.?0+$/u, ''))

/** No `path`: Ultralytics then takes the folder of the file itself, wherever it lies (check_det_dataset). */
function yaml(classes: Classes, splits: readonly string[]): string {
  const present = splits.length === 0 ? [wholeSet] : splits
  const train = present.includes('train') ? 'train' : present[0]!
  const val = ['val', 'valid', 'validation', 'test'].find((name) => present.includes(name)) ?? train
  const others = present.filter((name) => name !== 'train' && name !== 'val')
  const names = [...classes.values()].sort((a, b) => a.number - b.number)
  return [
    '# Paths are relative to this file.',
    `train: ${quoted(`images/${train}`)}`,
    ...(val === train ? ['# There is no validation split: the trainer asks for one and gets the training pictures.'] : []),
    `val: ${quoted(`images/${val}`)}`,
    ...others.map((name) => `${quoted(name)}: ${quoted(`images/${name}`)}`),
    `nc: ${names.length}`,
    names.length === 0 ? 'names: {}' : 'names:',
    ...names.map(({ number, label }) => `  ${number}: ${quoted(label.name)}`),
    '',
  ].join('\n')
}

/** Plain words as they are, the rest as a double-quoted scalar that YAML 1.1 and 1.2 read alike. */
function quoted(text: string): string {
  if (/^[a-z][a-z0-9_]*(?:[/-][a-z0-9_]+)*$/iu.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/iu.test(text)) return text
  return JSON.stringify(text.toWellFormed()).replaceAll(/[\u007F-\u009F\u2028\u2029\uFEFF]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
