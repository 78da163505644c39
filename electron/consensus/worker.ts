import { QuorumError, type ErrorReply } from '#shared/contract/errors.ts'
import { answerTasks } from '#electron/jobs/answerTasks.ts'
import { agreementReports, type AgreementReports } from './agreementReport.ts'
import { mirrorOf } from './mirror.ts'
import type { Answered, Asked, ConsensusTasks } from './tasks.ts'

interface Opened {
  readonly path: string
  readonly agreement: AgreementReports
}

let opened: Opened | null = null

function open(path: string): Opened {
  if (opened?.path === path) return opened
  const mirror = mirrorOf(path)
  return (opened = { path, agreement: agreementReports(mirror) })
}

/** Errors that say something to a person cross the border whole. */
const task = <Name extends keyof ConsensusTasks>(work: (project: Opened, asked: Asked<Name>) => Answered<Name>) =>
  (input: ConsensusTasks[Name]['input']): { value: Answered<Name> } | { error: ErrorReply } => {
    try {
      return { value: work(open(input.path), input) }
    } catch (error) {
      if (error instanceof QuorumError) return { error: error.reply }
      throw error
    }
  }

answerTasks<ConsensusTasks>({
  agreement: task<'agreement'>(({ agreement }, { request }) => agreement.report(request)),
})
