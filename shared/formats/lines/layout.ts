import type { Annotation } from '#shared/model/annotation.ts'
import type { Json, Snapshot } from '../format.ts'
import type { LossLog } from '../lossLog.ts'
import type { Picture } from '../pictures.ts'
import { importedExtra } from '../timed/recordings.ts'
import { type LineHolds, linesLost, wordsOf } from './lines.ts'
import { ringOf } from './outline.ts'

/** Something that leaves with its outline: a block, a line, a word. */
export interface Placed {
  readonly annotation: Annotation
  readonly label: string | null
  readonly ring: readonly number[]
  /** What the file of this format that it came from said beyond our model. */
  readonly extra: Readonly<Record<string, Json>>
  readonly sourceId: string | null
  lose(code: string): void
}
export interface LayoutLine extends Placed { readonly words: readonly Placed[] }
/** A block without `shape` holds lines that belong together (`grouped`), or that stand alone. */
export interface LayoutBlock { readonly shape: Placed | null; readonly grouped: boolean; readonly lines: LayoutLine[] }

/** A picture's annotations as blocks of lines of words, in reading order. */
export function layoutOf(picture: Picture, snapshot: Snapshot, format: string, holds: LineHolds, losses: LossLog): LayoutBlock[] {
  const labels = new Map(snapshot.labels.map((label) => [label.id, label.name]))
  const lineOfWord = wordsOf(picture)
  const words = new Map<string, Placed[]>()
  const blocks: LayoutBlock[] = []
  const byGroup = new Map<string, LayoutBlock & { shape: Placed | null }>()
  for (const annotation of picture.annotations) {
    const one = placed(annotation, picture, labels, format, holds, losses)
    if (one === null) continue
    const line = lineOfWord.get(annotation.id)
    if (line !== undefined) words.set(line, [...(words.get(line) ?? []), one])
    else if (annotation.geometry.kind === 'text-line') addLine(one, words, blocks, byGroup)
    else addShape(one, blocks, byGroup)
  }
  const flat = blocks.flatMap(({ shape, lines }) => [...(shape === null || lines.length > 0 ? [] : [shape]), ...lines])
  for (const [index, one] of flat.entries()) if (index > 0 && flat[index - 1]!.annotation.order > one.annotation.order) one.lose('order-changed')
  return blocks
}

function placed(annotation: Annotation, picture: Picture, labels: ReadonlyMap<string, string>, format: string, holds: LineHolds, losses: LossLog): Placed | null {
  const label = annotation.label === null ? null : (labels.get(annotation.label) ?? null)
  const lose = (code: string) => losses.annotation(code, picture.asset, annotation, label)
  const outline = ringOf(annotation.geometry)
  if (outline === null) {
    lose('kind-not-held')
    return null
  }
  for (const code of [...outline.losses, ...linesLost(annotation, holds)]) lose(code)
  const { provenance } = annotation
  const origin = provenance.by === 'human' ? provenance.origin : provenance
  return { annotation, label, ring: outline.ring, extra: importedExtra(annotation, format), sourceId: origin?.by === 'import' && origin.format === format ? origin.sourceId : null, lose }
}

type Groups = Map<string, LayoutBlock & { shape: Placed | null }>

function addLine(one: Placed, words: Map<string, Placed[]>, blocks: LayoutBlock[], byGroup: Groups): void {
  const { id, group } = one.annotation
  // Words that come later in the order are found all the same: the list is the map's own.
  const own = words.get(id) ?? []
  words.set(id, own)
  const line: LayoutLine = { ...one, get words() { return words.get(id) ?? own } }
  if (group !== null) {
    blockOf(group, blocks, byGroup).lines.push(line)
    return
  }
  const last = blocks.at(-1)
  if (last !== undefined && !last.grouped && last.shape === null) last.lines.push(line)
  else blocks.push({ shape: null, grouped: false, lines: [line] })
}

function addShape(one: Placed, blocks: LayoutBlock[], byGroup: Groups): void {
  const { group } = one.annotation
  if (group === null) {
    blocks.push({ shape: one, grouped: false, lines: [] })
    return
  }
  const block = blockOf(group, blocks, byGroup)
  if (block.shape === null) block.shape = one
  else {
    one.lose('group-lost')
    blocks.push({ shape: one, grouped: false, lines: [] })
  }
}

function blockOf(group: string, blocks: LayoutBlock[], byGroup: Groups): LayoutBlock & { shape: Placed | null } {
  const known = byGroup.get(group)
  if (known) return known
  const block = { shape: null, grouped: true, lines: [] }
  byGroup.set(group, block)
  blocks.push(block)
  return block
}

/** Ids of a document: those that things came with, while they are free; `quorum-…` is kept for blocks that are made for the file. */
export class Ids {
  readonly #taken = new Set<string>()
  readonly #counts = new Map<string, number>()

  constructor(kept: Iterable<string | null>) {
    for (const id of kept) if (id?.startsWith('quorum-') === false) this.#taken.add(id)
  }

  readonly #given = new Set<string>()

  of(wanted: string | null, prefix: string): string {
    if (wanted !== null && /^[\p{L}_][\p{L}\p{M}\p{N}_.·-]*$/u.test(wanted) && !wanted.startsWith('quorum-') && !this.#given.has(wanted)) {
      this.#given.add(wanted)
      return wanted
    }
    for (;;) {
      const number = (this.#counts.get(prefix) ?? 0) + 1
      this.#counts.set(prefix, number)
      const id = `${prefix}${number}`
      if (this.#taken.has(id)) continue
      this.#taken.add(id)
      return id
    }
  }
}

export const idsFor = (blocks: readonly LayoutBlock[]): Ids =>
  new Ids(blocks.flatMap(({ shape, lines }) => [shape?.sourceId ?? null, ...lines.flatMap((line) => [line.sourceId, ...line.words.map(({ sourceId }) => sourceId)])]))

/** Ids of blocks that stand for nothing in the project; the rest of the id is a number. */
export const madeBlock = { loose: 'quorum-lines-', grouped: 'quorum-block-', plain: 'quorum-shape-' } as const

/** The order of a line's word in the page, as splitting a line into words gives it. */
export const wordOrder = (line: number, index: number, count: number): number => line + (index + 1) / (count + 1) / 1000

/** Every annotation that leaves, in the order of the file. */
export const leaving = (blocks: readonly LayoutBlock[], withWords: (line: LayoutLine) => boolean): Placed[] =>
  blocks.flatMap(({ shape, lines }) => [...(shape === null ? [] : [shape]), ...lines.flatMap((line) => [line, ...(withWords(line) ? line.words : [])])])
