import { createStore } from 'zustand/vanilla'
import type { ImagePoint } from '#shared/geometry/point.ts'

/** Where the pointer is in the picture. A store of its own, so that moving the mouse renders a line of text and nothing else. */
export const pointerStore = createStore<{ readonly point: ImagePoint | null }>(() => ({ point: null }))
export const showPointer = (point: ImagePoint | null) => pointerStore.setState({ point })
