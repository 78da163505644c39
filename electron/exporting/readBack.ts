import { QuorumError } from '#shared/contract/errors.ts'
import { fileBoundsOf } from '#shared/formats/bounds.ts'
import type { ParsedAnnotation, ParsedItem, WrittenSegment, WrittenShape } from '#shared/formats/format.ts'
import { inPixels } from '#shared/formats/inPixels.ts'
import { parts } from '#shared/formats/naming.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { filesInput } from './folderInput.ts'
import type { ExportPlan } from './planExport.ts'

/**
 * Reads what was written with the format's own reader and compares it with the model: every picture, the number of
 * its annotations, their labels and their bounds. Throws QuorumError at the first difference.
 */
export async function readBack(plan: ExportPlan, folder: string, files: readonly string[]): Promise<void> {
  if (!plan.format.reads) return
  const { proof, media, segments = new Map<string, readonly WrittenSegment[]>(), texts = new Map<string, readonly string[]>() } = plan.serialized
  const parsed = await plan.format.parse(filesInput(folder, files))
  const [rejected] = parsed.failed
  if (rejected !== undefined) throw unproven(`${rejected.file} ${rejected.place}`, rejected.message)
  const sizes = new Map(plan.snapshot.items.map(({ asset }) => [asset.id, asset]))
  const assets = new Map(media.map((each) => [each.path, sizes.get(each.asset)]))
  const missing = new Set(proof.keys())
  // A file of lines says nothing of a recording without any.
  const unheard = new Set([...segments].filter(([, wanted]) => wanted.length > 0).map(([path]) => path))
  const unread = new Set(texts.keys())
  for (const item of parsed.items) {
    if (texts.has(item.media.path)) {
      unread.delete(item.media.path)
      compareTexts(item, texts.get(item.media.path)!)
      if (!segments.has(recordingOf(item)) && !proof.has(item.media.path)) continue
    }
    const recording = recordingOf(item)
    if (segments.has(recording)) {
      unheard.delete(recording)
      compareSegments(recording, segments.get(recording)!, item.annotations)
      continue
    }
    const path = [item.media.path, `images/${item.split ?? 'default'}/${item.media.path}`].find((each) => proof.has(each))
    const asset = path === undefined ? undefined : assets.get(path)
    if (path === undefined || asset?.kind !== 'image') throw unproven(item.media.path, 'a picture stands there that should not.')
    missing.delete(path)
    compare(path, proof.get(path)!, inPixels(item, asset).filter(({ geometry }) => geometry.kind !== 'item' || !texts.has(path)))
  }
  for (const path of missing) throw unproven(path, 'the picture is not found again.')
  for (const path of unread) throw unproven(path, 'its text is not found again.')
  for (const path of unheard) throw unproven(path, 'the recording is not found again.')
}

function compareTexts({ media, annotations }: ParsedItem, wanted: readonly string[]): void {
  const found = annotations.flatMap(({ geometry, text }) => (geometry.kind === 'item' ? [text ?? ''] : []))
  if (found.length !== wanted.length || wanted.some((text, index) => text !== found[index])) throw unproven(media.path, 'its text is not found again as it was written.')
}

const recordingOf = ({ media }: ParsedItem) => (media.exact ? parts(media.path).stem : media.path)

/** Every segment must be there. One without text may be there besides: some formats fill silence with them. */
function compareSegments(path: string, wanted: readonly WrittenSegment[], found: readonly ParsedAnnotation[]): void {
  const left = found.flatMap(({ geometry, text }) => (geometry.kind === 'segment' ? [{ start: geometry.start / geometry.rate, end: geometry.end / geometry.rate, text: text ?? '' }] : []))
    .sort((a, b) => a.start - b.start)
  // Those whose times follow from others are looked for last, among what is left.
  for (const segment of [...wanted].sort((a, b) => a.tolerance - b.tolerance || a.start - b.start)) {
    const index = left.findIndex((each) => within(each, segment) && (segment.text === null || segment.text === each.text.trim()))
    if (index < 0) throw unproven(path, `the segment at ${segment.start} s is not found again as it was written.`)
    left.splice(index, 1)
  }
  if (left.some(({ text }) => text !== '')) throw unproven(path, `${wanted.length} segments were written, ${found.length} are found again.`)
}

const within = (found: { start: number; end: number }, { start, end, tolerance }: WrittenSegment) =>
  Math.abs(found.start - start) <= tolerance && Math.abs(found.end - end) <= tolerance

function compare(path: string, wanted: readonly WrittenShape[], found: readonly ParsedAnnotation[]): void {
  if (wanted.length !== found.length) throw unproven(path, `${wanted.length} annotations were written, ${found.length} are found again.`)
  const left = found.map((annotation) => ({ label: annotation.label, text: annotation.text, bounds: annotation.geometry.kind === 'segment' ? null : fileBoundsOf(annotation.geometry) }))
  for (const shape of wanted) {
    const label = shape.label?.trim().normalize('NFC') ?? null
    const index = left.findIndex((each) => each.label === label && (shape.text === undefined || shape.text === each.text) && each.bounds !== null && near(each.bounds, shape))
    if (index < 0) throw unproven(path, `a "${shape.label ?? shape.text ?? 'shape'}" is not found again where it was written.`)
    left.splice(index, 1)
  }
}

const near = (found: Bounds, { bounds, tolerance }: WrittenShape) =>
  Math.abs(found.minX - bounds.minX) <= tolerance && Math.abs(found.minY - bounds.minY) <= tolerance &&
  Math.abs(found.maxX - bounds.maxX) <= tolerance && Math.abs(found.maxY - bounds.maxY) <= tolerance

const unproven = (where: string, what: string) =>
  new QuorumError('unexpected', `The export was read again and is not right at ${where}: ${what} Nothing was written; please report this.`)
