import type { Finding } from '#shared/text/finding.ts'
import { Kbd } from '#renderer/ui/Kbd.tsx'
import { words } from './words.ts'

interface Props {
  readonly findings: readonly Finding[]
  readonly text: string
  readonly onFix: (finding: Finding, text: string) => void
}

const shown = 3

/** What the checks say of the text, the first with its key. */
export function Findings({ findings, text, onFix }: Props) {
  const first = findings.find(({ fixes }) => fixes.length > 0)
  if (findings.length === 0) return null
  return (
    <ul className="writing__notes" aria-label={words.findings}>
      {findings.slice(0, shown).map((finding) => (
        <li key={`${finding.start} ${finding.message}`} className="writing__note" data-finding={finding.kind}>
          <span className="writing__what"><bdi>{text.slice(finding.start, finding.end).trim() || '␣'}</bdi></span>
          <span className="q-muted">{finding.message}</span>
          {finding.fixes.slice(0, 3).map((fix) => (
            <button key={fix} type="button" tabIndex={-1} className="writing__offer" onPointerDown={(event) => event.preventDefault()} onClick={() => onFix(finding, fix)}><bdi>{words.fix(fix)}</bdi></button>
          ))}
          {finding === first ? <Kbd keys={words.fixKey} /> : null}
        </li>
      ))}
      {findings.length > shown ? <li className="q-muted">+{findings.length - shown}</li> : null}
    </ul>
  )
}
