import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Output, ProjectState } from '#shared/contract/api.ts'
import { defaultWriting } from '#shared/model/writing.ts'
import { useSession } from '#renderer/frame/context.tsx'
import type { Client } from '#renderer/transport/client.ts'
import { createHelp } from './createHelp.ts'
import { spell } from './spelling.ts'

type Words = Output<'text.vocabulary'>['words']
const mostWords = 20_000

/** What a project had written when it was asked for, and what was written in this window since. */
interface Known { readonly project: string; readonly asked: Promise<Words>; words: Words; readonly learned: string[] }
const known = new WeakMap<Client, Known>()

/** Asked of the host once a project, when its first field opens. */
function knownOf(client: Client, project: string): Known {
  const was = known.get(client)
  if (was?.project === project) return was
  // Help that cannot be had is no reason to disturb somebody who types.
  const asked = client.call('text.vocabulary', { limit: mostWords }).then(({ words }) => words, () => [])
  const made: Known = { project, asked, words: [], learned: [] }
  void asked.then((words) => { made.words = words })
  known.set(client, made)
  return made
}

/**
 * The help for the open project. It grows with what is written here (`learn`); until the project's words are there a
 * person writes without them.
 */
export function useWritingHelp(project: ProjectState) {
  const { client } = useSession()
  const id = project.project.id
  const [words, setWords] = useState<Words>(() => knownOf(client, id).words)
  useEffect(() => {
    let current = true
    void knownOf(client, id).asked.then((answer) => { if (current) setWords(answer) })
    return () => { current = false }
  }, [client, id])
  const writing = project.project.writing ?? defaultWriting
  const help = useMemo(() => {
    const made = createHelp(writing, words, spell)
    for (const text of knownOf(client, id).learned) made.vocabulary.add(text)
    return made
  }, [writing, words, client, id])
  const learn = useCallback((text: string) => {
    knownOf(client, id).learned.push(text)
    help.vocabulary.add(text)
  }, [help, client, id])
  return { help, learn }
}
