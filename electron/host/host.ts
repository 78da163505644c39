import type { Input, Method, Output } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import type { HostEvent } from '#shared/contract/events.ts'
import type { Author } from '#shared/model/author.ts'
import { ModelLibrary } from '#electron/prelabel/library.ts'
import { Measurements } from '#electron/prelabel/measured.ts'
import { ModelRunner } from '#electron/prelabel/runner.ts'
import { openProject } from '#electron/storage/projectFolder.ts'
import type { MediaKind, SoundTileKind } from '#electron/transport/mediaAddress.ts'
import { createDispatch, type Reply } from '#electron/transport/dispatch.ts'
import { agreementHandlers } from './agreement.ts'
import { audioHandlers, soundTileOf } from './audio.ts'
import { appHandlers } from './app.ts'
import { eventFor } from './unaided.ts'
import { assetHandlers } from './assets.ts'
import { changeHandlers } from './changes.ts'
import { consensusHandlers } from './consensus.ts'
import type { Delivery, Handlers, HostContext } from './context.ts'
import { fileHandlers } from './files.ts'
import { labelHandlers } from './labels.ts'
import { preferences } from './preferences.ts'
import { adopt, close, projectHandlers } from './projects.ts'
import { exportHandlers, formatHandlers } from './exports.ts'
import { importHandlers } from './imports.ts'
import { jobHandlers } from './jobs.ts'
import { queueHandlers } from './queue.ts'
import { modelHandlers } from './models.ts'
import { prelabelHandlers } from './prelabel.ts'
import { textHandlers } from './text.ts'
import { mediaFile, type MediaFile } from './mediaFile.ts'

/** One host: one open project, behind the methods of the contract. */
export interface Host {
  readonly dataDir: string
  /** From outside: validated, never throws. */
  call(method: unknown, input: unknown): Promise<Reply>
  /** From our own code: typed, throws QuorumError. */
  ask<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>
  /** Opens a project; `read` leaves the writer's lock alone. */
  open(path: string, mode: 'read' | 'write'): Promise<void>
  on(listener: (event: HostEvent) => void): () => void
  /** The file behind an item's address, or null when there is none that may be shown. */
  file(what: MediaKind, asset: string): Promise<MediaFile | null>
  /** A stretch of a sound as bytes; null where there is none. */
  tile(what: SoundTileKind, asset: string, variant: string, tile: number): Promise<Uint8Array | null>
  /** A file of a model, checked against its manifest; null for one that is not in it. `hash` null: whatever it holds now. */
  modelFile(model: string, name: string, hash: string | null): Promise<MediaFile | null>
  close(): Promise<void>
}

export interface HostOptions {
  readonly dataDir: string
  readonly version: string
  readonly now?: () => number
  readonly as?: Author | null
  readonly nativeDialogs?: boolean
  /** False for scripts: what they open is not one of the person's recent projects, and no window waits for a processor while models run. */
  readonly remember?: boolean
  /** Where drafts of models go; into the open project unless given. */
  readonly delivery?: Delivery
  /** Runs models; one of its own unless given. One that is given is not closed with the host. */
  readonly runner?: ModelRunner
}

export function createHost(options: HostOptions): Host {
  const listeners = new Set<(event: HostEvent) => void>()
  const context: HostContext = {
    version: options.version, dataDir: options.dataDir, now: options.now ?? Date.now, as: options.as ?? null,
    preferences: preferences(options.dataDir), nativeDialogs: options.nativeDialogs ?? false, remember: options.remember ?? true, delivery: options.delivery ?? { kind: 'own' }, project: null, work: null, switching: Promise.resolve(),
    models: { library: new ModelLibrary(options.dataDir), measured: new Measurements(options.dataDir), runner: options.runner ?? new ModelRunner({ background: options.remember ?? true }) },
    reports: { imports: new Map(), exports: new Map(), prelabels: new Map() },
    emit: (event) => { const said = eventFor(context, event); listeners.forEach((listener) => listener(said)) },
  }
  const handlers = handlersOf(context)
  const call = createDispatch(handlers)
  return {
    dataDir: options.dataDir,
    call,
    async ask<M extends Method>(method: M, input: Input<M>) {
      const reply = await call(method, input)
      if (!reply.ok) throw new QuorumError(reply.error.code, reply.error.message, reply.error.detail)
      return reply.value as Output<M>
    },
    async open(path, mode) {
      await adopt(context, () => openProject(path, context.now, mode))
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    file: (what, asset) => mediaFile(context, what, asset),
    tile: (what, asset, variant, tile) => soundTileOf(context, what, asset, variant, tile),
    async modelFile(model, name, hash) {
      const path = await context.models.library.file(model, name, hash)
      return path === null ? null : { path, mime: 'application/octet-stream' }
    },
    async close() {
      await close(context)
      if (options.runner === undefined) await context.models.runner.close()
      listeners.clear()
    },
  }
}

const handlersOf = (context: HostContext): Handlers => ({
  ...appHandlers(context), ...projectHandlers(context), ...changeHandlers(context), ...labelHandlers(context),
  ...assetHandlers(context), ...audioHandlers(context), ...fileHandlers(),
  ...importHandlers(context), ...exportHandlers(context), ...formatHandlers(), ...jobHandlers(context), ...textHandlers(context),
  ...queueHandlers(context), ...agreementHandlers(context), ...consensusHandlers(context),
  ...modelHandlers(context), ...prelabelHandlers(context),
})
