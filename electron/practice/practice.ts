import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { messageOf } from '#shared/contract/errors.ts'
import { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'
import { Author, layerOf } from '#shared/model/author.ts'
import { adding, type Diff } from '#shared/model/diff.ts'
import type { AnnotationId, LabelId, TierId } from '#shared/model/id.ts'
import { Label } from '#shared/model/label.ts'
import { submissionId, type Submission } from '#shared/model/submission.ts'
import type { Tier } from '#shared/model/tier.ts'

/** A label as labels.json writes it: its name is its key. */
export const PracticeLabel = Label.omit({ type: true, id: true })
export type PracticeLabel = z.infer<typeof PracticeLabel>

/** One annotation as work.json writes it; `label` is a label's name. */
export const PracticeAnnotation = Annotation.pick({ geometry: true, attributes: true, text: true, direction: true, language: true, flags: true })
  .extend({ label: z.string().min(1) })
export type PracticeAnnotation = z.infer<typeof PracticeAnnotation>

/** What was done on one file: who has submitted it, and each person's annotations in their order. */
export const PracticeItem = z.object({ submitted: z.array(Author) }).catchall(z.array(PracticeAnnotation))
  .transform(({ submitted, ...people }) => ({ submitted, people: new Map(Object.entries(people).map(([name, work]) => [Author.parse(name), work])) }))
export type PracticeItem = z.infer<typeof PracticeItem>

export interface PracticeContent {
  /** The folder to import; the names of its files are the keys of `work`. */
  readonly mediaFolder: string
  /** Names of the media files, sorted. */
  readonly files: readonly string[]
  readonly labels: readonly PracticeLabel[]
  readonly work: ReadonlyMap<string, PracticeItem>
}

/** One person's work as one change. */
export interface PracticeChange { readonly author: Author; readonly diff: Diff }

/**
 * Reads labels.json, work.json and the names in media/ below `folder`.
 * Throws an Error naming the file and the place when something is missing or does not fit the schema.
 */
export async function readPractice(folder: string): Promise<PracticeContent> {
  const mediaFolder = join(folder, 'media')
  const files = (await readdir(mediaFolder)).filter((name) => !name.startsWith('.')).sort()
  const labels = await readJson(join(folder, 'labels.json'), z.array(PracticeLabel))
  const work = await readJson(join(folder, 'work.json'), z.record(z.string(), PracticeItem))
  const content = { mediaFolder, files, labels, work: new Map(Object.entries(work)) }
  const mistakes = mistakesIn(content)
  if (mistakes.length > 0) throw new Error(`The practice project in ${folder} is damaged: ${mistakes.join('; ')}. Install Quorum again.`)
  return content
}

/** Where the parts do not fit one another, in words: a file that is not there, a label that is not in the schema or may not be drawn so. */
export function mistakesIn({ files, labels, work }: PracticeContent): string[] {
  const mistakes: string[] = []
  const byName = new Map(labels.map((label) => [label.name, label]))
  for (const [file, item] of work) {
    if (!files.includes(file)) mistakes.push(`work.json names "${file}", which is not in media/`)
    for (const [person, annotations] of item.people) {
      for (const [index, { label: name, geometry }] of annotations.entries()) {
        const at = `work.json, ${file}, ${person}, annotation ${index + 1}`
        const label = byName.get(name)
        if (!label) mistakes.push(`${at}: there is no label "${name}"`)
        else if (geometry.kind === 'segment' && !practiceTiers.some((tier) => tier.id === geometry.tier)) mistakes.push(`${at}: there is no tier "${geometry.tier}"`)
        else if (label.kinds.length > 0 && !label.kinds.includes(geometry.kind)) mistakes.push(`${at}: "${name}" may not be a ${geometry.kind}`)
      }
    }
  }
  return mistakes
}

/** The label schema of the practice project. The same ids every time, so that a reset gives the same project. */
export const practiceLabels = (content: PracticeContent): Label[] =>
  content.labels.map((label) => ({ ...label, type: 'label', id: practiceLabelId(label.name) }))

/** The tier that the segments of speech lie in. */
export const practiceTiers: readonly Tier[] = [
  { type: 'tier', id: 'tier:practice-speech' as TierId, name: 'Speech', order: 0, parent: null, constraint: 'none', points: false, overlap: false },
]

export const practiceLabelId = (name: string) => `label:practice-${encodeURIComponent(name)}` as LabelId

/**
 * The annotations and submissions of each person as one diff a person, in the order of their names, with the same ids
 * every time. `assetsByName` holds the imported items by file name; work on a file that is not there is left out.
 * `at` is the time of the submissions in milliseconds since 1970.
 */
export function practiceRecords(content: PracticeContent, assetsByName: ReadonlyMap<string, Asset>, at: number): PracticeChange[] {
  const byAuthor = new Map<Author, (Annotation | Submission)[]>()
  const put = (author: Author, ...records: (Annotation | Submission)[]) => byAuthor.set(author, [...(byAuthor.get(author) ?? []), ...records])
  for (const [file, item] of content.work) {
    const asset = assetsByName.get(file)
    if (!asset) continue
    for (const [author, work] of item.people) put(author, ...work.map((annotation, order) => annotationRecord(annotation, { asset, file, author, order })))
    for (const author of item.submitted) {
      put(author, { type: 'submission', id: submissionId(asset.id, author), asset: asset.id, author, state: 'submitted', at })
    }
  }
  return [...byAuthor].sort(([a], [b]) => (a < b ? -1 : 1)).map(([author, records]) => ({ author, diff: adding(...records) }))
}

interface Place { readonly asset: Asset; readonly file: string; readonly author: Author; readonly order: number }

function annotationRecord({ label, ...said }: PracticeAnnotation, { asset, file, author, order }: Place): Annotation {
  return {
    ...said, type: 'annotation', id: `annotation:practice/${encodeURIComponent(file)}/${encodeURIComponent(author)}/${order}` as AnnotationId,
    asset: asset.id, layer: layerOf(author), author, label: practiceLabelId(label),
    group: null, order, draft: false, provenance: { by: 'human', origin: null },
  }
}

async function readJson<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
  const text = await readFile(path, 'utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Error(`${path} is not JSON: ${messageOf(cause)}`, { cause })
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new Error(`${path} does not fit: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
