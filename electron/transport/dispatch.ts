import { z } from 'zod'
import { api, type Method } from '#shared/contract/api.ts'
import { type ErrorReply, messageOf, QuorumError } from '#shared/contract/errors.ts'
import type { Handlers } from '#electron/host/context.ts'

export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: ErrorReply }
export type Dispatch = (method: unknown, input: unknown) => Promise<Reply>

/** The one place where what comes from outside is validated; every door leads through it. Never throws. */
export function createDispatch(handlers: Handlers): Dispatch {
  return async (method, input) => {
    try {
      if (typeof method !== 'string' || !Object.hasOwn(api, method)) throw new QuorumError('invalid-input', `There is no method ${String(method)}.`)
      const name = method as Method
      const parsed = api[name].input.safeParse(input)
      if (!parsed.success) throw new QuorumError('invalid-input', `${name}: ${firstIssue(parsed.error)}`, z.prettifyError(parsed.error))
      // The schema of `name` made `parsed.data`; the table of handlers has the same keys, which the compiler cannot follow.
      const handler = handlers[name] as (input: unknown) => unknown
      return { ok: true, value: await handler(parsed.data) }
    } catch (error) {
      return { ok: false, error: errorReply(error) }
    }
  }
}

export function errorReply(error: unknown): ErrorReply {
  if (error instanceof QuorumError) return error.reply
  if (error instanceof RangeError && /call stack/u.test(error.message)) return { code: 'invalid-input', message: 'The request is nested too deeply to be read.', detail: null }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { code: 'unexpected', message: `Quorum did not expect this: ${messageOf(error)}`, detail }
}

/** "diff.added.annotation:1.geometry.width: must be ≥ 0": the place, then what is wrong there. */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues
  if (!issue) return 'the input is not valid'
  const path = issue.path.join('.')
  return path ? `${path}: ${issue.message}` : issue.message
}
