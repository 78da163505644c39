const units = new Map(
  ('zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
    'eighteen nineteen').split(' ').map((word, value) => [word, value]),
)
const tens = new Map('twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, index) => [word, (index + 2) * 10]))
const scales = new Map([['thousand', 1e3], ['million', 1e6], ['billion', 1e9], ['trillion', 1e12]])

interface Read { value: number; next: number }

/** 0–99 at `at`: a unit, a teen, or tens with an optional unit 1–9. */
function belowHundred(words: readonly string[], at: number): Read | null {
  const ten = tens.get(words[at] ?? '')
  if (ten === undefined) {
    const unit = units.get(words[at] ?? '')
    return unit === undefined ? null : { value: unit, next: at + 1 }
  }
  const unit = units.get(words[at + 1] ?? '')
  return unit !== undefined && unit >= 1 && unit <= 9 ? { value: ten + unit, next: at + 2 } : { value: ten, next: at + 1 }
}

const afterAnd = (words: readonly string[], at: number) => (words[at] === 'and' ? at + 1 : at)

function belowThousand(words: readonly string[], at: number): Read | null {
  const head = belowHundred(words, at)
  if (head === null || head.value === 0 || words[head.next] !== 'hundred') return head
  const value = head.value * 100
  const rest = belowHundred(words, afterAnd(words, head.next + 1))
  return rest === null || rest.value === 0 ? { value, next: head.next + 1 } : { value: value + rest.value, next: rest.next }
}

/** The longest cardinal number in English words that begins at `at` ("two thousand and five"), or null. */
export function readCardinal(words: readonly string[], at: number): Read | null {
  let group = belowThousand(words, at)
  if (group === null) return null
  let { next } = group
  let value = 0
  let limit = Infinity
  while (group !== null) {
    const scale = scales.get(words[group.next] ?? '')
    if (scale === undefined || scale >= limit || group.value === 0) {
      // "twenty thousand five hundred": what follows a scale must be smaller than it; otherwise it is the next number.
      const joins = limit === Infinity || (scale === undefined && group.value > 0 && group.value < limit)
      return joins ? { value: value + group.value, next: group.next } : { value, next }
    }
    value += group.value * scale
    limit = scale
    next = group.next + 1
    group = belowThousand(words, afterAnd(words, next))
  }
  return { value, next }
}

/** "three point one four": the digits after the point, or null. */
function readDecimals(words: readonly string[], at: number): { digits: string; next: number } | null {
  if (words[at] !== 'point') return null
  let digits = ''
  let next = at + 1
  for (let unit = units.get(words[next] ?? ''); unit !== undefined && unit <= 9; unit = units.get(words[next] ?? '')) {
    digits += String(unit)
    next++
  }
  return digits === '' ? null : { digits, next }
}

function convertRun(run: string): string {
  const words = run.toLowerCase().split(/[ -]/u)
  const originals = run.split(/[ -]/u)
  const gaps = run.match(/[ -]/gu) ?? []
  let result = ''
  for (let at = 0; at < words.length; ) {
    const number = readCardinal(words, at)
    const decimals = number && readDecimals(words, number.next)
    const next = decimals?.next ?? number?.next ?? at + 1
    result += number === null ? originals[at] : String(number.value) + (decimals ? `.${decimals.digits}` : '')
    if (next < words.length) result += gaps[next - 1]
    at = next
  }
  return result
}

const names = [...units.keys(), ...tens.keys(), ...scales.keys(), 'hundred', 'and', 'point'].join('|')
const runs = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}'’])(?:${names})(?:[ -](?:${names}))*(?![\\p{L}\\p{M}\\p{N}'’])`, 'giu')

/**
 * English cardinal numbers in words become digits, thousands separators go ("1,000" → "1000"). Conservative: ordinals,
 * fractions, years in pairs ("nineteen ninety-five" → "19 95"), "a hundred", currencies and clock times are left as they are.
 */
export function numbersToDigits(text: string): string {
  return text
    .replace(/(?<![\p{N}.,])\d{1,3}(?:,\d{3})+(?![\d,]*\d)/gu, (digits) => digits.replaceAll(',', ''))
    .replace(runs, convertRun)
}
