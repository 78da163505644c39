import { join } from 'node:path'
import { QuorumError } from '#shared/contract/errors.ts'
import { TaskFailure } from '#electron/jobs/pool.ts'
import type { Place } from '#electron/consensus/place.ts'
import type { Answered, Asked, ConsensusTasks } from '#electron/consensus/tasks.ts'
import { openProjectOf, workOf, type HostContext } from './context.ts'

/** Asks the thread that knows the open project's work. Its failures come as sentences. */
export async function consensusTask<Name extends keyof ConsensusTasks>(context: HostContext, name: Name, asked: Asked<Name>, signal?: AbortSignal): Promise<Answered<Name>> {
  const { store, cache, readOnly } = openProjectOf(context)
  // The file that is really read: of a folder that cannot be written it is a copy.
  const place: Place = { path: store.db.name, cacheFile: join(cache, 'consensus.json'), keeps: readOnly === null }
  const input = { ...asked, ...place } as ConsensusTasks[Name]['input']
  const output = await workOf(context).consensus.run(name, input, signal ? { signal } : {}).catch((error: unknown) => {
    if (!(error instanceof TaskFailure)) throw error
    if (error.reason === 'cancelled') throw new QuorumError('cancelled', 'Stopped, because the project was closed or the task cancelled.')
    throw new QuorumError('unexpected', `The agreement and consensus of this project could not be computed: ${error.message}. Try again; "quorum check" says whether the project is sound.`)
  })
  if ('error' in output) throw new QuorumError(output.error.code, output.error.message, output.error.detail)
  return output.value as Answered<Name>
}
