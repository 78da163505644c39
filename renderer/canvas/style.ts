import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'

/** How a stored shape is drawn; shapes of one style share one object, so that they can be drawn together. */
export interface Style {
  readonly color: string
  /** CSS pixels. */
  readonly width: number
  readonly haloWidth: number
  readonly dashed: boolean
  /** Filled with diagonal lines: a draft. */
  readonly hatched: boolean
  readonly fillOpacity: number
  /** Of masks; absent: as of all. */
  readonly maskOpacity?: number
}

/** How much a draft is to be seen among others: what is settled steps back, what needs a look comes forward. */
export type Emphasis = 'quiet' | 'strong' | 'marked'

/** A shape without a label. */
export const unlabelledColor = '#aab4c3'
export const haloColor = 'rgba(8, 10, 14, 0.6)'
export const draftDash: readonly number[] = [6, 4]

const emphasised: Readonly<Record<Emphasis, Omit<Style, 'color'>>> = {
  quiet: { width: 1, haloWidth: 2.25, dashed: true, hatched: false, fillOpacity: 0, maskOpacity: 0.15 },
  strong: { width: 2.25, haloWidth: 4.5, dashed: true, hatched: true, fillOpacity: 0.4 },
  marked: { width: 2.5, haloWidth: 5, dashed: false, hatched: false, fillOpacity: 0.16 },
}

/** Styles by label, draft, whose layer it is, and how much it is to be seen. */
export class Styles {
  #known = new Map<string, Style>()
  readonly #labels: ReadonlyMap<LabelId, Label>
  readonly #mine: Layer | null
  readonly #emphasis: ((annotation: Annotation) => Emphasis | null) | null

  constructor(labels: ReadonlyMap<LabelId, Label>, mine: Layer | null, emphasis: ((annotation: Annotation) => Emphasis | null) | null = null) {
    this.#labels = labels
    this.#mine = mine
    this.#emphasis = emphasis
  }

  label(annotation: Annotation): Label | undefined {
    return annotation.label === null ? undefined : this.#labels.get(annotation.label)
  }

  /** Whether the shape stands in another person's layer. */
  foreign(annotation: Annotation): boolean {
    return this.#mine !== null && annotation.layer !== this.#mine
  }

  of(annotation: Annotation): Style {
    const foreign = this.foreign(annotation)
    // An estimate lies over what it was made from: a dashed line that hides nothing.
    const estimated = annotation.draft && annotation.provenance.by === 'consensus'
    const emphasis = this.#emphasis?.(annotation) ?? null
    const key = `${annotation.label ?? ''} ${emphasis ?? ''} ${estimated ? 'e' : annotation.draft ? 'd' : ''}${foreign ? 'f' : ''}`
    let style = this.#known.get(key)
    if (!style) {
      const color = this.label(annotation)?.color ?? unlabelledColor
      style = emphasis !== null ? { color, ...emphasised[emphasis] }
        : estimated ? { color, width: 1.75, haloWidth: 3.75, dashed: true, hatched: false, fillOpacity: 0 }
        : annotation.draft ? { color, width: 1.75, haloWidth: 3.75, dashed: true, hatched: true, fillOpacity: 0.3 }
        : foreign ? { color, width: 1, haloWidth: 2.5, dashed: false, hatched: false, fillOpacity: 0 }
          : { color, width: 1.75, haloWidth: 3.75, dashed: false, hatched: false, fillOpacity: 0.12 }
      this.#known.set(key, style)
    }
    return style
  }
}

/** Up to two letters that name a person or a layer. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/u).filter(Boolean)
  return words.slice(0, 2).map((word) => [...word][0]!.toLocaleUpperCase()).join('')
}
