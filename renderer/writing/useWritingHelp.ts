import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Output, ProjectState } from '#shared/contract/api.ts'
import { defaultWriting } from '#shared/model/writing.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { createHelp } from './createHelp.ts'
import { spell } from './spelling.ts'

type Words = Output<'text.vocabulary'>['words']
const mostWords = 20_000
const none: Words = []

/**
 * The help for the open project: its words are asked of the host once, when the first field opens, and grow with what is
 * written here (`learn`). Until they are there a person writes without them.
 */
export function useWritingHelp(project: ProjectState) {
  const { client } = useSession()
  const [words, setWords] = useState<Words>(none)
  useEffect(() => {
    let current = true
    // Help that cannot be had is no reason to disturb somebody who types.
    client.call('text.vocabulary', { limit: mostWords }).then((answer) => { if (current) setWords(answer.words) }, () => {})
    return () => { current = false }
  }, [client, project.path])
  const writing = project.project.writing ?? defaultWriting
  const help = useMemo(() => createHelp(writing, words, spell), [writing, words])
  const learn = useCallback((text: string) => help.vocabulary.add(text), [help])
  return { help, learn }
}
