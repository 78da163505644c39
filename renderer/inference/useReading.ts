import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Annotation } from '#shared/model/annotation.ts'
import type { AnnotationId, AssetId } from '#shared/model/id.ts'
import { useCommands, useSession } from '#renderer/frame/context.tsx'
import { inferencePlaceOf } from './place.ts'
import type { Reading } from './reading.ts'
import { words } from './words.ts'

/** What a model reads or hears in an annotation, and what ends that: the person has decided. */
export function useReading(id: AnnotationId | null): { readonly reading: Reading | null; readonly done: (id: AnnotationId) => void } {
  const { readings } = inferencePlaceOf(useSession())
  return { reading: useStore(readings.store, (state) => (id === null ? null : state.readings.get(id) ?? null)), done: readings.done }
}

/** The command that writes down what is said in the selected segments; there only where a model for it is installed. */
export function useTranscribing(asset: AssetId, selected: readonly Annotation[], group: string): void {
  const { models, readings } = inferencePlaceOf(useSession())
  const [listens, setListens] = useState(false)
  useEffect(() => {
    let here = true
    models.of('speech-to-text').then((model) => here && setListens(model !== null), () => undefined)
    return () => { here = false }
  }, [models])
  const segments = selected.flatMap(({ id, geometry }) => (geometry.kind === 'segment' ? [{ id, start: geometry.start / geometry.rate, end: geometry.end / geometry.rate }] : []))
  useCommands(listens ? [{ id: 'audio.transcribe', name: words.transcribe, group, keys: ['Shift+X'], when: () => segments.length > 0, run: () => void readings.hear(asset, segments) }] : [])
}
