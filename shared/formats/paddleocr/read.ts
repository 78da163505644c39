import { number, RowError } from '../coco/fields.ts'
import type { FormatInput, Json, Parsed, ParsedAnnotation } from '../format.ts'
import { isObject, parseJson, withoutNotFinite } from '../json.ts'
import { textAnnotation } from '../lines/lines.ts'
import { outlineOfRing } from '../lines/outline.ts'
import { linesOf, readEach, type Collector } from '../timed/reading.ts'

/** PPOCRLabel's own notes: which pictures are checked, and what the recogniser said before anyone looked. */
const notes = /(?:^|\/)(?:fileState\.txt|Cache\.cal)$/iu
export const looksLikeLabels = (head: string): boolean => /^[^\t\n]+\t\[(?:\{|\]\s*(?:\n|$))/u.test(head.replace(/^(?:\uFEFF|\u00EF\u00BB\u00BF)/u, ''))
export const looksLikeTexts = (head: string): boolean => /^(?:\[".*"\]|[^\t\n]+\.(?:jpe?g|png|bmp|tiff?|webp|gif))\t/iu.test(head.replace(/^(?:\uFEFF|\u00EF\u00BB\u00BF)/u, ''))

/** What training leaves out (PaddleOCR, ppocr/data/imaug/label_ops.py, DetLabelEncode). */
const ignored = ['###', '*']

export async function readPaddle(input: FormatInput): Promise<Parsed> {
  const parsed = await readEach(input, 'paddleocr', (path) => /\.txt$/iu.test(path) && !notes.test(path), readFile)
  if (input.files.length > 0 && parsed.items.length === 0 && parsed.failed.length === 0) parsed.failed.push({ file: input.files[0]!, place: '', code: 'not-paddleocr', message: 'no line "picture, tab, list of texts" was found.' })
  return parsed
}

function readFile(text: string, to: Collector): void {
  const split = /(?:^|[/_])(train|val|test)(?:_[^/]*)?\.txt$/iu.exec(to.file)?.[1]?.toLowerCase() ?? null
  if (!looksLikeLabels(text) && !looksLikeTexts(text) && !/(?:^|\/)(?:label|rec_gt)[^/]*\.txt$/iu.test(to.file)) return
  for (const [index, line] of linesOf(text.replace(/^\uFEFF/u, '')).entries()) {
    if (line.trim() === '') continue
    const place = `line ${index + 1}`
    const tab = line.indexOf('\t')
    if (tab < 1) {
      to.fail(place, 'wrong-columns', 'there is no tab between the picture and its texts.')
      continue
    }
    for (const path of picturesOf(line.slice(0, tab))) {
      const item = to.item(path.replaceAll('\\', '/'), true)
      item.source.place ||= place
      item.split ??= split
      const value = line.slice(tab + 1)
      if (looksLikeLabels(`${path}\t${value}`) || /^\s*\[\s*\{/u.test(value)) readLabels(value, place, to, item.annotations)
      else item.annotations.push(textAnnotation(to, item.annotations.length, { kind: 'item' }, { text: value }))
    }
  }
}

/** Several crops may have one text: `["a.jpg", "b.jpg"]`. */
function picturesOf(cell: string): string[] {
  const list = cell.startsWith('[') ? parseJson(cell) : null
  return list?.ok === true && Array.isArray(list.value) && list.value.length > 0 && list.value.every((each) => typeof each === 'string') ? list.value : [cell]
}

function readLabels(value: string, place: string, to: Collector, into: ParsedAnnotation[]): void {
  const outcome = parseJson(value)
  if (!outcome.ok || !Array.isArray(outcome.value)) {
    to.fail(place, 'not-json', `the list of texts cannot be read (${outcome.ok ? 'it is no list' : outcome.message}).`)
    return
  }
  for (const [index, row] of outcome.value.entries()) {
    try {
      into.push(annotationOf(row, into.length, to))
    } catch (error) {
      if (!(error instanceof RowError)) throw error
      to.fail(`${place}, text ${index + 1}`, error.code, error.message)
    }
  }
}

function annotationOf(row: unknown, order: number, to: Collector): ParsedAnnotation {
  if (!isObject(row)) throw new RowError('', 'wrong-type', 'a text must be an object with transcription and points.')
  const { transcription, points, difficult, key_cls: key, ...others } = row
  if (typeof transcription !== 'string') throw new RowError('transcription', 'wrong-type', 'transcription must be text.')
  if (!Array.isArray(points) || points.length < 3) throw new RowError('points', 'wrong-value', 'points must be a list of at least three points.')
  const ring = points.flatMap((point: unknown, index) => {
    if (!Array.isArray(point) || point.length !== 2) throw new RowError('points', 'wrong-type', `points[${index}] must be two numbers.`)
    return [number(point[0], `points[${index}][0]`), number(point[1], `points[${index}][1]`)]
  })
  const label = typeof key === 'string' && key.trim() !== '' && key !== 'None' ? key.trim().normalize('NFC').slice(0, 200) : null
  if (label !== null) to.label(label)
  const illegible = ignored.includes(transcription)
  return textAnnotation(to, order, { kind: 'text-line', outline: outlineOfRing(ring), baseline: null }, {
    text: illegible ? null : transcription, label, flags: [...(difficult === true ? ['difficult' as const] : []), ...(illegible ? ['illegible' as const] : [])],
    extra: { ...(withoutNotFinite(others) as Record<string, Json>), ...(transcription === '*' ? { transcription } : {}) },
  })
}
