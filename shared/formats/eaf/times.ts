import type { EafAnnotation, EafTier } from './document.ts'

export interface Span { readonly start: number; readonly end: number }

/**
 * Milliseconds of every annotation. ELAN lets a slot inside a subdivision have no time of its own, and gives annotations
 * that only refer to another no time at all; both get an even share of what they divide, as ELAN shows them.
 */
export function spansOf(tiers: readonly EafTier[], slots: ReadonlyMap<string, number | null>): Map<string, Span> {
  const spans = new Map<string, Span>()
  for (const tier of tiers) alignable(tier, slots, spans)
  const waiting = tiers.flatMap((tier) => [...Map.groupBy(tier.annotations.filter(({ anchor }) => anchor.kind === 'parent'), parentOf)])
  // A parent may stand in a tier further down, so children wait until it has its time; what refers in a circle never does.
  for (let progress = true; progress; ) {
    progress = false
    for (const [parent, children] of waiting) {
      const whole = spans.get(parent)
      if (whole === undefined || spans.has(children[0]!.id)) continue
      share(whole, inChain(children), spans)
      progress = true
    }
  }
  return spans
}

const parentOf = ({ anchor }: EafAnnotation) => (anchor.kind === 'parent' ? anchor.parent : '')

/** The index-th of `count` even parts, in whole milliseconds without gaps. */
export function shareOf({ start, end }: Span, index: number, count: number): Span {
  const at = (part: number) => start + Math.round(((end - start) * part) / count)
  return { start: at(index), end: at(index + 1) }
}

function share(whole: Span, children: readonly EafAnnotation[], spans: Map<string, Span>): void {
  for (const [index, child] of children.entries()) spans.set(child.id, shareOf(whole, index, children.length))
}

/** In the order that PREVIOUS_ANNOTATION gives; those that it leaves out follow as they stand in the file. */
function inChain(children: readonly EafAnnotation[]): EafAnnotation[] {
  const after = new Map(children.flatMap((child) => (child.anchor.kind === 'parent' && child.anchor.previous !== null ? [[child.anchor.previous, child] as const] : [])))
  const followers = new Set(after.values())
  const result = new Set<EafAnnotation>()
  for (const first of children.filter((child) => !followers.has(child))) {
    for (let next: EafAnnotation | undefined = first; next !== undefined && !result.has(next); next = after.get(next.id)) result.add(next)
  }
  for (const child of children) result.add(child)
  return [...result]
}

/** Slots without a time lie between the nearest slots of the chain that have one. */
function alignable(tier: EafTier, slots: ReadonlyMap<string, number | null>, spans: Map<string, Span>): void {
  const byStart = new Map<string, EafAnnotation>()
  for (const annotation of tier.annotations) {
    if (annotation.anchor.kind !== 'slots') continue
    byStart.set(annotation.anchor.from, annotation)
    const [start, end] = [slots.get(annotation.anchor.from), slots.get(annotation.anchor.to)]
    if (typeof start === 'number' && typeof end === 'number') spans.set(annotation.id, { start, end })
  }
  for (const annotation of tier.annotations) {
    if (annotation.anchor.kind !== 'slots' || spans.has(annotation.id) || typeof slots.get(annotation.anchor.from) !== 'number') continue
    const chain = [annotation]
    let last = annotation.anchor.to
    for (let next = byStart.get(last); typeof slots.get(last) !== 'number' && next?.anchor.kind === 'slots' && !chain.includes(next); next = byStart.get(last)) {
      chain.push(next)
      last = next.anchor.to
    }
    const [start, end] = [slots.get(annotation.anchor.from), slots.get(last)]
    if (typeof start === 'number' && typeof end === 'number') share({ start, end }, chain, spans)
  }
}
