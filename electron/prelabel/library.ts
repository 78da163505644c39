import { createHash, randomUUID } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { isAbsolute, join, normalize, sep } from 'node:path'
import { QuorumError } from '#shared/contract/errors.ts'
import type { ModelRow } from '#shared/contract/prelabel.ts'
import { Manifest, type ModelFile } from '#shared/prelabel/manifest.ts'
import { fsyncFile, fsyncFolder, writeFileAtomically } from '#electron/storage/atomicFile.ts'
import { FileCheck } from './fileCheck.ts'
import { builtInModels } from './models/builtIn.ts'
import { packageFolder, weightsFolders } from './packages.ts'

/** Milliseconds after which what an addition began is no addition any more. */
const deadAfterMs = 3600_000

/** A model that can be asked for by its id. */
export interface LibraryModel {
  readonly kind: 'built-in' | 'own'
  readonly manifest: Manifest
  /** Where the manifest's files without a package lie. */
  readonly folders: readonly string[]
}

/** The models of this machine: those that come with Quorum, and the person's own in `<dataDir>/models/<id>`. */
export class ModelLibrary {
  readonly #home: string
  readonly #check: FileCheck
  readonly #builtIn: readonly LibraryModel[]

  constructor(dataDir: string, builtIn: readonly Manifest[] = builtInModels) {
    this.#home = join(dataDir, 'models')
    this.#check = new FileCheck(join(this.#home, '.checked.json'))
    this.#builtIn = builtIn.map((manifest) => ({ kind: 'built-in', manifest, folders: weightsFolders() }))
  }

  list(): LibraryModel[] {
    return [...this.#builtIn, ...this.#own()]
  }

  find(id: string): LibraryModel | null {
    return this.list().find(({ manifest }) => manifest.id === id) ?? null
  }

  /** Throws `not-found`. */
  need(id: string): LibraryModel {
    const model = this.find(id)
    if (model === null) throw new QuorumError('not-found', `There is no model ${id}. "quorum models" lists those there are.`)
    return model
  }

  /** Why the model cannot run now, in words; looks at the sizes of its files alone. */
  problem(model: LibraryModel): string | null {
    for (const file of model.manifest.files) {
      const path = pathOf(model, file)
      const wrong = path === null ? missing(model, file) : this.#check.size(path, file)
      if (wrong !== null) return wrong
    }
    return null
  }

  /** Where each file lies, by its name in the manifest, once its bytes were found to be what the manifest says. Throws `not-found` in words. */
  async files(model: LibraryModel): Promise<Record<string, string>> {
    const files: Record<string, string> = {}
    for (const file of model.manifest.files) files[file.name] = await this.#checked(model, file)
    return files
  }

  /** One file for the page: null for what is not in the manifest, is not the named version, or is damaged. */
  async file(id: string, name: string, hash: string | null): Promise<string | null> {
    const model = this.find(id)
    const file = model?.manifest.files.find((each) => each.name === name)
    if (!model || !file || (hash !== null && hash !== file.hash)) return null
    return this.#checked(model, file).catch(() => null)
  }

  /** Copies a model's files (`from`: by the file's name) beside the others, whole or not at all. Throws `invalid-input`. */
  add(manifest: Manifest, from: Readonly<Record<string, string>>): LibraryModel {
    if (this.find(manifest.id)) throw taken(manifest.id)
    const files = manifest.files.map((file, index): ModelFile => ({ name: file.name, path: `${index}-${endOf(file.path)}`, bytes: file.bytes, hash: file.hash }))
    const made = join(this.#home, `.new-${randomUUID()}`)
    this.#sweep()
    try {
      mkdirSync(made, { recursive: true })
      for (const file of files) {
        copyFileSync(from[file.name]!, join(made, file.path))
        fsyncFile(join(made, file.path))
      }
      writeFileAtomically(join(made, 'manifest.json'), `${JSON.stringify({ ...manifest, files }, null, 2)}\n`)
      renameSync(made, join(this.#home, manifest.id))
      fsyncFolder(this.#home)
    } catch (error) {
      rmSync(made, { recursive: true, force: true })
      // Another program may have added one of this name meanwhile.
      if (['EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw taken(manifest.id)
      throw inWords(error, this.#home)
    }
    return this.need(manifest.id)
  }

  /** Takes one of the person's own models away, files and all. */
  remove(id: string): void {
    if (this.need(id).kind === 'built-in') throw new QuorumError('invalid-input', `${id} comes with Quorum and cannot be removed.`)
    const gone = join(this.#home, `.gone-${randomUUID()}`)
    try {
      renameSync(join(this.#home, id), gone)
      rmSync(gone, { recursive: true, force: true })
    } catch (error) {
      throw inWords(error, this.#home)
    }
  }

  /** What a process that was killed over an addition or a removal left behind, once nobody can be at it any more. */
  #sweep(): void {
    for (const name of namesIn(this.#home).filter((each) => each.startsWith('.new-') || each.startsWith('.gone-'))) {
      const path = join(this.#home, name)
      if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > deadAfterMs) rmSync(path, { recursive: true, force: true })
    }
  }

  async #checked(model: LibraryModel, file: ModelFile): Promise<string> {
    const path = pathOf(model, file)
    const wrong = path === null ? missing(model, file) : await this.#check.content(path, file)
    if (path === null || wrong !== null) throw new QuorumError('not-found', `The model ${model.manifest.id} cannot run: ${wrong}.`)
    return path
  }

  /** A folder whose manifest cannot be read is no model; it hides none of the others. */
  #own(): LibraryModel[] {
    return foldersOf(this.#home).flatMap((id): LibraryModel[] => {
      const folder = join(this.#home, id)
      const manifest = readManifest(join(folder, 'manifest.json'))
      const known = manifest?.id === id && !this.#builtIn.some((other) => other.manifest.id === id)
      return known && manifest.files.every((file) => file.package === undefined) ? [{ kind: 'own', manifest, folders: [folder] }] : []
    })
  }
}

/** What stands for the whole model: the SHA-256 of all its files' hashes, 64 hex digits. */
export const modelHash = ({ files }: Manifest): string =>
  (files.length === 1 ? files[0]!.hash : createHash('sha256').update(files.map(({ hash }) => hash).join('\n')).digest('hex'))

export const rowOf = (library: ModelLibrary, model: LibraryModel, measured: { ms: number; backend: string } | null): ModelRow => {
  const { id, name, version, task, licence, source, classes, threshold, files } = model.manifest
  return {
    id, name, version, task, kind: model.kind, licence, source, classes, threshold,
    files: files.map((file) => ({ name: file.name, bytes: file.bytes, hash: file.hash })),
    latencyMs: measured?.ms ?? null, backend: measured?.backend ?? null, problem: library.problem(model),
  }
}

/** The manifest of a file, or null where there is none that can be read. */
export function readManifest(path: string): Manifest | null {
  try {
    return Manifest.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

/** A path that leads out of its folder is not there. */
function pathOf({ folders }: LibraryModel, file: ModelFile): string | null {
  if (isAbsolute(file.path) || normalize(file.path).split(sep).includes('..')) return null
  const homes = file.package === undefined ? folders : [packageFolder(file.package)].filter((folder) => folder !== null)
  const paths = homes.map((folder) => join(folder, file.path))
  return paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile()) ?? null
}

const missing = ({ kind }: LibraryModel, file: ModelFile) => {
  if (file.package !== undefined) return `the package ${file.package} is not installed here; run "npm run setup"`
  return kind === 'built-in' ? `its weights (${file.path}) were not fetched at set-up; run "quorum models fetch"` : `its file ${file.path} is gone; remove the model and add it again`
}

const endOf = (path: string) => path.split(/[/\\]/u).at(-1)!.replaceAll(/[^\w.-]/gu, '_').slice(-80)

const taken = (id: string) => new QuorumError('invalid-input', `There is a model ${id} already. Give this one another id, or remove that one first.`)

function namesIn(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

function foldersOf(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name).sort()
  } catch {
    return []
  }
}

function inWords(error: unknown, folder: string): QuorumError {
  if (error instanceof QuorumError) return error
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return new QuorumError('disk-full', `The disk that holds ${folder} is full. Free some space and try again.`, String(error))
  return new QuorumError('no-permission', `The model could not be kept in ${folder} (${code ?? 'unknown'}). Check the disk and its permissions.`, String(error))
}
