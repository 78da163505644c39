import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** What the tool in hand says, apart from the view, which need not be drawn anew for each word. */
const hintStore = createStore<{ readonly hint: string }>(() => ({ hint: '' }))
export const showHint = (hint: string): void => hintStore.setState({ hint })

export function HintStatus() {
  return useStore(hintStore, ({ hint }) => hint)
}
