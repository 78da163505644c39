import { minimumAreaRectangle } from '#shared/geometry/hull.ts'
import { cornersOfRotated } from '#shared/geometry/rotatedBox.ts'
import type { Serialized, Snapshot, WrittenFile, WrittenShape } from '../format.ts'
import { type LineRow, lineRows, metadataLost, shapeOf } from '../lines/lines.ts'
import { LossLog } from '../lossLog.ts'
import { parts } from '../naming.ts'
import { mediaOf, type Picture, pictures } from '../pictures.ts'
import { oneLine } from '../timed/recordings.ts'

const path = (picture: Picture) => (picture.split === null ? picture.name : `${picture.split}/${picture.name}`)

/** `gt_NAME.txt` beside each picture, UTF-8 without a mark, whole pixels: the competitions' own evaluation takes nothing else. */
export function writeIcdar(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const all = pictures(snapshot, losses, true)
  const proof = new Map<string, WrittenShape[]>()
  const files: WrittenFile[] = []
  let annotations = 0
  for (const picture of all) {
    metadataLost(picture, losses)
    for (const annotation of picture.annotations) if (annotation.geometry.kind === 'item') losses.annotation('kind-not-held', picture.asset, annotation, null)
    const rows = lineRows(picture, snapshot, 'words', { flags: ['illegible'] }, losses).map(rowOf)
    annotations += rows.length
    // The reader knows the picture by its name without the ending.
    proof.set(path(picture), rows.map(({ shape }) => shape))
    files.push({ path: truthOf(path(picture)), content: rows.map(({ line }) => `${line}\n`).join('') })
  }
  return { files, annotations, losses: losses.list, media: all.map((picture) => mediaOf(picture, path(picture))), proof }
}

function truthOf(picture: string): string {
  const { stem } = parts(picture)
  const at = stem.lastIndexOf('/') + 1
  return `${stem.slice(0, at)}gt_${stem.slice(at)}.txt`
}

function rowOf({ annotation, ring, lose }: LineRow): { line: string; shape: WrittenShape } {
  let quad = ring
  if (ring.length !== 8) {
    quad = cornersOfRotated(minimumAreaRectangle(ring)!)
    lose('polygon-as-quad')
  }
  const whole = quad.map((value) => Math.round(value) + 0)
  if (whole.some((value, index) => value !== quad[index])) lose('coordinates-rounded')
  const illegible = annotation.flags.includes('illegible')
  const text = illegible ? '###' : oneLine(annotation.text ?? '')
  if (illegible ? (annotation.text ?? '') !== '' : text !== (annotation.text ?? '') || text === '###') lose(illegible ? 'text-dropped' : 'text-changed')
  return { line: `${whole.join(',')},${text}`, shape: shapeOf(whole, 0, null, text === '###' ? null : text) }
}
