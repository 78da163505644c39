/**
 * Seconds as text and ticks as whole numbers, exactly: "15.000" is 15000 ticks of a rate of 1000 and is written "15.000".
 * Nothing here goes through a fraction in binary.
 */

/** At least milliseconds, so that a file that happens to hold whole seconds can still be edited; at most nanoseconds. */
const leastDecimals = 3
const mostDecimals = 9
/** 10^15 ticks: 11 days in nanoseconds, and exact in a double with room for sums. */
const mostTicks = 1e15

const decimal = /^([+-]?)(\d{0,15})(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/u

interface Decimal { readonly negative: boolean; readonly digits: string; readonly scale: number }

/** Digits and how many of them stand after the point; null when the text is no number. */
function parts(text: string): Decimal | null {
  const match = decimal.exec(text)
  if (match === null || ((match[2] ?? '') === '' && (match[3] ?? '') === '')) return null
  const exponent = Number(match[4] ?? 0)
  let digits = `${match[2] ?? ''}${match[3] ?? ''}`
  let scale = (match[3] ?? '').length - exponent
  if (scale < 0) {
    if (scale < -15) return null
    digits += '0'.repeat(-scale)
    scale = 0
  }
  return { negative: match[1] === '-' && /[1-9]/u.test(digits), digits, scale }
}

/** The rate (ticks a second) that holds all of these texts exactly, up to a nanosecond. */
export function rateOf(texts: Iterable<string>): number {
  let decimals = leastDecimals
  for (const text of texts) {
    const number = parts(text)
    if (number === null) continue
    const significant = number.digits.replace(/0+$/u, '')
    decimals = Math.max(decimals, Math.min(mostDecimals, number.scale - (number.digits.length - significant.length)))
  }
  return 10 ** decimals
}

export type Ticks = { readonly ok: true; readonly ticks: number; readonly exact: boolean } | { readonly ok: false; readonly code: 'not-a-time' | 'negative-time' | 'out-of-range' }

/** The whole number of ticks nearest to a decimal number of seconds; `rate` is a power of ten. */
export function ticksOf(text: string, rate: number): Ticks {
  const number = parts(text)
  if (number === null) return { ok: false, code: 'not-a-time' }
  if (number.negative) return { ok: false, code: 'negative-time' }
  const shift = Math.round(Math.log10(rate)) - number.scale
  let value = BigInt(number.digits || '0')
  let exact = true
  if (shift >= 0) value *= 10n ** BigInt(shift)
  else {
    const unit = 10n ** BigInt(-shift)
    exact = value % unit === 0n
    value = (value + unit / 2n) / unit
  }
  return value > BigInt(mostTicks) ? { ok: false, code: 'out-of-range' } : { ok: true, ticks: Number(value), exact }
}

/** A time in another rate, rounded to the nearest tick; `exact` when nothing was lost. */
export function inRate(ticks: number, from: number, to: number): { ticks: number; exact: boolean } {
  const [wide, unit] = [BigInt(ticks) * BigInt(to), BigInt(from)]
  return { ticks: Number((wide + unit / 2n) / unit), exact: wide % unit === 0n }
}

/** Seconds as decimal text with at least `least` and at most nine decimals: exact for rates that are powers of ten up to 10⁹. */
export function secondsText(ticks: number, rate: number, least = 0): { text: string; exact: boolean } {
  const { ticks: nano, exact } = inRate(ticks, rate, 10 ** mostDecimals)
  const digits = BigInt(nano).toString().padStart(mostDecimals + 1, '0')
  const fraction = digits.slice(-mostDecimals).replace(/0+$/u, '').padEnd(least, '0')
  return { text: digits.slice(0, -mostDecimals) + (fraction === '' ? '' : `.${fraction}`), exact }
}
