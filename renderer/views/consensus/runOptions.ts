import { useState } from 'react'
import { ConsensusRequest } from '#shared/contract/consensus.ts'

/** How a run goes about it, as far as a person chooses. */
export type RunOptions = Pick<ConsensusRequest, 'method' | 'boxes' | 'areas'>

const Kept = ConsensusRequest.pick({ method: true, boxes: true, areas: true })

function kept(key: string): RunOptions {
  try {
    return Kept.parse(JSON.parse(localStorage.getItem(key) ?? '{}'))
  } catch {
    return Kept.parse({}) // an older version's, or broken off
  }
}

/** What was chosen for this project on this machine; else what suits most. */
export function useRunOptions(project: string): readonly [RunOptions, (options: RunOptions) => void] {
  const key = `consensus.run ${project}`
  const [options, setOptions] = useState(() => kept(key))
  const put = (next: RunOptions) => {
    setOptions(next)
    localStorage.setItem(key, JSON.stringify(next))
  }
  return [options, put]
}
