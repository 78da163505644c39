import { z } from 'zod'

/** What went wrong, as something a person can act on. */
export const ErrorCode = z.enum([
  'invalid-input', 'not-found', 'no-project', 'not-a-project', 'project-exists', 'project-busy', 'project-from-future', 'project-corrupt',
  'read-only', 'disk-full', 'no-permission', 'unsupported', 'cancelled', 'export-exists', 'host-gone', 'unexpected',
])
export type ErrorCode = z.infer<typeof ErrorCode>

export const ErrorReply = z.object({ code: ErrorCode, message: z.string(), detail: z.string().nullable() })
export type ErrorReply = z.infer<typeof ErrorReply>

/** An error whose message is a sentence for a person: what, where, what to do. `detail` is for `--verbose`. */
export class QuorumError extends Error {
  readonly code: ErrorCode
  readonly detail: string | null

  constructor(code: ErrorCode, message: string, detail: string | null = null) {
    super(message)
    this.name = 'QuorumError'
    this.code = code
    this.detail = detail
  }

  get reply(): ErrorReply {
    return { code: this.code, message: this.message, detail: this.detail }
  }
}

/** What something that was thrown says. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
