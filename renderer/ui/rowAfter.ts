/** The row that a key leads to, or null for a key that leads nowhere. */
export function rowAfter(key: string, active: number, count: number, page: number): number | null {
  const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: count - 1 }[key]
  return to === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, to))
}
