import type { Input, Method, Output, ParsedInput } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import type { HostEvent } from '#shared/contract/events.ts'
import type { Author } from '#shared/model/author.ts'
import type { OpenProject } from '#electron/storage/projectFolder.ts'
import type { Viewer } from '#electron/storage/assetQueries.ts'
import type { Project } from '#shared/model/project.ts'
import { controlSeed } from '#shared/prelabel/control.ts'
import type { ExportReport } from '#shared/contract/exporting.ts'
import type { ImportReport } from '#shared/contract/importing.ts'
import type { Measurements } from '#electron/prelabel/measured.ts'
import type { ModelLibrary } from '#electron/prelabel/library.ts'
import type { ModelRunner } from '#electron/prelabel/runner.ts'
import type { PrelabelReport } from '#shared/contract/prelabel.ts'
import type { Preferences } from './preferences.ts'
import type { Resources } from './resources.ts'
import { userOfMachine } from './user.ts'

/** Where drafts of models go: into the project that this host has open for writing; to whoever has it open, by way of its `incoming` folder; or into a file. */
export type Delivery = { readonly kind: 'own' } | { readonly kind: 'hand-over' } | { readonly kind: 'file'; readonly path: string }

/** What the handlers of one host share. */
export interface HostContext {
  readonly version: string
  readonly dataDir: string
  readonly now: () => number
  readonly preferences: Preferences
  /** Whether this window can show the system's own dialogs (answered before a call reaches the host). */
  readonly nativeDialogs: boolean
  /** The person in whose name this host works, when it was started for one (`--as`). */
  readonly as: Author | null
  /** Whether opened projects go into the person's list. */
  readonly remember: boolean
  /** What can pre-label on this machine, and how fast it was. */
  readonly models: { readonly library: ModelLibrary; readonly measured: Measurements; readonly runner: ModelRunner }
  readonly delivery: Delivery
  project: OpenProject | null
  /** Resolves when nobody opens or closes a project any more. */
  switching: Promise<unknown>
  /** What works for the open project. */
  work: Resources | null
  /** By job, while this process lives. */
  readonly reports: { readonly imports: Map<string, ImportReport>; readonly exports: Map<string, ExportReport>; readonly prelabels: Map<string, PrelabelReport> }
  emit(event: HostEvent): void
}

export type Handler<M extends Method> = (input: ParsedInput<M>) => Output<M> | Promise<Output<M>>
export type Handlers = { readonly [M in Method]: Handler<M> }
/** The handlers of one noun: `Noun<'assets'>` are all methods that begin with `assets.`. */
export type Noun<Name extends string> = { readonly [M in Extract<Method, `${Name}.${string}`>]: Handler<M> }
export type CallInput<M extends Method> = Input<M>

export function openProjectOf(context: HostContext): OpenProject {
  if (!context.project) throw new QuorumError('no-project', 'No project is open. Open or create one first.')
  return context.project
}

export function workOf(context: HostContext): Resources {
  if (!context.work) throw new QuorumError('no-project', 'No project is open. Open or create one first.')
  return context.work
}

export function writableProjectOf(context: HostContext): OpenProject {
  const project = openProjectOf(context)
  if (project.readOnly) throw new QuorumError('read-only', project.readOnly)
  return project
}

/** In whose name things are done: who this host was started for, else the name that was chosen, else the machine's user. */
export function authorOf(context: HostContext): Author {
  return context.as ?? context.preferences.read().me ?? userOfMachine()
}

/** The one record that is the project itself. */
export function projectRecord(project: OpenProject): Project {
  const record = project.store.db.prepare('SELECT record FROM projects LIMIT 1').pluck().get() as string | undefined
  if (!record) throw new QuorumError('project-corrupt', `${project.folder} has no project record. Run "quorum check --repair".`)
  return JSON.parse(record)
}

export function viewerOf(context: HostContext): Viewer {
  const { id, visibility, assistance } = projectRecord(openProjectOf(context))
  const me = authorOf(context)
  return { me, blind: visibility === 'blind', control: assistance && assistance.control > 0 ? { seed: controlSeed(id, me), share: assistance.control } : null }
}
