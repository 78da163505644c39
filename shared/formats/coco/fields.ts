import { isObject, notFinite } from '../json.ts'

/** Why one row was not taken in: where in the row, a stable code, a sentence. */
export class RowError extends Error {
  readonly field: string
  readonly code: string

  constructor(field: string, code: string, message: string) {
    super(message)
    this.field = field
    this.code = code
  }
}

const limit = 1e7

/** A finite number within ±10,000,000. */
export function number(value: unknown, field: string): number {
  if (value === notFinite) throw new RowError(field, 'not-finite', `${field} is NaN or infinite; write a number.`)
  if (typeof value !== 'number') throw new RowError(field, 'wrong-type', `${field} must be a number, not ${described(value)}.`)
  if (!Number.isFinite(value)) throw new RowError(field, 'not-finite', `${field} is too large for a number.`)
  if (Math.abs(value) > limit) throw new RowError(field, 'out-of-range', `${field} is ${value}; coordinates go to ±10,000,000.`)
  return value === 0 ? 0 : value
}

export function numbers(value: unknown, field: string): number[] {
  if (!Array.isArray(value)) throw new RowError(field, 'wrong-type', `${field} must be a list of numbers, not ${described(value)}.`)
  return value.map((entry, index) => number(entry, `${field}[${index}]`))
}

/** A whole number ≥ 0. */
export function whole(value: unknown, field: string): number {
  const result = number(value, field)
  if (!Number.isInteger(result) || result < 0) throw new RowError(field, 'wrong-value', `${field} must be a whole number from 0 on, not ${result}.`)
  return result
}

export function text(value: unknown, field: string): string {
  if (typeof value !== 'string') throw new RowError(field, 'wrong-type', `${field} must be text, not ${described(value)}.`)
  return value
}

/** Ids are numbers in COCO itself and text in some of its children; 7 and "7" are the same. */
export function id(value: unknown, field: string): string {
  if (typeof value === 'string' && value !== '' && value !== notFinite) return value
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (value === notFinite) throw new RowError(field, 'not-finite', `${field} is NaN or infinite; write an id.`)
  throw new RowError(field, value === undefined ? 'missing-field' : 'wrong-type', `${field} must be an id (a number or text), not ${described(value)}.`)
}

export function described(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (value === notFinite) return 'NaN or infinite'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isObject(value)) return 'an object'
  return `${typeof value} ${JSON.stringify(value).slice(0, 60)}`
}
