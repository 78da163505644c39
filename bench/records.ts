import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Annotation } from '#shared/model/annotation.ts'
import type { ImageAsset } from '#shared/model/asset.ts'
import { Author, layerOf } from '#shared/model/author.ts'
import { newAnnotationId, newLabelId, newProjectId, type AssetId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Project } from '#shared/model/project.ts'
import { createProject } from '#electron/storage/projectFolder.ts'

export const author = Author.parse('bench')
const batch = 500

export const project: Project = { type: 'project', id: newProjectId(), name: 'Bench', visibility: 'open', guideline: '' }

export const label: Label = {
  type: 'label', id: newLabelId(), name: 'thing', color: '#3366ff', glyph: 'circle', hotkey: null, order: 0, kinds: [], attributes: [], parent: null, externalId: null, keypoints: null,
}

/** The item `index`, 1,600 × 1,200; `path` is its file below media/, which need not be there. */
export function asset(index: number, path = `none/${index}.jpg`): ImageAsset {
  const hash = createHash('sha256').update(String(index)).digest('hex')
  return {
    type: 'asset', id: `asset:${hash.slice(0, 40)}` as AssetId, hash, name: `street/${String(index).padStart(6, '0')}.jpg`, source: { mode: 'copied', path: `media/${path}` },
    mime: 'image/jpeg', bytes: 300_000, metadata: {}, findings: [], kind: 'image', width: 1600, height: 1200, orientation: 1, perceptualHash: hash.slice(0, 16),
  }
}

/** A box, or every other time a polygon of 12 vertices, somewhere on the item. */
export function annotation(on: AssetId, index: number): Annotation {
  const x = (index * 37) % 1400
  const y = (index * 53) % 1000
  const ring = Array.from({ length: 12 }, (_, vertex) => [x + 60 + 50 * Math.cos(vertex / 2), y + 60 + 50 * Math.sin(vertex / 2)].map((value) => Math.round(value * 100) / 100)).flat()
  return {
    type: 'annotation', id: newAnnotationId(), asset: on, layer: layerOf(author), author, label: label.id,
    geometry: index % 2 === 0 ? { kind: 'box', x, y, width: 120, height: 90 } : { kind: 'polygon', parts: [[ring]] },
    attributes: {}, text: null, direction: 'auto', language: null, group: null, order: index, flags: [], draft: false, provenance: { by: 'human', origin: null },
  }
}

/** Writes a project of `items` items with `each` annotations on every one. */
export function makeProject(folder: string, items: number, each: number, pathOf?: (index: number) => string): void {
  const made = createProject(folder, Date.now)
  try {
    made.store.addNew('create project', author, [project, label])
    for (let from = 0; from < items; from += batch) {
      const assets = Array.from({ length: Math.min(batch, items - from) }, (_, index) => asset(from + index, pathOf?.(from + index)))
      made.store.addNew('import items', author, assets)
      const annotations = assets.flatMap(({ id }, index) => Array.from({ length: each }, (_, nth) => annotation(id, index * each + nth)))
      if (each > 0) made.store.addNew('import annotations', author, annotations)
    }
  } finally {
    made.close()
  }
}

/** A folder that is gone when `work` is done. */
export async function inScratch<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(process.env['QUORUM_BENCH_DIR'] ?? tmpdir(), 'quorum-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
