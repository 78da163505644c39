import { useMemo } from 'react'
import { messageOf } from '#shared/contract/errors.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { boundsOf } from '#shared/geometry/bounds.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { fitsBox, type CutBox } from '#renderer/tools/clickToSegment/boxEdits.ts'
import { originOf, segmenterOf } from './models.ts'
import { inferencePlaceOf } from './place.ts'
import { pictureOf } from './useSegmenting.ts'
import { words } from './words.ts'

/** Numbers of questions about boxes lie beyond those of the tool, so that their coarse masks are never mistaken. */
let asked = 1_000_000

/**
 * Cuts out what is in some boxes of the open item. Boxes in which nothing fitting is found are left out; what went wrong, and how
 * many were left out, is said. Not for boxes that changed since: compare them with what is there before the edit is saved.
 */
export function useBoxHelp(asset: Asset): (boxes: readonly Annotation[]) => Promise<readonly CutBox[]> {
  const session = useSession()
  return useMemo(() => async (boxes) => {
    const { inference, models } = inferencePlaceOf(session)
    const item = pictureOf(asset, session.client.mediaUrl)
    if (!item || boxes.length === 0) return []
    try {
      const model = await segmenterOf(models)
      if (!inference.isPrepared(model.manifest, item)) session.toast({ tone: 'neutral', text: words.boxes.preparing })
      const cut: CutBox[] = []
      for (const box of boxes) {
        const answer = await inference.segment({ manifest: model.manifest, item, prompt: { points: [], box: boundsOf(box.geometry) }, number: ++asked, previous: null, start: null }, { priority: 1 })
        const backend = inference.state.getState().backend?.kind ?? 'wasm'
        const one = answer.cutout && { box, found: { cutout: answer.cutout, origin: originOf(model, answer.cutout.score, backend, Date.now()) } }
        if (one && fitsBox(one)) cut.push(one)
      }
      if (cut.length < boxes.length) session.toast({ tone: 'attention', text: words.boxes.left(boxes.length - cut.length, boxes.length) })
      return cut
    } catch (error) {
      session.toast({ tone: 'problem', text: messageOf(error) })
      return []
    }
  }, [session, asset])
}
