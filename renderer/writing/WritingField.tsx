import { useImperativeHandle, useLayoutEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type Ref } from 'react'
import { prefixAt, type Finding } from '#shared/text/finding.ts'
import { spansAfterEdit, toggleMark, type MarkedText } from '#shared/text/spans.ts'
import type { TextDirection } from '#shared/model/annotation.ts'
import { Findings } from './Findings.tsx'
import type { WritingHelp } from './help.ts'
import { piecesOf } from './pieces.ts'
import { Suggestions } from './Suggestions.tsx'
import { useDraft } from './useDraft.ts'
import { useFindings } from './useFindings.ts'
import './writing.css'

/** What others may ask of the field. Offsets count UTF-16 code units. */
export interface WritingHandle {
  readonly focus: () => void
  /** Saves what was typed now. */
  readonly flush: () => void
  readonly current: () => MarkedText
  readonly selection: () => readonly [start: number, end: number]
  readonly select: (start: number, end?: number) => void
  /** Where the caret stands once the record brings another text (two lines were merged). */
  readonly placeCaret: (at: number) => void
  /** Puts text in the place of the selection, as if it were typed. */
  readonly insert: (text: string) => void
  /** Marks the selection, or the word at the caret; a second time takes the mark away. False when there is nothing to mark. */
  readonly mark: (kind: 'unclear' | 'illegible') => boolean
}

interface Props {
  readonly ref?: Ref<WritingHandle>
  /** The accessible name. */
  readonly label: string
  /** What is saved. Give the field a `key` of the record, so that each record has its own. */
  readonly value: MarkedText
  /** When typing pauses, the field loses the focus or goes; only if something changed. */
  readonly onCommit: (next: MarkedText) => void
  /** At each keystroke; keep it cheap. */
  readonly onChange?: (next: MarkedText) => void
  /** Before the field's own keys; preventDefault keeps them from it. */
  readonly onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void
  /** Escape when there is nothing of the field's own to close; without it the field gives the focus away. */
  readonly onEscape?: () => void
  readonly onFocus?: () => void
  readonly direction: TextDirection
  /** BCP 47; null when not known. */
  readonly language: string | null
  /** Whether Enter makes a new line; else line breaks that are pasted become spaces. */
  readonly multiline?: boolean
  /** CSS pixels. */
  readonly fontSize?: number
  readonly placeholder?: string
  readonly readOnly?: boolean
  readonly help?: WritingHelp | null
}

/**
 * A field to transcribe in: plain text in any direction, marks of what is unclear as structure beside it, completions
 * (Tab takes the first, Alt+1…5 any), notes from rules, glossary and dictionary (Alt+Enter puts the first right).
 */
export function WritingField({ ref, label, value, onCommit, onChange, onKeyDown, onEscape, onFocus, direction, language, multiline = false, fontSize = 16, placeholder, readOnly = false, help = null }: Props) {
  const area = useRef<HTMLTextAreaElement>(null)
  const { draft, flush, put, type, current, dirty } = useDraft(value, onCommit, onChange)
  const [offered, setOffered] = useState<readonly string[]>([])
  const caretAfter = useRef<number | null>(null)
  const typed = useRef({ text: value.text, caret: 0 })
  const findings = useFindings(draft.text, language, help)
  const vertical = direction === 'vertical'

  useLayoutEffect(() => {
    // Saving may give the text another normal form; the caret stays at its letter.
    const { text, caret } = typed.current
    const moved = draft.text !== text && draft.text === text.normalize('NFC') ? text.slice(0, caret).normalize('NFC').length : null
    const to = caretAfter.current ?? moved
    caretAfter.current = null
    typed.current = { text: draft.text, caret: to ?? area.current?.selectionStart ?? 0 }
    if (to !== null && document.activeElement === area.current) area.current?.setSelectionRange(to, to)
  }, [draft.text])

  const replace = (start: number, end: number, text: string) => {
    const { text: before, spans } = current()
    const next = before.slice(0, start) + text + before.slice(end)
    caretAfter.current = start + text.length
    put({ text: next, spans: spansAfterEdit(spans, before, next) })
    setOffered([])
  }
  const accept = (word: string) => {
    const caret = area.current?.selectionStart ?? 0
    const at = prefixAt(current().text, caret)
    if (at) replace(at.start, caret, word)
    area.current?.focus()
  }
  const fix = (finding: Finding, text: string) => { replace(finding.start, finding.end, text); area.current?.focus() }
  const mark = (kind: 'unclear' | 'illegible') => {
    const marked = current()
    const [start, end] = markable(marked.text, area.current?.selectionStart ?? 0, area.current?.selectionEnd ?? 0)
    if (start === end) return false
    put({ ...marked, spans: toggleMark(marked, start, end, kind) })
    return true
  }
  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus({ preventScroll: true }),
    flush, current,
    selection: () => [area.current?.selectionStart ?? 0, area.current?.selectionEnd ?? 0],
    select: (start, end = start) => area.current?.setSelectionRange(start, end),
    placeCaret: (at) => { caretAfter.current = at },
    insert: (text) => { replace(area.current?.selectionStart ?? 0, area.current?.selectionEnd ?? 0, text); area.current?.focus() },
    mark,
  }))

  const changed = (text: string, caret: number) => {
    const plain = multiline ? text : text.replaceAll(/[\r\n\u2028\u2029]+/gu, ' ')
    typed.current = { text: plain, caret }
    type(plain)
    const at = help ? prefixAt(plain, caret) : null
    const next = at && at.prefix.length >= 2 ? help!.complete(at.prefix) : []
    setOffered((before) => (before.length === 0 && next.length === 0 ? before : next))
  }
  const keyed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    onKeyDown?.(event)
    if (event.defaultPrevented) return
    const take = () => { event.preventDefault(); event.stopPropagation() }
    const mod = event.ctrlKey || event.metaKey
    if (event.key === 'Tab' && !event.shiftKey && !mod && offered[0] !== undefined) { take(); return accept(offered[0]) }
    const nth = event.altKey && !mod ? /^Digit([1-5])$/u.exec(event.code)?.[1] : undefined
    const chosen = offered[Number(nth) - 1]
    if (nth && offered.length > 0) { take(); return chosen === undefined ? undefined : accept(chosen) }
    if (event.key === 'Enter' && event.altKey) {
      const first = findings.find(({ fixes }) => fixes.length > 0)
      take()
      if (first) fix(first, first.fixes[0]!)
      return
    }
    if (event.key === 'Escape') { take(); return offered.length > 0 ? setOffered([]) : onEscape ? onEscape() : area.current?.blur() }
    // While something is not saved yet, undo is the field's own.
    if (mod && event.key.toLowerCase() === 'z' && dirty()) event.stopPropagation()
  }
  const style: CSSProperties = { fontSize, ...(vertical ? { writingMode: 'vertical-rl' } : {}) }
  const dir = vertical || direction === 'auto' ? 'auto' : direction
  return (
    <div className="writing" data-vertical={vertical || undefined}>
      <div className="writing__box">
        <div className="writing__mirror" aria-hidden="true" dir={dir} lang={language ?? undefined} style={style}>
          {piecesOf(draft.text, draft.spans, findings).map((piece, index) => <span key={index} data-span={piece.span ?? undefined} data-finding={piece.finding ?? undefined}>{piece.text}</span>)}
          {'\u200b'}
        </div>
        <textarea ref={area} className="writing__text" aria-label={label} rows={1} value={draft.text} dir={dir} lang={language ?? undefined} style={style} placeholder={placeholder} readOnly={readOnly}
          spellCheck={false} autoComplete="off" autoCorrect="off" autoCapitalize="off" onChange={({ target }) => changed(target.value, target.selectionStart)} onKeyDown={keyed} onFocus={onFocus}
          onBlur={() => { flush(); setOffered([]) }} />
      </div>
      <div className="writing__help">
        {offered.length > 0 ? <Suggestions words={offered} onTake={accept} /> : <Findings findings={findings} text={draft.text} onFix={fix} />}
      </div>
    </div>
  )
}

/** The selection, or the word that the caret stands in or at the end of. */
function markable(text: string, start: number, end: number): readonly [number, number] {
  if (start !== end) return [start, end]
  const left = /[^\p{White_Space}]*$/u.exec(text.slice(0, start))![0].length
  const right = /^[^\p{White_Space}]*/u.exec(text.slice(start))![0].length
  return [start - left, start + right]
}
