import { QuorumError } from '#shared/contract/errors.ts'
import { modelHash, rowOf, type LibraryModel } from '#electron/prelabel/library.ts'
import type { HostContext, Noun } from './context.ts'

export function modelHandlers(context: HostContext): Noun<'models'> {
  const { library, measured } = context.models
  const row = (model: LibraryModel) => rowOf(library, model, measured.get(modelHash(model.manifest)))
  return {
    'models.list': () => ({ models: library.list().map(row) }),
    'models.manifest': ({ model }) => ({ manifest: library.need(model).manifest }),
    'models.inspect': ({ path }) => { throw notYet(path) },
    'models.try': ({ path }) => { throw notYet(path) },
    'models.add': ({ path }) => { throw notYet(path) },
    'models.remove'({ model }) {
      library.remove(model)
      return {}
    },
    'models.measure': ({ model }) => { throw notYet(model) },
  }
}

const notYet = (what: string) => new QuorumError('unsupported', `${what}: this cannot be done yet.`)
