import { boundsOf, expand, unionAll } from '#shared/geometry/bounds.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { glyphNames, labelColors } from '#shared/model/palette.ts'
import type { Case, Variant } from './variants.ts'

/** Colour and sign of a letter: people are told apart by both, never by colour alone. */
export function signOf(letter: string): { readonly color: string; readonly glyph: string } {
  const index = letter.charCodeAt(0) - 65 + 26 * (Number(letter.slice(1)) || 0)
  return { color: labelColors[index % labelColors.length]!, glyph: glyphNames[index % glyphNames.length]! }
}

/** The estimate is drawn dashed and without a person's colour. */
export const estimateColor = '#ffffff'
const estimateLabel = 'label:estimate' as LabelId
const idOf = (letter: string) => `label:variant/${letter}` as LabelId

/** What the canvas draws of a case: each person's shapes in the person's colour, the estimate dashed. */
export interface Drawing { readonly annotations: readonly Annotation[]; readonly labels: ReadonlyMap<LabelId, Label> }

export function drawingOf({ proposals, variants }: Case, names: ReadonlyMap<LabelId, Label>, estimates: readonly Annotation[]): Drawing {
  const labels = new Map<LabelId, Label>()
  const pseudo = (id: LabelId, name: string, look: { color: string; glyph: string }) => labels.set(id, { ...blank, id, name, ...look })
  const annotations = variants.flatMap((variant) => variant.annotations.map((annotation) => {
    const id = idOf(`${variant.letter}/${annotation.label ?? ''}`)
    pseudo(id, [variant.letter, annotation.label === null ? null : names.get(annotation.label)?.name].filter(Boolean).join(' · '), signOf(variant.letter))
    return { ...annotation, label: id }
  }))
  pseudo(estimateLabel, 'estimate', { color: estimateColor, glyph: 'circle' })
  const shown = proposals.every(({ existence }) => existence === 0) ? [] : estimates.map((estimate) => ({ ...estimate, label: estimateLabel, draft: true, order: 1e9 }))
  return { annotations: [...annotations, ...shown], labels }
}

const blank: Omit<Label, 'id' | 'name' | 'color' | 'glyph'> = { type: 'label', hotkey: null, order: 0, kinds: [], attributes: [], parent: null, externalId: null, keypoints: null }

/** The rectangle around everything of a case; null where it draws nothing. */
export const boundsOfCase = ({ proposals, variants }: Case): Bounds | null =>
  unionAll([...proposals.map(({ geometry }) => boundsOf(geometry)), ...variants.flatMap(({ annotations }) => annotations.map(({ geometry }) => boundsOf(geometry)))])

/** With `share` of its longer side as air on each side, at least `least` pixels. */
export function withAir(bounds: Bounds, least: number, share = 1 / 3): Bounds {
  return expand(bounds, Math.max(least, Math.max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY) * share))
}

/** Seconds from the first beginning to the last end; null where there is no segment. */
export function stretchOf({ proposals, variants }: Case): { readonly start: number; readonly end: number } | null {
  const all = [...proposals.map(({ geometry }) => geometry), ...variants.flatMap(({ annotations }) => annotations.map(({ geometry }) => geometry))]
  const segments = all.flatMap((geometry) => (geometry.kind === 'segment' ? [[geometry.start / geometry.rate, geometry.end / geometry.rate] as const] : []))
  return segments.length === 0 ? null : { start: Math.min(...segments.map(([start]) => start)), end: Math.max(...segments.map(([, end]) => end)) }
}

/** Those who marked something, and the letters of those who did not. */
export const present = (variants: readonly Variant[]) => variants.filter(({ annotations }) => annotations.length > 0)
export const absentLetters = (variants: readonly Variant[]) => variants.filter(({ annotations }) => annotations.length === 0).map(({ letter, author }) => (author === null ? letter : `${letter} (${author})`))
