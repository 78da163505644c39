import { randomFrom } from '#shared/agreement/random.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { Author, layerOf } from '#shared/model/author.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { newAnnotationId, newLabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { createProject } from '#electron/storage/projectFolder.ts'
import { annotation, asset, author, label as thing, project } from './records.ts'

export type Shape = 'box' | 'polygon'

const batch = 200
const labels: readonly Label[] = ['car', 'person', 'sign'].map((name, order) => ({ ...thing, id: newLabelId(), name, order }))
/** Vertices of an outline. */
const vertices = 24

/** A project in which `people` marked the same `shapes` things on each of `items` images: jitter of a few pixels, one in 20 missed, one in 15 named otherwise. */
export function makeReplicas(folder: string, items: number, people: number, shapes: number, shape: Shape): void {
  const random = randomFrom(11)
  const made = createProject(folder, Date.now)
  try {
    made.store.addNew('create project', author, [project, ...labels])
    for (let from = 0; from < items; from += batch) {
      const assets = Array.from({ length: Math.min(batch, items - from) }, (_, at) => asset(from + at))
      const marks: Annotation[] = []
      for (const { id } of assets) {
        for (let nth = 0; nth < shapes; nth++) {
          const truth = { x: 60 + 1400 * random(), y: 60 + 1000 * random(), size: 50 + 90 * random(), label: Math.floor(3 * random()) }
          for (let person = 0; person < people; person++) {
            if (random() < 0.05) continue
            const name = Author.parse(`person ${person}`)
            const shown = random() < 1 / 15 ? labels[(truth.label + 1) % 3]! : labels[truth.label]!
            marks.push({ ...annotation(id, nth), id: newAnnotationId(), author: name, layer: layerOf(name), label: shown.id, geometry: drawn(truth, shape, random) })
          }
        }
      }
      made.store.addNew('import items', author, assets)
      made.store.addNew('import annotations', author, marks)
    }
  } finally {
    made.close()
  }
}

function drawn({ x, y, size }: { x: number; y: number; size: number }, shape: Shape, random: () => number): Geometry {
  const jitter = () => 4 * (random() - 0.5)
  if (shape === 'box') return { kind: 'box', x: x + jitter(), y: y + jitter(), width: size + jitter(), height: size + jitter() }
  const ring = Array.from({ length: vertices }, (_, at) => {
    const angle = (2 * Math.PI * at) / vertices
    return [x + size * Math.cos(angle) + jitter(), y + size * Math.sin(angle) + jitter()]
  }).flat()
  return { kind: 'polygon', parts: [[ring]] }
}
