import { QuorumError } from '#shared/contract/errors.ts'
import type { HostContext, Noun } from './context.ts'

export function prelabelHandlers(context: HostContext): Noun<'prelabel'> {
  return {
    'prelabel.start': ({ model }) => { throw notYet(context.models.library.need(model).manifest.name) },
    'prelabel.report': ({ job }) => { throw notYet(job) },
    'prelabel.predict': ({ model }) => { throw notYet(context.models.library.need(model).manifest.name) },
  }
}

const notYet = (what: string) => new QuorumError('unsupported', `${what}: this cannot be done yet.`)
