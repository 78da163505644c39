const controls = /[\p{Cc}\u2028\u2029]/gu
const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A file's name for people and exports: NFC, and control characters written out (`a\nb.jpg`), so that a name is one line. */
export function visibleName(raw: string): string {
  return raw.normalize('NFC').replace(controls, (char) => short[char] ?? `\\u${char.codePointAt(0)!.toString(16).padStart(4, '0')}`)
}
