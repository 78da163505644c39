import { messageOf } from '#shared/contract/errors.ts'
import { InferenceError, methods, Request, type Got, type Message, type MethodName } from './protocol.ts'
import type { Handlers } from './service.ts'

type Post = (message: Message, transfer: Transferable[]) => void

/** Answers the messages of a page; what is not a request is answered with a failure, not with silence. */
export function serve(handlers: Handlers, post: Post): (data: unknown) => Promise<void> {
  return async (data) => {
    const request = Request.safeParse(data)
    if (!request.success) return post({ kind: 'failure', id: idOf(data), code: 'failed', message: `The worker was asked something that it does not know: ${request.error.message}` }, [])
    const { id, method, input } = request.data
    try {
      const given = methods[method].input.parse(input)
      const handler = handlers[method] as (given: unknown, tell: Parameters<Handlers['embed']>[1]) => Promise<Got<MethodName>>
      const value = await handler(given, (progress) => post({ kind: 'progress', id, progress }, []))
      post({ kind: 'value', id, value }, transferable(value))
    } catch (error) {
      const code = error instanceof InferenceError && error.code !== 'stopped' ? error.code : 'failed'
      post({ kind: 'failure', id, code, message: messageOf(error) }, [])
    }
  }
}

const idOf = (data: unknown): number => (typeof data === 'object' && data !== null && 'id' in data && typeof data.id === 'number' ? data.id : -1)

const transferable = (value: Got<MethodName>): Transferable[] => ('embedding' in value && value.embedding ? [value.embedding.buffer as ArrayBuffer] : [])
