import { useCallback, useMemo } from 'react'
import type { ProjectState } from '#shared/contract/api.ts'
import { defaultWriting } from '#shared/model/writing.ts'
import { createHelp } from './createHelp.ts'

/** The help for the open project. `learn` counts the words of a text that was written here. */
export function useWritingHelp(project: ProjectState) {
  const writing = project.project.writing ?? defaultWriting
  const help = useMemo(() => createHelp(writing, [], null), [writing])
  const learn = useCallback((text: string) => help.vocabulary.add(text), [help])
  return { help, learn }
}
