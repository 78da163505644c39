import { useEffect, useState } from 'react'
import type { Finding } from '#shared/text/finding.ts'
import type { WritingHelp } from './help.ts'

const checkMs = 200

const none: readonly Finding[] = []

/** What the checks say of a text, a moment after typing paused; nothing while it is typed. */
export function useFindings(text: string, language: string | null, help: WritingHelp | null): readonly Finding[] {
  const [found, setFound] = useState<{ readonly text: string; readonly findings: readonly Finding[] }>({ text: '', findings: none })
  useEffect(() => {
    if (!help) return undefined
    let current = true
    const timer = setTimeout(() => {
      const checked = help.check(text)
      setFound({ text, findings: checked })
      // What a rule or the glossary says of a word goes before the dictionary.
      void help.spell?.(text, language).then((spelt) => {
        if (current && spelt.length > 0) setFound({ text, findings: [...checked, ...spelt.filter((one) => !checked.some(({ start, end }) => one.start < end && start < one.end))].sort((a, b) => a.start - b.start) })
      }, () => undefined)
    }, checkMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [text, language, help])
  return found.text === text ? found.findings : none
}
