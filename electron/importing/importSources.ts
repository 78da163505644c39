import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { QuorumError } from '#shared/contract/errors.ts'
import type { ImportReport, ImportRequest } from '#shared/contract/importing.ts'
import { detectFormat, formatById } from '#shared/formats/registry.ts'
import type { Format, Parsed } from '#shared/formats/format.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { JobContext } from '#electron/jobs/queue.ts'
import { usualEndings } from '#electron/media/formats.ts'
import type { MediaPool } from '#electron/media/mediaPool.ts'
import { isInside } from '#electron/media/serve.ts'
import { importAnnotations } from './annotations.ts'
import type { AnnotationTarget } from './annotations.ts'
import { formatInput } from './formatInput.ts'
import { importMedia, walkSources } from './importMedia.ts'
import { manifestName } from '#electron/exporting/manifest.ts'
import { MediaNames } from './mediaNames.ts'
import { ReportBuilder } from './report.ts'
import type { ImportSink } from './sink.ts'
import type { WalkedFile } from './walk.ts'
import { visibleName } from './visibleName.ts'

export type ImportOptions = {
  request: ImportRequest
  sink: ImportSink
  pool: MediaPool
  job: JobContext
  target: AnnotationTarget
  /** Every asset of the project before the import, for annotations of media that came in earlier. */
  assets(): Iterable<Pick<Asset, 'id' | 'name'>>
}

/**
 * The whole import: media alone, or annotations and the media that they speak of.
 * Rejects with `unsupported` for a format id that is not there, and as `importMedia` does.
 */
export async function importSources({ request, sink, pool, job, target, assets }: ImportOptions): Promise<ImportReport> {
  const report = new ReportBuilder()
  const { mode } = request
  const sources = request.sources.map((source) => resolve(source))
  job.progress(0, null, 'Listing files')
  const walked = await walkSources(sources, sink, report, job.signal)
  const input = formatInput(walked)
  const format = await chosenFormat(request.format, input)
  const parsed = format ? await format.parse(input) : null
  const beside = parsed && request.media === null ? await namedBeside(parsed, sources) : []
  const folders = request.media === null ? [] : [resolve(request.media)]
  const more = [...(await walkSources(folders, sink, report, job.signal)), ...beside]
  // What our own exports say of themselves is no item, and nothing to remark on.
  const taken = (name: string) => input.taken.has(name) || basename(name) === manifestName
  const files = [...walked.filter(({ name }) => !taken(name)), ...more]
  const roots = [...sources, ...folders, ...new Set(beside.map(({ path }) => dirname(path)))]
  const { assetByName } = await importMedia({ sources: roots, mode, sink, pool, job, walked: unique(files), report })
  if (parsed && !job.signal.aborted) {
    const names = new MediaNames()
    for (const [name, asset] of assetByName) names.add(name, asset)
    const here = new Set(assetByName.values())
    for (const { id, name } of assets()) if (!here.has(id)) names.add(name, id)
    await importAnnotations(parsed, names, target, sink, report, job)
  }
  return report.report
}

async function chosenFormat(id: string, input: Parameters<typeof detectFormat>[0]): Promise<Format | null> {
  if (id === 'media') return null
  if (id === 'auto') return detectFormat(input)
  const format = formatById(id)
  if (format?.reads) return format
  throw new QuorumError('unsupported', `There is no format "${id}" that can be read. "quorum formats" lists them.`)
}

const mediaEndings = new Set(Object.values(usualEndings).flat().map((ending) => `.${ending}`))

const unique = (files: readonly WalkedFile[]) => [...new Map(files.map((file) => [file.path, file])).values()]

/**
 * When single annotation files were picked: the pictures that they name, where those lie beside the file or in the
 * folders next to it that such data sets have. A path that leads out of those is not followed.
 */
async function namedBeside(parsed: Parsed, sources: readonly string[]): Promise<WalkedFile[]> {
  const bases: string[] = []
  for (const source of sources) {
    const found = await stat(source).catch(() => null)
    if (found?.isFile()) for (const way of ['.', 'images', '../images', '..']) bases.push(join(dirname(source), way))
  }
  const found = []
  for (const { media } of bases.length > 0 ? parsed.items : []) {
    for (const base of bases) {
      const path = media.exact ? join(base, media.path) : await withAnyEnding(base, media.path)
      if (path === null || !(await isFileIn(base, path))) continue
      found.push({ path, name: media.exact ? visibleName(media.path.replaceAll('\\', '/')) || basename(path) : visibleName(basename(path)) })
      break
    }
  }
  return found
}

/** A media file that is named without its ending, or under another one. */
async function withAnyEnding(base: string, named: string): Promise<string | null> {
  const folder = dirname(join(base, named))
  const stem = basename(named).toLowerCase()
  const entries = await readdir(folder).catch(() => [])
  const fits = entries.filter((entry) => mediaEndings.has(extname(entry).toLowerCase()) && basename(entry, extname(entry)).toLowerCase() === stem)
  return fits.length === 1 ? join(folder, fits[0]!) : null
}

async function isFileIn(base: string, path: string): Promise<boolean> {
  try {
    const real = await realpath(path)
    return isInside(await realpath(base), real) && (await stat(real)).isFile()
  } catch {
    return false
  }
}
