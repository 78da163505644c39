import { createStore } from 'zustand/vanilla'
import { messageOf } from '#shared/contract/errors.ts'
import { boundsOf } from '#shared/geometry/bounds.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Author } from '#shared/model/author.ts'
import type { Mask } from '#shared/model/geometry.ts'
import { leastAlike } from '#shared/prelabel/prompt/alike/search.ts'
import { maskOf } from '#shared/prelabel/prompt/outline.ts'
import type { Session } from '#renderer/frame/session.ts'
import { alikeDrafts, alikeModel, pixelsOf } from '#renderer/tools/alikeDrafts.ts'
import { fitsBox } from '#renderer/tools/clickToSegment/boxEdits.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { seekAlike, type SeekProgress } from './alike.ts'
import type { Inference } from './inference.ts'
import { originOf, segmenterOf, type PageModel } from './models.ts'
import { inferencePlaceOf } from './place.ts'
import type { PictureItem } from './protocol.ts'
import { describe } from './segmenting.ts'
import { pictureOf } from './useSegmenting.ts'
import { words } from './words.ts'

/** Numbers of questions about examples lie beyond those of the tools, so that their coarse masks are never mistaken. */
let asked = 2_000_000

export interface AlikeRun { readonly saying: string; /** Null while the picture is looked at. */ readonly progress: SeekProgress | null }

/** "All objects like this" on one item, a run at a time. */
export function createAlikeRun(session: Session, asset: Asset, me: Author) {
  const { inference, models } = inferencePlaceOf(session)
  const state = createStore<{ readonly run: AlikeRun | null }>(() => ({ run: null }))
  const item = pictureOf(asset, session.client.mediaUrl)
  const leaving = new AbortController()
  let going = new AbortController()

  async function look(picture: PictureItem, examples: readonly Annotation[], all: readonly Annotation[], tolerance: number): Promise<Edit | null> {
    const model = await segmenterOf(models)
    const extent = { minX: 0, minY: 0, maxX: picture.width, maxY: picture.height }
    const signal = AbortSignal.any([going.signal, leaving.signal])
    const masks: Mask[] = []
    for (const example of examples) masks.push(...await maskOfExample(inference, model, picture, example, extent, signal))
    const found = await seekAlike(inference, {
      manifest: model.manifest, item: picture, examples: masks, marked: [...masks, ...all.flatMap((annotation) => pixelsOf(annotation, extent) ?? [])], signal,
      onPreparing: (progress) => state.setState({ run: { saying: describe(progress, 0, null), progress: null } }),
      onProgress: (progress) => state.setState({ run: { saying: words.alike.progress(progress), progress } }),
    })
    if (leaving.signal.aborted) return null
    const some = found !== null && found.length > 0
    session.toast({ tone: some ? 'neutral' : 'attention', text: some ? words.alike.found(found.length) : found === null ? words.alike.tooSmall : words.alike.nothing })
    const backend = inference.state.getState().backend?.kind ?? 'wasm'
    const settings = { examples: examples.map(({ id }) => id as string), least: leastAlike }
    const at = Date.now()
    return alikeDrafts(found ?? [], { examples, author: me, extent, tolerance, all, originOf: (score) => ({ ...originOf(model, score, backend, at, settings), model: alikeModel(model.manifest.id) }) })
  }

  return {
    state,
    /** Looks for what is like the examples; the edit with the drafts, or null when nothing was found, which is said. */
    async seek(examples: readonly Annotation[], all: readonly Annotation[], tolerance: number): Promise<Edit | null> {
      if (!item || examples.length === 0 || state.getState().run !== null) return null
      going = new AbortController()
      state.setState({ run: { saying: words.preparing.waiting, progress: null } })
      try {
        return await look(item, examples, all, tolerance)
      } catch (error) {
        if (!going.signal.aborted && !leaving.signal.aborted) session.toast({ tone: 'problem', text: messageOf(error) })
        return null
      } finally {
        state.setState({ run: null })
      }
    },
    /** Ends the search; what was found until then becomes drafts. */
    stop: () => going.abort(new Error(words.alike.stopped)),
    /** Gives it up. */
    leave: () => leaving.abort(new Error(words.alike.stopped)),
  }
}

/** A box is asked about, because much of it is ground; where nothing in it fits, and for every other shape, what it covers. */
async function maskOfExample(inference: Inference, { manifest }: PageModel, item: PictureItem, example: Annotation, extent: Bounds, signal: AbortSignal): Promise<readonly Mask[]> {
  const box = boundsOf(example.geometry)
  if (box !== null && (example.geometry.kind === 'box' || example.geometry.kind === 'rotated-box')) {
    const { cutout } = await inference.segment({ manifest, item, prompt: { points: [], box }, number: ++asked, previous: null, start: null }, { priority: 1, signal })
    if (cutout !== null && (example.geometry.kind === 'rotated-box' || fitsBox({ box: example, found: { cutout, origin: { by: 'model', model: manifest.id, version: '', hash: '', settings: {}, score: null, backend: '', at: 0 } } }))) return [maskOf(cutout)]
  }
  const mask = pixelsOf(example, extent)
  return mask === null ? [] : [mask]
}
