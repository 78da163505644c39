import type { Tier } from '#shared/model/tier.ts'
import { type XmlElement, xmlChildren, xmlText } from '../xml.ts'

/** One annotation as the file has it, before its times are known. */
export interface EafAnnotation {
  readonly id: string
  readonly text: string
  readonly line: number
  /** Time slots of an alignable annotation, or the annotation that this one refers to. */
  readonly anchor: { readonly kind: 'slots'; readonly from: string; readonly to: string } | { readonly kind: 'parent'; readonly parent: string; readonly previous: string | null }
  readonly language: string | null
  readonly extra: Readonly<Record<string, string>>
}

export interface EafTier {
  readonly name: string
  readonly parent: string | null
  readonly constraint: Tier['constraint']
  /** PARTICIPANT, ANNOTATOR, LINGUISTIC_TYPE_REF … as written. */
  readonly about: Readonly<Record<string, string>>
  readonly language: string | null
  readonly annotations: readonly EafAnnotation[]
  readonly line: number
}

/** The four stereotypes of ELAN, by the names that EAF gives them. */
export const constraints: Readonly<Record<string, Tier['constraint']>> = {
  Time_Subdivision: 'time-subdivision', Included_In: 'included-in', Symbolic_Subdivision: 'symbolic-subdivision', Symbolic_Association: 'symbolic-association',
}

const known = new Set(['ANNOTATION_ID', 'TIME_SLOT_REF1', 'TIME_SLOT_REF2', 'ANNOTATION_REF', 'PREVIOUS_ANNOTATION', 'LANG_REF'])

function annotationOf(element: XmlElement, to: (line: number, message: string) => void): EafAnnotation | null {
  const [body] = [...xmlChildren(element, 'ALIGNABLE_ANNOTATION'), ...xmlChildren(element, 'REF_ANNOTATION')]
  const id = body?.attributes['ANNOTATION_ID']
  if (body === undefined || !id) {
    to(element.line, 'the annotation has no id, or is of no known kind.')
    return null
  }
  const { TIME_SLOT_REF1: from, TIME_SLOT_REF2: until, ANNOTATION_REF: parent, PREVIOUS_ANNOTATION: previous, LANG_REF: language } = body.attributes
  const anchor: EafAnnotation['anchor'] | null =
    body.name === 'REF_ANNOTATION' ? (parent ? { kind: 'parent', parent, previous: previous ?? null } : null) : from && until ? { kind: 'slots', from, to: until } : null
  if (anchor === null) {
    to(body.line, `the annotation ${id} says neither when it is nor what it belongs to.`)
    return null
  }
  const [value] = xmlChildren(body, 'ANNOTATION_VALUE')
  const extra = Object.fromEntries(Object.entries(body.attributes).filter(([key]) => !known.has(key)))
  return { id, text: value === undefined ? '' : xmlText(value), line: body.line, anchor, language: language ?? null, extra }
}

/** Every tier with its type's constraint; what is wrong with an annotation goes to `to`. */
export function tiersOf(root: XmlElement, to: (line: number, message: string) => void): EafTier[] {
  const types = new Map(xmlChildren(root, 'LINGUISTIC_TYPE').map(({ attributes }) => [attributes['LINGUISTIC_TYPE_ID'] ?? '', attributes['CONSTRAINTS'] ?? '']))
  return xmlChildren(root, 'TIER').map((element) => {
    const { TIER_ID: name = '', PARENT_REF: parent, LANG_REF: language, ...about } = element.attributes
    return {
      name, parent: parent || null, about, language: language ?? null, line: element.line,
      constraint: constraints[types.get(about['LINGUISTIC_TYPE_REF'] ?? '') ?? ''] ?? 'none',
      annotations: xmlChildren(element, 'ANNOTATION').flatMap((annotation) => annotationOf(annotation, to) ?? []),
    }
  })
}

/** The recording's name as the file gives it: without the folders of another machine, the first sound before pictures. */
export function mediaOf(root: XmlElement): string | null {
  const [header] = xmlChildren(root, 'HEADER')
  if (header === undefined) return null
  const all = xmlChildren(header, 'MEDIA_DESCRIPTOR')
  const best = all.find(({ attributes }) => attributes['MIME_TYPE']?.startsWith('audio/')) ?? all[0]
  const url = best?.attributes['RELATIVE_MEDIA_URL'] || best?.attributes['MEDIA_URL'] || header.attributes['MEDIA_FILE'] || ''
  const last = url.replaceAll('\\', '/').split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last) || null
  } catch {
    return last || null
  }
}

declare const decodeURIComponent: (text: string) => string
