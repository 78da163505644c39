/** An element of a document; text between its children is kept in order with them. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (XmlElement | string)[]
  /** The line of its opening tag, from 1. */
  readonly line: number
}
export interface XmlProblem { readonly line: number; readonly message: string }
/** What could be read: after a problem, everything that stood before it, its open elements closed. */
export interface XmlOutcome { readonly root: XmlElement | null; readonly problem: XmlProblem | null }

const maxDepth = 256
const name = '[\\p{L}_:][\\p{L}\\p{M}\\p{N}_:.·-]*'
const opening = new RegExp(`<(${name})`, 'uy')
const attribute = new RegExp(`\\s+(${name})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'uy')
const tail = /\s*(\/?)>/uy
const closing = new RegExp(`</(${name})\\s*>`, 'uy')
const predefined: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

class Malformed extends Error {
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

/**
 * XML 1.0 (fifth edition) for data files: elements, attributes, text, CDATA, comments, instructions, and the predefined
 * and numeric references. No document types with declarations: nothing is fetched and no entity is ever expanded, so a
 * file cannot grow beyond its own size. Element names keep their prefix.
 */
export function parseXml(source: string): XmlOutcome {
  const reader = new Reader(source.replace(/^\uFEFF/u, ''))
  try {
    reader.read()
    return { root: reader.root, problem: null }
  } catch (error) {
    if (error instanceof Malformed) return { root: reader.root, problem: { line: reader.lineAt(error.at), message: error.message } }
    throw error
  }
}

class Reader {
  readonly #text: string
  readonly #open: XmlElement[] = []
  root: XmlElement | null = null
  #line = 0
  #counted = 0
  #nextBreak = -1

  constructor(text: string) {
    this.#text = text
  }

  /** Positions are asked for from the beginning to the end, so lines are counted once. */
  lineAt(at: number): number {
    if (at < this.#counted) {
      this.#line = 0
      this.#nextBreak = -1
    }
    this.#counted = at
    while (this.#nextBreak < at) {
      const found = this.#text.indexOf('\n', this.#nextBreak + 1)
      this.#nextBreak = found === -1 ? Infinity : found
      this.#line++
    }
    return this.#line
  }

  read(): void {
    const text = this.#text
    let at = 0
    while (at < text.length) {
      const mark = text.indexOf('<', at)
      this.#addText(text.slice(at, mark === -1 ? text.length : mark), at, true)
      if (mark === -1) break
      at = this.#markup(mark)
    }
    const left = this.#open.at(-1)
    if (left !== undefined) throw new Malformed(text.length, `the file ends inside <${left.name}>.`)
    if (this.root === null) throw new Malformed(0, 'there is no element.')
  }

  #markup(at: number): number {
    const text = this.#text
    if (text.startsWith('<!--', at)) return this.#past('-->', at, 'a comment')
    if (text.startsWith('<?', at)) return this.#past('?>', at, 'an instruction')
    if (text.startsWith('<![CDATA[', at)) {
      const end = this.#past(']]>', at, 'a CDATA section')
      this.#addText(text.slice(at + 9, end - 3), at, false)
      return end
    }
    if (text.startsWith('<!DOCTYPE', at)) return this.#documentType(at)
    return text.startsWith('</', at) ? this.#close(at) : this.#element(at)
  }

  #past(end: string, at: number, what: string): number {
    const found = this.#text.indexOf(end, at)
    if (found === -1) throw new Malformed(at, `${what} is never closed.`)
    return found + end.length
  }

  /** `<!DOCTYPE a SYSTEM "…">` says nothing that is needed; declarations in it could. */
  #documentType(at: number): number {
    const end = this.#past('>', at, 'the document type')
    if (this.#text.slice(at, end).includes('[')) throw new Malformed(at, 'the document type declares entities or rules of its own, which are not read. Take the declaration out.')
    return end
  }

  #element(at: number): number {
    opening.lastIndex = at
    const match = opening.exec(this.#text)
    if (match === null) throw new Malformed(at, `${JSON.stringify(this.#text.slice(at, at + 20))} is no tag.`)
    if (this.#open.length >= maxDepth) throw new Malformed(at, `elements are nested more than ${maxDepth} deep.`)
    const attributes: Record<string, string> = Object.create(null)
    let end = opening.lastIndex
    for (;;) {
      attribute.lastIndex = end
      const pair = attribute.exec(this.#text)
      if (pair === null) break
      const [, key = ''] = pair
      if (key in attributes) throw new Malformed(end, `<${match[1]}> has the attribute ${key} twice.`)
      attributes[key] = this.#resolved((pair[2] ?? pair[3]!).replaceAll(/\r\n|[\t\n\r]/gu, ' '), end)
      end = attribute.lastIndex
    }
    tail.lastIndex = end
    const last = tail.exec(this.#text)
    if (last === null) throw new Malformed(end, `<${match[1]}> is not well formed.`)
    this.#begin({ name: match[1]!, attributes, children: [], line: this.lineAt(at) }, last[1] === '/', at)
    return tail.lastIndex
  }

  #begin(element: XmlElement, empty: boolean, at: number): void {
    const parent = this.#open.at(-1)
    if (parent !== undefined) parent.children.push(element)
    else if (this.root === null) this.root = element
    else throw new Malformed(at, `a second element <${element.name}> stands outside <${this.root.name}>.`)
    if (!empty) this.#open.push(element)
  }

  #close(at: number): number {
    closing.lastIndex = at
    const match = closing.exec(this.#text)
    const open = this.#open.at(-1)
    if (match === null || open === undefined || match[1] !== open.name) throw new Malformed(at, `${JSON.stringify(this.#text.slice(at, at + 30))} stands where ${open ? `</${open.name}>` : 'the end'} should.`)
    this.#open.pop()
    return closing.lastIndex
  }

  #addText(raw: string, at: number, references: boolean): void {
    if (raw === '') return
    const parent = this.#open.at(-1)
    if (parent !== undefined) parent.children.push(references ? this.#resolved(raw, at) : raw.replaceAll(/\r\n?/gu, '\n'))
    else if (raw.trim() !== '') throw new Malformed(at, 'text stands outside the document.')
  }

  #resolved(raw: string, at: number): string {
    const text = raw.replaceAll(/\r\n?/gu, '\n')
    if (!text.includes('&')) return text
    return text.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|([^;&\s]{1,40}));|&/gu, (all: string, decimal?: string, hex?: string, entity?: string) => {
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      const value = entity === undefined ? (code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : undefined) : predefined[entity]
      if (value === undefined) throw new Malformed(at, `${all} is no reference that XML knows without a document type.`)
      return value
    })
  }
}

/** The text of an element and of everything in it. */
export function xmlText(element: XmlElement): string {
  let text = ''
  const waiting: (XmlElement | string)[] = [element]
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (typeof part === 'string') text += part
    else waiting.push(...part.children.toReversed())
  }
  return text
}

export const xmlChildren = (element: XmlElement, named: string): XmlElement[] =>
  element.children.filter((child): child is XmlElement => typeof child !== 'string' && child.name === named)

// What XML 1.0 has no way to spell (2.2, production 2).
const unspellable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' }

/** Text as XML can hold it: without control characters and half surrogates. */
export const spellable = (text: string): string => text.toWellFormed().replaceAll(unspellable, '')
export const escapeXmlText = (text: string): string => spellable(text).replaceAll(/[&<>\r]/gu, (character) => escapes[character]!)
export const escapeXmlAttribute = (text: string): string => spellable(text).replaceAll(/[&<>"\t\n\r]/gu, (character) => escapes[character]!)
