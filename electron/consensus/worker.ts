import { dirname } from 'node:path'
import { QuorumError, type ErrorReply } from '#shared/contract/errors.ts'
import { answerTasks } from '#electron/jobs/answerTasks.ts'
import { agreementReports, type AgreementReports } from './agreementReport.ts'
import { decisionDiff } from './decision.ts'
import { disputeRows, unclearRows } from './disputeRows.ts'
import { estimatesOf, type Estimates, type Result } from './estimates.ts'
import { entryOf, foundPage, itemView } from './itemView.ts'
import { layerDiff } from './layer.ts'
import { mirrorOf, type Mirror } from './mirror.ts'
import type { Place } from './place.ts'
import { queueOf, type Queue } from './queue.ts'
import { summaryOf } from './summary.ts'
import type { Answered, ConsensusTasks } from './tasks.ts'

interface Opened {
  readonly path: string
  readonly mirror: Mirror
  readonly agreement: AgreementReports
  readonly estimates: Estimates
  readonly queue: Queue
}

let opened: Opened | null = null

function open({ path, cacheFile, keeps }: Place): Opened {
  if (opened?.path === path) return opened
  const mirror = mirrorOf(path)
  const estimates = estimatesOf(mirror, { cacheFile, keeps })
  return (opened = { path, mirror, agreement: agreementReports(mirror), estimates, queue: queueOf(mirror, estimates, dirname(cacheFile)) })
}

/** Errors that say something to a person cross the border whole. */
const task = <Name extends keyof ConsensusTasks>(work: (project: Opened, asked: ConsensusTasks[Name]['input']) => Answered<Name>) =>
  (input: ConsensusTasks[Name]['input']): { value: Answered<Name> } | { error: ErrorReply } => {
    try {
      return { value: work(open(input), input) }
    } catch (error) {
      if (error instanceof QuorumError) return { error: error.reply }
      throw error
    }
  }

function resultOf({ estimates }: Opened): Result {
  const result = estimates.current()
  if (!result) throw new QuorumError('not-found', 'Nothing is estimated yet. Run consensus first.')
  return result
}

/** Steps of a run answer nothing but that they are done. */
function done(work: () => void): null {
  work()
  return null
}

answerTasks<ConsensusTasks>({
  agreement: task<'agreement'>(({ agreement }, { request }) => agreement.report(request)),
  next: task<'next'>(({ queue }, { request, now }) => queue.next(request, now)),
  queueState: task<'queueState'>(({ queue }, { for: person }) => queue.state(person)),
  begin: task<'begin'>(({ estimates }, { request }) => estimates.begin(request)),
  lay: task<'lay'>(({ estimates }, { token }) => estimates.lay(token)),
  learn: task<'learn'>(({ estimates }, { token }) => done(() => estimates.learn(token))),
  estimate: task<'estimate'>(({ estimates }, { token }) => estimates.estimate(token)),
  finish: task<'finish'>(({ estimates }, { token, now }) => done(() => estimates.finish(token, now))),
  summary: task<'summary'>(({ estimates, mirror }) => {
    const result = estimates.current()
    return result && summaryOf(result, mirror)
  }),
  disputes: task<'disputes'>((project, { request, me }) => disputeRows(resultOf(project), project.mirror, request, me)),
  found: task<'found'>((project, { request, me }) => foundPage(resultOf(project), project.mirror, request, me)),
  item: task<'item'>((project, { asset, names, me }) => itemView(resultOf(project), project.mirror, asset, names, me)),
  layer: task<'layer'>((project, { request, author }) => layerDiff(resultOf(project), project.mirror, request, author)),
  decision: task<'decision'>((project, { request, author, me, now }) => {
    const result = resultOf(project)
    return decisionDiff(result, entryOf(result, project.mirror, request.asset, me), request, author, now)
  }),
  unclear: task<'unclear'>(({ mirror }, { me }) => {
    mirror.sync()
    return unclearRows(mirror, me)
  }),
})
