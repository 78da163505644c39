import type { Box, Polygon } from '#shared/model/geometry.ts'

/** A row in shares of the picture's width and height, or why it is none. */
export type Row = { ok: true; class: number; geometry: Box | Polygon } | { ok: false; code: string; message: string }

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu
const notANumber = /^[+-]?(?:nan|inf(?:inity)?)$/iu
/** What Ultralytics tolerates outside 0 … 1 (verify_image_label). */
const tolerance = 0.01

/**
 * `class cx cy width height` or `class x0 y0 x1 y1 x2 y2 …`, all but the class in shares of the picture.
 * `classes`: how many there are, null where no list of names was found.
 */
export function parseRow(line: string, classes: number | null): Row {
  const words = line.trim().split(/\s+/u)
  const values: number[] = []
  for (const [index, word] of words.entries()) {
    if (notANumber.test(word)) return bad('not-finite', `value ${index + 1} is "${word}"; write a number.`)
    if (!decimal.test(word) || !Number.isFinite(Number(word))) return bad('wrong-type', `value ${index + 1} is "${word.slice(0, 40)}", not a number.`)
    values.push(Number(word))
  }
  if (words.length !== 5 && (words.length < 7 || words.length % 2 === 0)) {
    return bad('column-count', `the row has ${words.length} values; a box has 5 (class, centre, size), a polygon an odd number from 7 on.`)
  }
  const [number, ...rest] = values as [number, ...number[]]
  if (!Number.isInteger(number) || number < 0) return bad('unknown-class', `the class must be a whole number from 0 on, not ${number}.`)
  if (classes !== null && number >= classes) return bad('unknown-class', `class ${number} has no name; the list of names ends at ${classes - 1}.`)
  const outside = rest.find((value) => value < -tolerance || value > 1 + tolerance)
  if (outside !== undefined) return bad('out-of-range', `${outside} is outside 0 … 1; coordinates are shares of the picture's width and height.`)
  return rest.length === 4 ? boxRow(number, rest as [number, number, number, number]) : polygonRow(number, rest)
}

function boxRow(number: number, [cx, cy, width, height]: [number, number, number, number]): Row {
  if (width < 0 || height < 0) return bad('wrong-value', `the box has a negative size (${width} × ${height}).`)
  return { ok: true, class: number, geometry: { kind: 'box', x: cx - width / 2, y: cy - height / 2, width, height } }
}

function polygonRow(number: number, points: number[]): Row {
  if (points.length > 6 && points[0] === points.at(-2) && points[1] === points.at(-1)) points.length -= 2
  return { ok: true, class: number, geometry: { kind: 'polygon', parts: [[points]] } }
}

const bad = (code: string, message: string): Row => ({ ok: false, code, message })
