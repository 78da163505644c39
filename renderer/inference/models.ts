import type { ModelRow, ModelTask } from '#shared/contract/prelabel.ts'
import type { Origin } from '#shared/model/provenance.ts'
import type { Manifest } from '#shared/prelabel/manifest.ts'
import type { Client } from '#renderer/transport/client.ts'
import { words } from './words.ts'

/** A model that the page can run itself, and what its answers are signed with. */
export interface PageModel { readonly manifest: Manifest; /** SHA-256 over its files, as the host has it. */ readonly hash: string }

const heads: Partial<Record<ModelTask, readonly Manifest['head']['kind'][]>> = { 'prompt-segment': ['sam'], 'text-recognise': ['ocr', 'ctc'], 'speech-to-text': ['seq2seq'] }

/** The models of the host that a page may run, each read once. */
export function createModels(client: Pick<Client, 'call'>) {
  const known = new Map<ModelTask, Promise<PageModel | null>>()

  async function find(task: ModelTask): Promise<PageModel | null> {
    const { models } = await client.call('models.list', {})
    // A person's own model is there because it is better.
    const fit = models.filter((model) => model.task === task && model.kind !== 'rule' && model.problem === null).sort((a, b) => rank(a) - rank(b))
    for (const { id } of fit) {
      const { manifest } = await client.call('models.manifest', { model: id })
      if (heads[task]?.includes(manifest.head.kind)) return { manifest, hash: await hashOf(manifest) }
    }
    return null
  }

  return {
    /** The best model for a task; null where there is none. */
    of(task: ModelTask): Promise<PageModel | null> {
      const found = known.get(task) ?? find(task)
      known.set(task, found)
      found.catch(() => known.delete(task))
      return found
    },
    /** A model was added or taken away. */
    changed: () => known.clear(),
  }
}
export type Models = ReturnType<typeof createModels>

const rank = ({ kind }: ModelRow) => (kind === 'own' ? 0 : 1)

async function hashOf({ files }: Manifest): Promise<string> {
  if (files.length === 1) return files[0]!.hash
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(files.map(({ hash }) => hash).join('\n')))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What an annotation says about the model that helped. `at`: milliseconds since 1970. */
export const originOf = ({ manifest, hash }: PageModel, score: number | null, backend: string, at: number, settings: Extract<Origin, { by: 'model' }>['settings'] = {}): Extract<Origin, { by: 'model' }> =>
  ({ by: 'model', model: manifest.id, version: manifest.version, hash, settings, score, backend, at })

/** The model for clicks, or an error in words. */
export async function segmenterOf(models: Models): Promise<PageModel> {
  const model = await models.of('prompt-segment')
  if (!model) throw new Error(words.noModel)
  return model
}
