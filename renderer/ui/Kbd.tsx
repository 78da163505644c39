import './kbd.css'

const onMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/u.test(navigator.platform)
const macSigns: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' }
const plainSigns: Record<string, string> = { Mod: 'Ctrl' }
const signs: Record<string, string> = {
  Backspace: '⌫', Delete: 'Del', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Space: 'Space', Enter: 'Enter', Tab: 'Tab',
}

/** The parts of a key like "Mod+Shift+Z" as this machine's keyboard shows them. */
export function keyParts(keys: string): string[] {
  const parts = keys === '+' ? ['+'] : keys.split(/\+(?=.)/u)
  return parts.map((part) => (onMac ? macSigns : plainSigns)[part] ?? signs[part] ?? part)
}

export const keyText = (keys: string): string => keyParts(keys).join(onMac ? '' : '+')

/** A key or chord such as "Mod+K". */
export function Kbd({ keys }: { readonly keys: string }) {
  return <kbd className="q-kbd">{keyParts(keys).map((part) => <span key={part}>{part}</span>)}</kbd>
}

/** The key that does the same as the button it stands on: shown, but no part of the button's name. */
export function KeyHint({ keys }: { readonly keys: string }) {
  return <span className="q-kbd" aria-hidden="true">{keyParts(keys).map((part) => <span key={part} data-key={part} />)}</span>
}
