/** What a Python literal can be; keys of dictionaries as text. */
export type Literal = string | number | boolean | null | readonly Literal[] | { readonly [key: string]: Literal }

const longest = 8 * 2 ** 20, deepest = 16

/**
 * A Python or JSON literal, such as `{0: 'person', 1: "bird's nest"}`: dictionaries, lists, tuples, texts, numbers, True, False, None. Nothing is
 * evaluated. Undefined when the text is anything else, is longer than 8 MiB or nested deeper than 16.
 */
export function readLiteral(text: string): Literal | undefined {
  if (text.length > longest) return undefined
  const reader = new LiteralReader(text)
  const value = reader.value(0)
  return reader.isAtEnd() ? value : undefined
}

const words: ReadonlyMap<string, Literal> = new Map<string, Literal>([['True', true], ['true', true], ['False', false], ['false', false], ['None', null], ['null', null]])
const escapes: ReadonlyMap<string, string> = new Map([['n', '\n'], ['t', '\t'], ['r', '\r'], ['b', '\b'], ['f', '\f'], ['0', '\0'], ['\n', '']])

class LiteralReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  isAtEnd(): boolean {
    this.#skip(/\s*/yu)
    return this.#at === this.#text.length
  }

  value(depth: number): Literal | undefined {
    this.#skip(/\s*/yu)
    const sign = this.#text[this.#at]
    if (depth > deepest || sign === undefined) return undefined
    if (sign === '{') return this.#dictionary(depth)
    if (sign === '[' || sign === '(') return this.#list(sign === '[' ? ']' : ')', depth)
    if (sign === '"' || sign === "'") return this.#string(sign)
    const word = this.#skip(/[A-Za-z]+/yu)
    if (word !== '') return words.get(word)
    const number = this.#skip(/[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/yu)
    return number === '' ? undefined : Number(number)
  }

  #dictionary(depth: number): Literal | undefined {
    const entries = new Map<string, Literal>()
    this.#at++
    while (!this.#takes('}')) {
      const key = this.value(depth + 1)
      if (key === undefined || typeof key === 'object' || !this.#takes(':')) return undefined
      const value = this.value(depth + 1)
      if (value === undefined) return undefined
      entries.set(String(key), value)
      if (!this.#takes(',') && !this.#sees('}')) return undefined
    }
    return Object.fromEntries(entries)
  }

  #list(closing: string, depth: number): Literal | undefined {
    const values: Literal[] = []
    this.#at++
    while (!this.#takes(closing)) {
      const value = this.value(depth + 1)
      if (value === undefined) return undefined
      values.push(value)
      if (!this.#takes(',') && !this.#sees(closing)) return undefined
    }
    return values
  }

  #string(quote: string): string | undefined {
    let out = ''
    this.#at++
    for (;;) {
      out += this.#skip(quote === '"' ? /[^"\\]+/yu : /[^'\\]+/yu)
      const sign = this.#text[this.#at++]
      if (sign === quote) return out
      if (sign === undefined) return undefined
      out += this.#escape()
    }
  }

  #escape(): string {
    const sign = this.#text[this.#at++] ?? ''
    const digits = sign === 'x' ? 2 : sign === 'u' ? 4 : sign === 'U' ? 8 : 0
    if (digits === 0) return escapes.get(sign) ?? sign
    const code = Number.parseInt(this.#text.slice(this.#at, this.#at + digits), 16)
    this.#at += digits
    return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '�'
  }

  #takes(sign: string): boolean {
    if (!this.#sees(sign)) return false
    this.#at++
    return true
  }

  #sees(sign: string): boolean {
    this.#skip(/\s*/yu)
    return this.#text[this.#at] === sign
  }

  /** Goes over what a sticky pattern matches here, and returns it. */
  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }
}
