import { useEffect, useMemo, type RefObject } from 'react'
import { useStore } from 'zustand'
import type { Asset } from '#shared/model/asset.ts'
import type { CanvasHandle } from '#renderer/canvas/props.ts'
import { useSession } from '#renderer/frame/context.tsx'
import type { Question } from '#renderer/tools/tool.ts'
import { inferencePlaceOf, windowClock } from './place.ts'
import type { PictureItem } from './protocol.ts'
import { createSegmenting } from './segmenting.ts'

/** An item stays open so long before it is looked at unasked: who leafs through items starts nothing. Milliseconds. */
const dwellMs = 400

/** The picture of an item for the worker; null for what is no picture. */
export const pictureOf = (asset: Pick<Asset, 'id'> & ({ readonly kind: 'image'; readonly width: number; readonly height: number } | { readonly kind: 'audio' }), url: (asset: Asset['id']) => string): PictureItem | null =>
  (asset.kind === 'image' && asset.width > 0 && asset.height > 0 ? { asset: asset.id, url: url(asset.id), width: asset.width, height: asset.height } : null)

/** Joins the canvas' tool to the models: give `onQuestion` to the canvas. */
export function useSegmenting(asset: Asset, inHand: boolean, canvas: RefObject<CanvasHandle | null>): { readonly onQuestion: (question: Question | null) => void } {
  const session = useSession()
  const place = inferencePlaceOf(session)
  const { ahead, used } = useStore(place.preferences)
  const segmenting = useMemo(() => createSegmenting({
    inference: place.inference, models: place.models, send: (event) => canvas.current?.send(event), ...windowClock,
  }), [place, canvas])
  useEffect(() => () => segmenting.close(), [segmenting])
  useEffect(() => {
    segmenting.open(pictureOf(asset, session.client.mediaUrl))
    segmenting.take(inHand)
    if (inHand) place.preferences.setState({ used: true })
    if (inHand || !ahead || !used) return undefined
    const timer = setTimeout(() => void segmenting.ahead().catch(() => undefined), dwellMs)
    return () => clearTimeout(timer)
  }, [segmenting, session, place, asset, inHand, ahead, used])
  return useMemo(() => ({ onQuestion: (question) => segmenting.ask(question) }), [segmenting])
}
