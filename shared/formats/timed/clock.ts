const clock = /^(?:(\d{1,10}):)?(\d{2}):(\d{2})[.,](\d{1,3})$/u

/**
 * Milliseconds of `[hh:]mm:ss.mmm` (WebVTT) or `hh:mm:ss,mmm` (SubRip); null when the text is no such time or its
 * minutes or seconds exceed 59.
 */
export function clockToMilliseconds(text: string): number | null {
  const match = clock.exec(text)
  if (match === null) return null
  const [hours, minutes, seconds] = [Number(match[1] ?? 0), Number(match[2]), Number(match[3])]
  if (minutes > 59 || seconds > 59) return null
  const total = ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number(match[4]!.padEnd(3, '0'))
  return Number.isSafeInteger(total) ? total : null
}

/** Always with hours: `00:00:15.000`. */
export function millisecondsToClock(milliseconds: number, mark: '.' | ','): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const seconds = Math.floor(milliseconds / 1000)
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${time}${mark}${String(milliseconds % 1000).padStart(3, '0')}`
}
