import { parentPort } from 'node:worker_threads'
import { messageOf } from '#shared/contract/errors.ts'
import type { TaskReply, TaskRequest, TaskTable } from './pool.ts'

export type TaskFunctions<Table extends TaskTable> = {
  [Name in keyof Table]: (input: Table[Name]['input']) => Table[Name]['output'] | Promise<Table[Name]['output']>
}

/** The worker's end of a pool: answers each request with what the function of its name gives. */
export function answerTasks<Table extends TaskTable>(functions: TaskFunctions<Table>): void {
  const port = parentPort
  if (port === null) throw new Error('answerTasks must be called in a worker thread')
  port.on('message', (request: TaskRequest) => {
    void answer(functions, request).then((reply) => port.postMessage(reply))
  })
  port.postMessage({ ready: true } satisfies TaskReply)
}

async function answer<Table extends TaskTable>(functions: TaskFunctions<Table>, { id, name, input }: TaskRequest): Promise<TaskReply> {
  try {
    const run = functions[name]
    if (run === undefined) return { id, error: `there is no task ${name}` }
    return { id, output: await run(input) }
  } catch (error) {
    return { id, error: messageOf(error) }
  }
}
