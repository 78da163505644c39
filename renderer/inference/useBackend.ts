import { useStore } from 'zustand'
import { useSession } from '#renderer/frame/context.tsx'
import type { InferenceState } from './inference.ts'
import { inferencePlaceOf } from './place.ts'

/** Where models run in this window, why there, and how fast they were; `backend` is null until the first one runs. */
export function useBackend(): InferenceState {
  return useStore(inferencePlaceOf(useSession()).inference.state)
}
