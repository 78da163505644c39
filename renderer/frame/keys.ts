/** What a keyboard event must tell; the DOM's KeyboardEvent fits. */
export interface KeyStroke {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const named: Record<string, string> = { ' ': 'Space', Esc: 'Escape', Del: 'Delete', Return: 'Enter' }
const lone = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified'])

/** The key as a layout without Latin letters, or with Alt held, would hide it. */
function plainKey(stroke: KeyStroke): string {
  const hidden = stroke.altKey || (stroke.key.length === 1 && /[^\x20-\x7e]/u.test(stroke.key) && /\p{L}/u.test(stroke.key))
  const fromCode = /^(?:Key([A-Z])|Digit(\d))$/u.exec(stroke.code)
  if (hidden && fromCode !== null) return fromCode[1] ?? fromCode[2]!
  return named[stroke.key] ?? stroke.key
}

/**
 * A stroke as text: "Mod+Shift+Z", "N", "?", "Alt+1", "F5"; null for a modifier alone. Mod is Ctrl, or ⌘ on a Mac.
 * Shift counts for letters and named keys; of signs such as "?" it is already a part.
 */
export function keyOf(stroke: KeyStroke): string | null {
  if (lone.has(stroke.key)) return null
  const plain = plainKey(stroke)
  const letter = plain.length === 1 && /[a-z]/iu.test(plain)
  const shift = stroke.shiftKey && (letter || plain.length > 1 || stroke.altKey)
  return [...(stroke.ctrlKey || stroke.metaKey ? ['Mod'] : []), ...(stroke.altKey ? ['Alt'] : []), ...(shift ? ['Shift'] : []), letter ? plain.toUpperCase() : plain].join('+')
}

/** Whether a key needs no modifier, so that typing text would press it. */
export const isPlain = (key: string): boolean => !/^(?:Mod|Alt)\+/u.test(key) && !/^(?:Shift\+)?F\d{1,2}$/u.test(key)
