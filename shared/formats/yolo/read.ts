import { messageOf } from '#shared/contract/errors.ts'
import type { FormatInput, Parsed, ParsedAnnotation, ParsedItem, ParsedLabel, Rejected } from '../format.ts'
import { type Layout, readLayout, yamlFiles, type YoloPicture } from './layout.ts'
import { parseRow } from './rows.ts'

/** Boxes and polygons alike, whichever of the two formats was asked for: no row is misread, so none is lost. */
export async function readYolo(input: FormatInput, format: string): Promise<Parsed> {
  const layout = await readLayout(input)
  const { failed } = layout
  const notes: Rejected[] = []
  const names = [...(layout.names ?? [])].map((name) => name.trim().normalize('NFC').slice(0, 200))
  const items: ParsedItem[] = []
  if (layout.pose) failed.push({ file: yamlFiles(input)[0] ?? '', place: 'kpt_shape', code: 'unsupported', message: 'this is a pose data set; its keypoints are not read yet.' })
  for (const picture of layout.pose ? [] : layout.pictures) items.push(await itemOf(input, picture, layout, names, { failed, notes, format }))
  if (layout.names === null && names.length > 0) {
    notes.push({ file: input.files[0] ?? '', place: '', code: 'no-names', message: 'no list of class names was found; the classes are called class_0, class_1, …' })
  }
  return { labels: labelsOf(names, notes, yamlFiles(input)[0] ?? ''), tiers: [], items, failed, notes, extra: {} }
}

function labelsOf(names: readonly string[], notes: Rejected[], file: string): ParsedLabel[] {
  const labels = new Map<string, ParsedLabel>()
  for (const [index, given] of names.entries()) {
    const name = nameOf(names, index)
    if (labels.has(name)) notes.push({ file, place: `names[${index}]`, code: 'duplicate-name', message: `two classes are called "${given}"; they became one label.` })
    else labels.set(name, { name, parent: null, externalId: index, color: null, keypoints: null, attributes: [] })
  }
  return [...labels.values()]
}

const nameOf = (names: readonly string[], index: number) => names[index] || `class_${index}`

type Context = { failed: Rejected[]; notes: Rejected[]; format: string }

async function itemOf(input: FormatInput, picture: YoloPicture, layout: Layout, names: string[], context: Context): Promise<ParsedItem> {
  const file = picture.labels
  const item: ParsedItem = {
    media: { path: picture.path, exact: picture.exact }, source: { file: file ?? picture.source, place: '' }, width: null, height: null,
    units: 'fraction', split: picture.split, metadata: {}, annotations: [], relations: [],
  }
  if (file === null) return item
  let content: string
  try {
    content = await input.readText(file)
  } catch (error) {
    context.failed.push({ file, place: '', code: 'unreadable', message: `the label file cannot be read (${messageOf(error)}).` })
    return item
  }
  for (const [index, line] of content.replace(/^\uFEFF/u, '').split(/\r\n|\r|\n/u).entries()) {
    if (line.trim() === '') continue
    const row = parseRow(line, layout.names === null ? null : names.length)
    const place = `line ${index + 1}`
    if (!row.ok) context.failed.push({ file, place, code: row.code, message: row.message })
    else if (row.class >= 100_000) context.failed.push({ file, place, code: 'unknown-class', message: `class ${row.class} is out of reason.` })
    else {
      // Without a list of names the classes that occur make the list.
      while (layout.names === null && names.length <= row.class) names.push(`class_${names.length}`)
      item.annotations.push(annotationOf(nameOf(names, row.class), row.geometry, index, file, context.format))
    }
  }
  return item
}

const annotationOf = (label: string, geometry: ParsedAnnotation['geometry'], order: number, source: string, format: string): ParsedAnnotation => ({
  label, geometry, attributes: {}, text: null, direction: 'auto', language: null, order, flags: [], draft: false, group: null,
  provenance: { by: 'import', format, source, sourceId: null, extra: {} },
})
