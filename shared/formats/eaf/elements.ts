import type { Json } from '../format.ts'
import type { Recording } from '../timed/recordings.ts'
import { escapeXmlAttribute } from '../xml.ts'
import { constraints } from './document.ts'

const typeNames = Object.fromEntries(Object.entries(constraints).map(([eaf, ours]) => [ours, eaf]))
const stereotypes: readonly (readonly [string, string])[] = [
  ['Time_Subdivision', "Time subdivision of parent annotation's time interval, no time gaps allowed within this interval"],
  ['Symbolic_Subdivision', 'Symbolic subdivision of a parent annotation. Annotations refering to the same parent are ordered'],
  ['Symbolic_Association', '1-1 association with a parent annotation'],
  ['Included_In', "Time alignable annotations within the parent annotation's time interval, gaps are allowed"],
]

/** The stereotypes that every EAF names. */
export const constraintElements = stereotypes.map(([name, about]) => `    <CONSTRAINT DESCRIPTION="${escapeXmlAttribute(about)}" STEREOTYPE="${name}"/>\n`).join('')

export const attributesOf = (attributes: Readonly<Record<string, Json>>): string =>
  Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}="${escapeXmlAttribute(String(value))}"`).join(' ')

export function typeElement(type: string, constraint: string): string {
  const eaf = typeNames[constraint]
  const aligned = constraint === 'none' || constraint === 'time-subdivision' || constraint === 'included-in'
  return `    <LINGUISTIC_TYPE${eaf === undefined ? '' : ` CONSTRAINTS="${eaf}"`} GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="${escapeXmlAttribute(type)}" TIME_ALIGNABLE="${aligned}"/>\n`
}

export function languageElements({ utterances }: Recording): string {
  const all = [...new Set(utterances.flatMap(({ annotation }) => annotation.language ?? []))].sort()
  return all.map((language) => `    <LANGUAGE LANG_DEF="" LANG_ID="${escapeXmlAttribute(language)}" LANG_LABEL="${escapeXmlAttribute(language)}"/>\n`).join('')
}
