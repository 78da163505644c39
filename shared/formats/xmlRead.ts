import { type XmlElement, xmlChildren } from './xml.ts'

/** The document with its elements' prefixes taken off: XML files of one format come with one and without. */
export function withoutPrefixes(element: XmlElement): XmlElement {
  return { ...element, name: element.name.slice(element.name.indexOf(':') + 1), children: element.children.map((child) => (typeof child === 'string' ? child : withoutPrefixes(child))) }
}

export const elementsOf = (element: XmlElement): XmlElement[] => element.children.filter((child): child is XmlElement => typeof child !== 'string')
export const firstChild = (element: XmlElement, name: string): XmlElement | null => xmlChildren(element, name)[0] ?? null

/** The first element of that name anywhere below, in the order of the document. */
export function firstBelow(element: XmlElement, name: string): XmlElement | null {
  for (const child of elementsOf(element)) {
    const found = child.name === name ? child : firstBelow(child, name)
    if (found !== null) return found
  }
  return null
}

/** `x,y x,y`, `x y x y` or `x,y,x,y`; null when it is no list of pairs of numbers within ±10,000,000. */
export function pointsIn(text: string): number[] | null {
  const numbers = text.trim().split(/[\s,;]+/u).filter((part) => part !== '')
  const values = numbers.map((part) => (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?$/u.test(part) ? Number(part) : Number.NaN))
  return values.length % 2 === 0 && values.every((value) => Math.abs(value) <= 1e7) ? values : null
}

/** Attributes that the model has no place for. */
export const restOf = (element: XmlElement, known: ReadonlySet<string>): Record<string, string> =>
  Object.fromEntries(Object.entries(element.attributes).filter(([name]) => !known.has(name) && !name.startsWith('xmlns')))
