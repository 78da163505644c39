import type { AgreementReport, AgreementRequest } from '#shared/contract/agreement.ts'
import type { ErrorReply } from '#shared/contract/errors.ts'

/** Every task names the project's database: a worker serves one project, and opens it at its first task. A refusal in words comes back as such. */
type Task<Input, Output> = { input: Input & { readonly path: string }; output: { readonly value: Output } | { readonly error: ErrorReply } }
export type Asked<Name extends keyof ConsensusTasks> = Omit<ConsensusTasks[Name]['input'], 'path'>
export type Answered<Name extends keyof ConsensusTasks> = Extract<ConsensusTasks[Name]['output'], { value: unknown }>['value']

/** What the consensus worker does. */
export type ConsensusTasks = {
  agreement: Task<{ readonly request: AgreementRequest }, AgreementReport>
}
