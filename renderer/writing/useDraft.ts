import { useCallback, useEffect, useRef, useState } from 'react'
import { spansAfterEdit, type MarkedText } from '#shared/text/spans.ts'

const pauseMs = 1500

const same = (a: MarkedText, b: MarkedText): boolean => a.text === b.text && JSON.stringify(a.spans) === JSON.stringify(b.spans)

/**
 * Holds what is typed until a pause, a blur, a flush or the end of the field, so that nothing but the field is drawn
 * while a person types. An undo or another window's text replaces what was saved; what was typed since stays.
 */
export function useDraft(value: MarkedText, onCommit: (next: MarkedText) => void, onChange?: (next: MarkedText) => void) {
  const [shown, setShown] = useState(value)
  const [draft, setDraft] = useState(value)
  if (shown !== value && !same(shown, value)) {
    setShown(value)
    if (same(draft, shown)) setDraft(value)
  }
  const newest = useRef({ draft, value, onCommit, onChange })
  useEffect(() => { newest.current = { draft, value, onCommit, onChange } })
  const flush = useCallback(() => {
    const { draft: typed, value: saved, onCommit: commit } = newest.current
    if (same(typed, saved)) return
    // From here on the record is what counts, also where saving made something else of it (its normal form, a split).
    setShown(typed)
    commit(typed)
  }, [])
  useEffect(() => {
    if (same(draft, newest.current.value)) return undefined
    const timer = setTimeout(flush, pauseMs)
    return () => clearTimeout(timer)
  }, [draft, flush])
  useEffect(() => flush, [flush])
  const put = useCallback((next: MarkedText) => {
    newest.current = { ...newest.current, draft: next }
    setDraft(next)
    newest.current.onChange?.(next)
  }, [])
  const type = useCallback((text: string) => {
    const { text: before, spans } = newest.current.draft
    put({ text, spans: spansAfterEdit(spans, before, text) })
  }, [put])
  return { draft, flush, put, type, current: () => newest.current.draft, dirty: () => !same(newest.current.draft, newest.current.value) }
}
