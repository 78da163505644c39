import { z } from 'zod'
import { Asset } from '#shared/model/asset.ts'
import { AttributeDefinition } from '#shared/model/attribute.ts'
import { Author, Layer } from '#shared/model/author.ts'
import { Change, ChangeRequest } from '#shared/model/change.ts'
import { Clock } from '#shared/model/clock.ts'
import { GeometryKind } from '#shared/model/geometry.ts'
import { AssetId, ChangeId, LabelId, ProjectId, TierId } from '#shared/model/id.ts'
import { Label } from '#shared/model/label.ts'
import { Project } from '#shared/model/project.ts'
import { AnyRecord } from '#shared/model/record.ts'
import { Tier } from '#shared/model/tier.ts'
import { AgreementReport, AgreementRequest } from './agreement.ts'
import { Manifest } from '#shared/prelabel/manifest.ts'
import { AcceptanceReport, AcceptanceRequest } from './acceptance.ts'
import { PeaksState } from './audio.ts'
import {
  ApplyAnswer, ApplyRequest, ConsensusItem, ConsensusRequest, ConsensusSummary, DecideAnswer, DecideRequest, DisputesAnswer, DisputesRequest, FoundAnswer,
  FoundRequest, UnclearRow,
} from './consensus.ts'
import { ExportReport, ExportRequest } from './exporting.ts'
import { ImportReport, ImportRequest } from './importing.ts'
import { Job } from './job.ts'
import { QueueItem, QueueRequest, QueueState } from './queue.ts'
import { Answered, Inspection, Region } from './models.ts'
import { ModelRow, PrelabelReport, PrelabelRequest } from './prelabel.ts'

const method = <Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output) => ({ input, output })
const nothing = z.object({})
const count = z.int().min(0)
/** Milliseconds that a model nobody has vouched for may take, before it is stopped. */
const timeout = z.int().min(1000).max(3_600_000).default(60_000)

/** Per person, on this machine: looks and keys. Unknown keys are kept. */
export const Settings = z.looseObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Command id → key, for the commands whose key was changed. */
  hotkeys: z.record(z.string(), z.string()).default({}),
})
export type Settings = z.infer<typeof Settings>

export const RecentProject = z.object({ path: z.string(), name: z.string(), openedAt: z.int(), missing: z.boolean() })
export type RecentProject = z.infer<typeof RecentProject>

/** What the frame around the views needs of the open project. */
export const ProjectState = z.object({
  path: z.string(),
  practice: z.boolean(),
  readOnly: z.string().nullable(),
  project: Project,
  labels: z.array(Label),
  tiers: z.array(Tier),
  /** Counts the changes of the label schema, from 1. */
  schemaVersion: count,
  /** Grows with every change of the project. */
  revision: count,
  assets: count,
  layers: z.array(z.object({ layer: Layer, annotations: count })),
})
export type ProjectState = z.infer<typeof ProjectState>

export const AppState = z.object({
  version: z.string(),
  /** Who works here: the name that was chosen, else the machine's user. */
  me: Author,
  nameChosen: z.boolean(),
  recent: z.array(RecentProject),
  settings: Settings,
  open: ProjectState.nullable(),
  /** Whether the window can show the system's own file dialogs. */
  nativeDialogs: z.boolean(),
})
export type AppState = z.infer<typeof AppState>

export const AssetStatus = z.enum(['untouched', 'in-progress', 'submitted'])
export type AssetStatus = z.infer<typeof AssetStatus>

export const AssetFilter = z.object({
  /** Part of a name or of a transcription. */
  text: z.string().default(''),
  kind: z.enum(['image', 'audio']).nullable().default(null),
  status: AssetStatus.nullable().default(null),
  label: LabelId.nullable().default(null),
  geometry: GeometryKind.nullable().default(null),
  finding: z.string().nullable().default(null),
})
export type AssetFilter = z.infer<typeof AssetFilter>

export const AssetRow = z.object({
  id: AssetId, name: z.string(), kind: z.enum(['image', 'audio']), width: count, height: count, duration: z.number(),
  findings: z.array(z.string()), status: AssetStatus,
  /** Annotations that I may see: mine, and others' where the project lets me. */
  annotations: count, drafts: count,
})
export type AssetRow = z.infer<typeof AssetRow>

export const LabelSeed = z.object({
  name: z.string().min(1), color: z.string().nullable(), glyph: z.string().nullable(), hotkey: z.string().nullable(), kinds: z.array(GeometryKind),
  attributes: z.array(AttributeDefinition),
})
export type LabelSeed = z.infer<typeof LabelSeed>

/** Where the annotations of a label go that is taken out of the schema. */
export const LabelSuccessor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('move'), into: LabelId }), z.object({ kind: z.literal('unlabel') }), z.object({ kind: z.literal('delete') }),
])
export type LabelSuccessor = z.infer<typeof LabelSuccessor>

export const FormatRow = z.object({
  id: z.string(), name: z.string(), reads: z.boolean(), writes: z.boolean(), kinds: z.array(GeometryKind),
})
export type FormatRow = z.infer<typeof FormatRow>

export const CheckReport = z.object({
  ok: z.boolean(),
  /** SHA-256 over the set of changes, whatever order they arrived in. */
  logHash: z.string(),
  changes: count,
  findings: z.array(z.object({ code: z.string(), message: z.string(), repaired: z.boolean() })),
})
export type CheckReport = z.infer<typeof CheckReport>

/** Every method of the host. `dispatch` validates each input once, here and nowhere else. */
export const api = {
  'app.state': method(nothing, AppState),
  'app.setMe': method(z.object({ name: Author }), AppState),
  'app.setSettings': method(z.object({ settings: Settings.partial() }), AppState),

  'projects.create': method(z.object({ path: z.string().min(1), name: z.string().min(1).max(200), labels: z.array(LabelSeed) }), ProjectState),
  'projects.open': method(z.object({ path: z.string().min(1) }), ProjectState),
  'projects.practice': method(z.object({ reset: z.boolean() }), ProjectState),
  'projects.state': method(nothing, ProjectState),
  'projects.close': method(nothing, nothing),
  'projects.forget': method(z.object({ path: z.string() }), AppState),
  'projects.check': method(z.object({ repair: z.boolean() }), CheckReport),

  /** `of`: the project and the person that the change was made for; refused where the host has another open, so that none lands astray. */
  'changes.apply': method(ChangeRequest.extend({ of: z.object({ project: ProjectId, author: Author }).optional() }), z.object({
    id: ChangeId, clock: Clock, revision: count,
    /** The records as they are now, where others' work made them differ from what the request asked. */
    differing: z.array(AnyRecord),
  })),
  /** The newest changes that can be taken back and brought again, the next one last. */
  'changes.history': method(z.object({ asset: AssetId.nullable(), limit: z.int().min(1).max(10_000) }), z.object({ undo: z.array(Change), redo: z.array(Change) })),
  'changes.list': method(z.object({ since: count, limit: z.int().min(1).max(10_000) }), z.object({ changes: z.array(Change), cursor: count })),

  'labels.usage': method(z.object({ label: LabelId }), z.object({ annotations: count, assets: count })),
  'labels.retire': method(z.object({ label: LabelId, successor: LabelSuccessor }), ProjectState),
  'labels.versions': method(nothing, z.object({ versions: z.array(z.object({ version: count, change: ChangeId, name: z.string(), author: Author, at: z.int() })) })),

  /** How many segments of all people and items lie in a tier. */
  'tiers.usage': method(z.object({ tier: TierId }), z.object({ total: count })),

  'assets.query': method(z.object({ filter: AssetFilter, offset: count, limit: z.int().min(1).max(1000) }), z.object({ total: count, rows: z.array(AssetRow) })),
  'assets.locate': method(z.object({ filter: AssetFilter, asset: AssetId }), z.object({ index: z.int().nullable() })),
  'assets.progress': method(nothing, z.object({ total: count, submitted: count, inProgress: count })),
  /** The item with every record on it that I may see; `hidden` counts the layers held back until I submit; `unaided`: drafts, too, come only then. */
  'assets.open': method(z.object({ asset: AssetId }), z.object({ asset: Asset, records: z.array(AnyRecord), hidden: count, unaided: z.boolean() })),

  /** The words written in the project that I may see, the most frequent first. */
  'text.vocabulary': method(z.object({ limit: z.int().min(1).max(100_000) }), z.object({ words: z.array(z.object({ word: z.string(), count })) })),
  /** Where the drawing of a sound stands; begins it where nobody has. */
  'audio.peaks': method(z.object({ asset: AssetId }), PeaksState),

  /** What is next for a person, and why; whoever asks is handed what nobody else was just handed. */
  'queue.next': method(QueueRequest, z.object({ rows: z.array(QueueItem) })),
  'queue.state': method(z.object({ for: Author }), QueueState),

  'agreement.report': method(AgreementRequest, AgreementReport),

  /** Learns everybody's skills and estimates every item; a job of kind `consensus`. */
  'consensus.run': method(ConsensusRequest, z.object({ job: z.string() })),
  /** Null before the first run. */
  'consensus.summary': method(nothing, z.object({ summary: ConsensusSummary.nullable() })),
  'consensus.disputes': method(DisputesRequest, DisputesAnswer),
  /** The proposals of all items, page by page: for scripts. */
  'consensus.found': method(FoundRequest, FoundAnswer),
  'consensus.item': method(z.object({ asset: AssetId, names: z.boolean().default(false) }), ConsensusItem),
  /** Writes one change into the layer `consensus`, in place of what earlier runs wrote there. */
  'consensus.apply': method(ApplyRequest, ApplyAnswer),
  'consensus.undo': method(z.object({ run: z.string().min(1) }), z.object({ change: ChangeId, revision: count })),
  /** One change: what stands in the layer `final`, and the verdict. Taken back like any change. */
  'consensus.decide': method(DecideRequest, DecideAnswer),
  'consensus.unclear': method(nothing, z.object({ rows: z.array(UnclearRow) })),

  'imports.start': method(ImportRequest, z.object({ job: z.string() })),
  'imports.report': method(z.object({ job: z.string() }), ImportReport),
  'exports.plan': method(ExportRequest, ExportReport),
  'exports.start': method(z.object({ request: ExportRequest, out: z.string().min(1) }), z.object({ job: z.string() })),
  'exports.report': method(z.object({ job: z.string() }), ExportReport),
  'formats.list': method(nothing, z.object({ formats: z.array(FormatRow) })),

  'models.list': method(nothing, z.object({ models: z.array(ModelRow) })),
  /** The description of one model; its files lie at `modelAddress`. Throws for a rule, which has none. */
  'models.manifest': method(z.object({ model: z.string() }), z.object({ manifest: Manifest })),
  /** Looks into an ONNX file, or a folder with a `manifest.json`; nothing is kept. */
  'models.inspect': method(z.object({ path: z.string().min(1), timeoutMs: timeout }), Inspection),
  /** Runs what `models.inspect` saw at `path`, with the manifest as the person left it, on one item (null: a picture or sound that comes with Quorum); nothing is kept. */
  'models.try': method(z.object({ manifest: Manifest, path: z.string().min(1), asset: AssetId.nullable().default(null), timeoutMs: timeout }), Answered),
  /** Copies the files beside the person's other models, whole or not at all. */
  'models.add': method(z.object({ manifest: Manifest, path: z.string().min(1) }), z.object({ model: ModelRow })),
  'models.remove': method(z.object({ model: z.string() }), nothing),
  /** Runs the model a few times on this machine and keeps the median. */
  'models.measure': method(z.object({ model: z.string() }), z.object({ model: ModelRow })),

  /** Drafts for many items, as a job. Items: those of `assets`, else those of `filter`, else as `PrelabelRequest` says. */
  'prelabel.start': method(PrelabelRequest.extend({ filter: AssetFilter.nullable().default(null) }), z.object({ job: z.string() })),
  /** Brings in what runs elsewhere wrote into files (`quorum prelabel --out`), as a job; what is there already is passed over. */
  'prelabel.bringIn': method(z.object({ paths: z.array(z.string().min(1)).min(1) }), z.object({ job: z.string() })),
  /** The newest run of a model that did not come to its end and can go on (`jobs.resume`); null where there is none. */
  'prelabel.stopped': method(z.object({ model: z.string() }), z.object({ job: z.string().nullable() })),
  /** How the drafts of models fared with people. */
  'prelabel.acceptance': method(AcceptanceRequest, AcceptanceReport),
  'prelabel.report': method(z.object({ job: z.string() }), PrelabelReport),
  /** One item, or part of it, now; nothing is written. */
  'prelabel.predict': method(z.object({ model: z.string(), asset: AssetId, region: Region.nullable().default(null), threshold: z.number().min(0).max(1).nullable().default(null) }), Answered),

  'jobs.list': method(nothing, z.object({ jobs: z.array(Job) })),
  'jobs.cancel': method(z.object({ job: z.string() }), nothing),
  /** It stops after the item in hand, and `jobs.resume` lets it go on. Refused for kinds that cannot. */
  'jobs.pause': method(z.object({ job: z.string() }), nothing),
  /** Goes on with a paused job, or starts one again that was stopped; the answer's id is the one to follow. */
  'jobs.resume': method(z.object({ job: z.string() }), z.object({ job: z.string() })),

  /** A folder's entries, for choosing one where there is no system dialog. */
  'files.list': method(z.object({ path: z.string().nullable() }), z.object({
    path: z.string(), parent: z.string().nullable(),
    entries: z.array(z.object({ name: z.string(), path: z.string(), folder: z.boolean(), project: z.boolean() })),
  })),
  /** The system's own dialog; null when the person cancels. Only where `nativeDialogs`. */
  'files.pick': method(z.object({ what: z.enum(['folder', 'files', 'new-folder']), title: z.string() }), z.object({ paths: z.array(z.string()) })),
} as const

export type Api = typeof api
export type Method = keyof Api
export type Input<M extends Method> = z.input<Api[M]['input']>
export type ParsedInput<M extends Method> = z.output<Api[M]['input']>
export type Output<M extends Method> = z.output<Api[M]['output']>
