/**
 * Transkribus' way of saying more in `custom`: `name {key:value; key:value;} name {…}`, with what would end a value as
 * `\u003b`. What is written otherwise is one entry that is kept as it is.
 */
export interface Custom { readonly name: string; readonly values: Readonly<Record<string, string>>; readonly raw: string }

export function readCustom(text: string): Custom[] {
  return [...text.matchAll(/([^\s{}]+)\s*\{([^{}]*)\}|[^\s{}]+/gu)].map((match) => ({
    name: match[1] ?? '', raw: match[0],
    values: Object.fromEntries((match[2] ?? '').split(';').flatMap((pair) => {
      const colon = pair.indexOf(':')
      return colon < 1 ? [] : [[pair.slice(0, colon).trim(), unescaped(pair.slice(colon + 1).trim())]]
    })),
  }))
}

/** The entry with these values, or nothing where there are none. */
export function customEntry(name: string, values: Readonly<Record<string, string | null>>): string[] {
  const pairs = Object.entries(values).flatMap(([key, value]) => (value === null || value === '' ? [] : [`${key}:${escaped(value)};`]))
  return pairs.length === 0 ? [] : [`${name} {${pairs.join(' ')}}`]
}

const escaped = (text: string) => text.replaceAll(/[;:{}\\\p{Cc}]|^\s|\s$/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
const unescaped = (text: string) => text.replaceAll(/\\u([0-9a-f]{4})/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
