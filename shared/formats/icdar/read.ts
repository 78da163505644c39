import type { FormatInput, Parsed } from '../format.ts'
import { textAnnotation } from '../lines/lines.ts'
import { type Outline, outlineOfRing } from '../lines/outline.ts'
import { parts } from '../naming.ts'
import { linesOf, readEach, type Collector } from '../timed/reading.ts'

const number = '\\s*([+-]?\\d+(?:\\.\\d+)?)\\s*'
/** 2015, task 4.1: eight coordinates, clockwise from the top left, then the text with whatever commas it has. */
const corners = new RegExp(`^${`${number},`.repeat(8)}(.*)$`, 'u')
/** 2013, task 2.1: left, top, right, bottom, with commas (test set) or spaces (training set), and the text in quotes. */
const box = new RegExp(`^${`${number}[, ]`.repeat(3)}${number}[, ]\\s*"(.*)"\\s*$`, 'u')
const pictureEnding = /\.(?:avif|bmp|gif|jpe?g|png|tiff?|webp)$/iu
const marks = /^(?:\uFEFF|\u00EF\u00BB\u00BF)/u

/** Whether the first line that is not empty is a row. */
export function isGroundTruth(head: string): boolean {
  const first = head.replace(marks, '').split(/[\r\n]+/u).find((line) => line.trim() !== '')
  return first !== undefined && (corners.test(first) || box.test(first))
}

/** The picture that a file speaks of: `gt_img_1.txt` of `img_1.*`, `img_1.txt` of `img_1.*`; folders called gt or labels are left out. */
function pictureOf(file: string): string {
  const { stem } = parts(file)
  const at = stem.lastIndexOf('/') + 1
  return stem.slice(0, at) + stem.slice(at).replace(/^(?:gt_)(?=.)/iu, '')
}

export async function readIcdar(input: FormatInput): Promise<Parsed> {
  return readEach(input, 'icdar', (path) => /\.txt$/iu.test(path) && !/(?:^|\/)(?:readme|licen[cs]e)[^/]*$/iu.test(path), (text, to) => readFile(text, input, to))
}

function readFile(text: string, input: FormatInput, to: Collector): void {
  const rows = linesOf(text.replace(marks, ''))
  const named = /(?:^|\/)gt_[^/]*$/iu.test(to.file)
  // A text that is no ground truth at all (a list, a note) is not ours, unless its name says so.
  if (!named && input.files.length > 1 && !rows.some((row) => corners.test(row) || box.test(row))) return
  const picture = pictureOf(to.file)
  const beside = input.files.find((path) => pictureEnding.test(path) && parts(path).stem === picture)
  const item = to.item(beside ?? picture, beside !== undefined)
  item.source.file = to.file
  for (const [index, row] of rows.entries()) {
    if (row.trim() === '') continue
    const place = `line ${index + 1}`
    const found = rowOf(row)
    if (typeof found === 'string') {
      to.fail(place, found, found === 'out-of-range' ? 'a coordinate is beyond ±10,000,000.' : found === 'wrong-value' ? 'the right side is left of the left one, or the bottom above the top.' : `${JSON.stringify(row.slice(0, 60))} is neither x1,y1,…,x4,y4,text nor left top right bottom "text".`)
      continue
    }
    const illegible = found.text === '###'
    item.annotations.push(textAnnotation(to, item.annotations.length, { kind: 'text-line', outline: found.outline, baseline: null }, {
      text: illegible ? null : found.text, flags: illegible ? ['illegible'] : [],
    }))
  }
}

function rowOf(row: string): { outline: Outline; text: string } | string {
  const quad = corners.exec(row)
  if (quad !== null) {
    const values = quad.slice(1, 9).map(Number)
    return values.some((value) => Math.abs(value) > 1e7) ? 'out-of-range' : { outline: outlineOfRing(values), text: quad[9]! }
  }
  const match = box.exec(row)
  if (match === null) return 'wrong-columns'
  const [left = 0, top = 0, right = 0, bottom = 0] = match.slice(1, 5).map(Number)
  if (Math.max(...[left, top, right, bottom].map(Math.abs)) > 1e7) return 'out-of-range'
  if (right < left || bottom < top) return 'wrong-value'
  // In 2013's files \" and \\ stand for " and \.
  return { outline: { kind: 'box', x: left, y: top, width: right - left, height: bottom - top }, text: match[5]!.replaceAll(/\\(["\\])/gu, '$1') }
}
