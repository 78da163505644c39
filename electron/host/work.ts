import { QuorumError } from '#shared/contract/errors.ts'
import type { Noun } from './context.ts'

const later = (): never => { throw new QuorumError('unsupported', 'Not joined yet.') }
export const workHandlers = (): Noun<'imports' | 'exports' | 'formats' | 'jobs'> => ({
  'imports.start': later, 'imports.report': later, 'exports.plan': later, 'exports.start': later, 'exports.report': later,
  'formats.list': later, 'jobs.list': () => ({ jobs: [] }), 'jobs.cancel': later, 'jobs.resume': later,
})
