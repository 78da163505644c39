import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Session } from '#renderer/frame/session.ts'
import { createInference, type Inference } from './inference.ts'
import type { Ears, WorkerLike } from './lane.ts'
import { createModels, type Models } from './models.ts'
import { createReadings, type Readings } from './reading.ts'

/** What a person wants of models in the page, on this machine. */
export interface InferencePreferences {
  /** Whether items are looked at before anybody clicks. */
  readonly ahead: boolean
  /** Click to segment was used here: who never does pays nothing for it. */
  readonly used: boolean
}

/** The models of one window. */
export interface InferencePlace { readonly inference: Inference; readonly models: Models; readonly readings: Readings; readonly preferences: StoreApi<InferencePreferences> }

const key = 'inference.preferences'
const places = new WeakMap<Session, InferencePlace>()

/** Time and timers of the window. */
export const windowClock = {
  now: () => performance.now(), clock: () => Date.now(),
  setTimer: (work: () => void, ms: number) => window.setTimeout(work, ms), clearTimer: (timer: number) => window.clearTimeout(timer),
}

/** One place a window, made when first asked for; its workers start with the first model. */
export function inferencePlaceOf(session: Session): InferencePlace {
  const known = places.get(session)
  if (known) return known
  const inference = createInference({
    threads: threadsHere(), spawn, ...windowClock,
  })
  const models = createModels(session.client)
  const place: InferencePlace = { inference, models, readings: createReadings(inference, models, session.client, windowClock.clock), preferences: createPreferences() }
  places.set(session, place)
  return place
}

function spawn({ heard, crashed }: Ears): WorkerLike {
  // The address must stand here as it is, for the build to find the worker.
  const worker = new Worker(new URL('./inference.worker.ts', import.meta.url), { type: 'module', name: 'models' })
  worker.addEventListener('message', ({ data }) => heard(data))
  worker.addEventListener('error', ({ message }) => crashed(message))
  worker.addEventListener('messageerror', () => crashed(''))
  return { post: (message) => worker.postMessage(message), terminate: () => worker.terminate() }
}

/** Threads of WebAssembly: none without shared memory, and more than eight help no model here. */
const threadsHere = (): number => (crossOriginIsolated ? Math.max(1, Math.min(8, navigator.hardwareConcurrency)) : 1)

function createPreferences(): StoreApi<InferencePreferences> {
  const store = createStore<InferencePreferences>(() => ({ ahead: true, used: false, ...stored() }))
  store.subscribe((state) => {
    try {
      localStorage.setItem(key, JSON.stringify(state))
    } catch {
      // A full or forbidden storage costs the memory of a choice, nothing else.
    }
  })
  return store
}

function stored(): Partial<InferencePreferences> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<InferencePreferences>
  } catch {
    return {}
  }
}
