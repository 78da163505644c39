import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sameValue } from '#shared/model/apply.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { Provenance } from '#shared/model/provenance.ts'
import { modelLayer } from '#shared/prelabel/drafts.ts'
import type { OpenProject } from '#electron/storage/projectFolder.ts'

type ModelProvenance = Extract<Provenance, { by: 'model' }>
/** What makes two runs the same. */
export type RunKey = Pick<ModelProvenance, 'model' | 'hash' | 'settings'>

/** What is to be done with an item. `done`: it has this run's drafts; `judged`: it has older ones that somebody has judged, so they stay; `make`: drafts are made, in the place of `replaced`. */
export type Standing = { readonly kind: 'done' | 'judged' } | { readonly kind: 'make'; readonly replaced: readonly Annotation[] }

/** What stands of a model's drafts in a project, read off the drafts themselves; items without any prediction are remembered in the cache. */
export class StandingDrafts {
  readonly #key: RunKey
  readonly #drafts: (asset: AssetId) => Annotation[]
  readonly #judged: (asset: AssetId) => boolean
  readonly #emptyPath: string
  readonly #empty: Set<string>

  constructor(project: OpenProject, key: RunKey) {
    const { db } = project.store
    const layer = modelLayer(key.model)
    const drafts = db.prepare('SELECT record FROM annotations WHERE asset = ? AND layer = ? AND draft = 1').pluck()
    const judged = db.prepare(`SELECT 1 FROM verdicts v JOIN annotations n ON n.id = v.subject WHERE v.about = 'draft' AND n.asset = ? AND n.layer = ? LIMIT 1`).pluck()
    this.#key = key
    this.#drafts = (asset) => (drafts.all(asset, layer) as string[]).map((record) => JSON.parse(record) as Annotation)
    this.#judged = (asset) => judged.get(asset, layer) !== undefined
    this.#emptyPath = join(project.cache, 'prelabel', `${createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 32)}.txt`)
    this.#empty = new Set(linesOf(this.#emptyPath))
  }

  of(asset: AssetId): Standing {
    const drafts = this.#drafts(asset)
    if (drafts.length === 0) return this.#empty.has(asset) ? { kind: 'done' } : { kind: 'make', replaced: [] }
    if (drafts.every(({ provenance }) => this.#isOurs(provenance))) return { kind: 'done' }
    return this.#judged(asset) ? { kind: 'judged' } : { kind: 'make', replaced: drafts }
  }

  /** Remembers an item on which nothing was found. */
  nothingOn(asset: AssetId): void {
    this.#empty.add(asset)
    try {
      mkdirSync(dirname(this.#emptyPath), { recursive: true })
      appendFileSync(this.#emptyPath, `${asset}\n`)
    } catch {
      // It is looked at once more, then.
    }
  }

  #isOurs(provenance: Provenance): boolean {
    return provenance.by === 'model' && provenance.hash === this.#key.hash && sameValue(provenance.settings, this.#key.settings)
  }
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}
