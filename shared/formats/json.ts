import { messageOf } from '#shared/contract/errors.ts'
import type { Json } from './format.ts'

/** Stands for a number that JSON cannot hold but Python writes: NaN, Infinity, -Infinity. */
export const notFinite = '\u0000not finite'

// A string (kept as it is) or one of the three tokens. Unrolled, so that a string of megabytes needs no stack.
const stringOrToken = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/gu

export type JsonOutcome = { ok: true; value: unknown } | { ok: false; place: string; message: string }

/** JSON with or without a byte order mark; NaN and Infinity become `notFinite`, so that only their row is lost. */
export function parseJson(text: string): JsonOutcome {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  try {
    return { ok: true, value: JSON.parse(body) }
  } catch (error) {
    if (/NaN|Infinity/u.test(body)) {
      const quoted = body.replaceAll(stringOrToken, (token) => (token.startsWith('"') ? token : JSON.stringify(notFinite)))
      try {
        return { ok: true, value: JSON.parse(quoted) }
      } catch {
        // The first error is about the text as the user has it.
      }
    }
    return failure(error, body)
  }
}

function failure(error: unknown, text: string): JsonOutcome {
  const message = messageOf(error)
  const position = /position (\d+)/u.exec(message)
  const at = position === null ? (/end of JSON/u.test(message) ? text.length : null) : Number(position[1])
  if (at === null) return { ok: false, place: 'line 1', message }
  const before = text.slice(0, at).split('\n')
  return { ok: false, place: `line ${before.length}, column ${before.at(-1)!.length + 1}`, message }
}

export type JsonObject = { [key: string]: unknown }

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value of parsed JSON with null in the place of every `notFinite`. */
export function withoutNotFinite(value: unknown): Json {
  if (value === notFinite) return null
  if (Array.isArray(value)) return value.map(withoutNotFinite)
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withoutNotFinite(entry)]))
  return value as Json
}
