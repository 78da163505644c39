import type { Loss } from '#shared/contract/exporting.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'

const maxExamples = 5

/** Counts losses by code and kind and keeps the first five of each as examples. */
export class LossLog {
  readonly #losses = new Map<string, Loss>()

  add(code: string, kind: string, example: string): void {
    const key = `${code}\n${kind}`
    const loss = this.#losses.get(key) ?? { code, kind, count: 0, examples: [] }
    loss.count += 1
    if (loss.examples.length < maxExamples) loss.examples.push(example)
    this.#losses.set(key, loss)
  }

  /** A loss of one annotation; the example reads "street/004.jpg · car · annotation:…". */
  annotation(code: string, asset: Asset, annotation: Annotation, label: string | null, kind: string = annotation.geometry.kind): void {
    this.add(code, kind, `${asset.name} · ${label ?? 'no label'} · ${annotation.id}`)
  }

  /** Sorted by code, then kind. */
  get list(): Loss[] {
    return [...this.#losses.keys()].sort().map((key) => this.#losses.get(key)!)
  }
}
