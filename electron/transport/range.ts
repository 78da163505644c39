/** Bytes `start` to `end`, both included, as in HTTP. */
export interface ByteRange { start: number, end: number }

/**
 * Reads a `Range` header (RFC 9110, section 14.1.2) for a body of `size` bytes. Null: send the whole body (no header, another unit, or
 * several ranges, which a server may ignore). `unsatisfiable`: answer 416.
 */
export function parseRange(header: string | null, size: number): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match) return null
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return null
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length > 0 ? { start: size - length, end: size - 1 } : 'unsatisfiable'
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return null
  return start < size ? { start, end } : 'unsatisfiable'
}
