import RBush from 'rbush'
import { boundsOf } from '#shared/geometry/bounds.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { type Annotation, byOrder } from '#shared/model/annotation.ts'
import type { AnnotationId } from '#shared/model/id.ts'

/** A shape as the index keeps it: the annotation and its bounds in image pixels. */
export interface Entry extends Bounds {
  readonly annotation: Annotation
}

/** What an update changed: the shapes as they were and as they are. */
export interface IndexChange {
  readonly gone: readonly Entry[]
  readonly come: readonly Entry[]
}

const topmostFirst = (a: Entry, b: Entry) => byOrder(b.annotation, a.annotation)
/** From here on building the tree anew is faster than changing it entry by entry. */
const rebuildFrom = 500

/** All shapes of one item by place. Records are compared by identity: an unchanged record costs a map look-up. */
export class ShapeIndex {
  #tree = new RBush<Entry>()
  #entries = new Map<AnnotationId, Entry>()

  get size(): number {
    return this.#entries.size
  }

  get(id: AnnotationId): Entry | undefined {
    return this.#entries.get(id)
  }

  all(): IterableIterator<Entry> {
    return this.#entries.values()
  }

  /** Makes the index hold exactly `annotations`, but for those without a place in the picture. */
  update(annotations: Iterable<Annotation>): IndexChange {
    const next = new Map<AnnotationId, Entry>()
    const come: Entry[] = []
    for (const annotation of annotations) {
      const known = this.#entries.get(annotation.id)
      if (known?.annotation === annotation) next.set(annotation.id, known)
      else {
        const bounds = boundsOf(annotation.geometry)
        if (!bounds) continue
        const entry = { ...bounds, annotation }
        next.set(annotation.id, entry)
        come.push(entry)
      }
    }
    const gone = [...this.#entries.values()].filter((entry) => next.get(entry.annotation.id) !== entry)
    this.#entries = next
    if (gone.length + come.length > rebuildFrom) this.#tree.clear().load([...next.values()])
    else {
      for (const entry of gone) this.#tree.remove(entry)
      for (const entry of come) this.#tree.insert(entry)
    }
    return { gone, come }
  }

  /** Shapes whose bounds meet `bounds`, in no order. */
  search(bounds: Bounds): Entry[] {
    return this.#tree.search(bounds)
  }

  /** The same, the topmost first. */
  topmost(bounds: Bounds): Entry[] {
    return this.search(bounds).sort(topmostFirst)
  }
}
