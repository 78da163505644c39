import { QuorumError, type ErrorReply } from '#shared/contract/errors.ts'

export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: ErrorReply }

/** The value of a reply; throws its error. */
export function valueOf<Value>(reply: Reply): Value {
  if (!reply.ok) throw new QuorumError(reply.error.code, reply.error.message, reply.error.detail)
  return reply.value as Value
}
