import { QuorumError } from '#shared/contract/errors.ts'
import type { ProjectState } from '#shared/contract/api.ts'
import type { Author } from '#shared/model/author.ts'
import type { Diff } from '#shared/model/diff.ts'
import type { ProjectId } from '#shared/model/id.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { createSaveQueue, type SaveQueue, type SaveState } from '#renderer/editor/saveQueue.ts'
import { storageShelf } from '#renderer/editor/shelf.ts'
import type { Client } from '#renderer/transport/client.ts'

/**
 * The save queue of the open project and of who works there; one a window, so that its changes keep their order whatever view made them.
 * `isOpen` tells whether the host has this very project open: a change must never land in another.
 */
export function createProjectQueue(client: Client, project: ProjectId, me: Author, isOpen: () => boolean, onState: (state: SaveState, queue: SaveQueue) => void) {
  const send = async (request: Parameters<SaveQueue['push']>[0]): Promise<readonly AnyRecord[]> => {
    if (!isOpen()) throw new QuorumError('no-project', 'The project of this change is not open. It is kept and saved when you open the project again.')
    return (await client.call('changes.apply', { ...request, of: { project, author: me } })).differing
  }
  const queue = createSaveQueue({ send, shelf: storageShelf(localStorage, `${project} ${encodeURIComponent(me)}`) })
  const unsubscribe = queue.state.subscribe((state) => onState(state, queue))
  const stop = () => { unsubscribe(); queue.close() }
  onState(queue.state.getState(), queue)
  return { project, me, queue, stop }
}

/** The project as it stands after a change of its own record and its labels, before the host has answered. */
export function withDiff(open: ProjectState, diff: Diff): ProjectState {
  const put: AnyRecord[] = [...Object.values(diff.added), ...Object.values(diff.updated).map(([, to]) => to)]
  const touched = new Set([...put.map(({ id }) => id as string), ...Object.keys(diff.removed)])
  const project = put.find((record) => record.type === 'project') ?? open.project
  return { ...open, project, labels: [...open.labels.filter(({ id }) => !touched.has(id)), ...put.filter((record) => record.type === 'label')] }
}
