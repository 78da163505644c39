import type { Serialized, Snapshot, WrittenFile, WrittenShape } from '../format.ts'
import { type LineRow, lineRows, metadataLost, shapeOf } from '../lines/lines.ts'
import { LossLog } from '../lossLog.ts'
import { mediaOf, type Picture, pictures } from '../pictures.ts'
import { importedExtra, oneLine } from '../timed/recordings.ts'

const path = (picture: Picture) => `images/${picture.split === null ? '' : `${picture.split}/`}${picture.name}`
const fileOf = (kind: string, split: string | null) => (split === null ? `${kind}.txt` : `${kind}_${split}.txt`)

/** `Label.txt` (`Label_train.txt`, …) for what stands in pictures, `rec_gt.txt` for pictures that are one text. Paths begin at the export's folder. */
export function writePaddle(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const all = pictures(snapshot, losses, false)
  const proof = new Map<string, WrittenShape[]>()
  const texts = new Map<string, string[]>()
  const files: WrittenFile[] = []
  let annotations = 0
  for (const [split, members] of [...Map.groupBy(all, (picture) => picture.split)].sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))) {
    const wholes: string[] = []
    const rows = members.map((picture) => {
      metadataLost(picture, losses)
      const whole = wholeTexts(picture, losses)
      for (const text of whole) wholes.push(`${path(picture)}\t${text}\n`)
      if (whole.length > 0) texts.set(path(picture), whole)
      const written = lineRows(picture, snapshot, 'lines', { flags: ['difficult', 'illegible'], label: true }, losses).map(rowOf)
      proof.set(path(picture), written.map(({ shape }) => shape))
      annotations += written.length + whole.length
      return whole.length > 0 && written.length === 0 ? '' : `${path(picture)}\t[${written.map(({ json }) => json).join(', ')}]\n`
    })
    const content = rows.join('')
    if (content !== '' || wholes.length === 0) files.push({ path: fileOf('Label', split), content })
    if (wholes.length > 0) files.push({ path: fileOf('rec_gt', split), content: wholes.join('') })
  }
  for (const each of texts.keys()) if (proof.get(each)?.length === 0) proof.delete(each)
  if (files.length === 0) files.push({ path: 'Label.txt', content: '' })
  return { files, annotations, losses: losses.list, media: all.map((picture) => mediaOf(picture, path(picture))), proof, texts }
}

function wholeTexts(picture: Picture, losses: LossLog): string[] {
  return picture.annotations.filter(({ geometry }) => geometry.kind === 'item').flatMap((annotation) => {
    const text = annotation.text === null ? null : oneLine(annotation.text)
    if (text !== annotation.text) losses.annotation('text-changed', picture.asset, annotation, null)
    if (text === null) losses.annotation('kind-not-held', picture.asset, annotation, null)
    return text === null ? [] : [text]
  })
}

function rowOf({ annotation, label, ring, lose }: LineRow): { json: string; shape: WrittenShape } {
  const extra = importedExtra(annotation, 'paddleocr')
  const illegible = annotation.flags.includes('illegible')
  const written = illegible ? (extra['transcription'] === '*' ? '*' : '###') : (annotation.text ?? '').toWellFormed()
  if (illegible ? (annotation.text ?? '') !== '' : written !== (annotation.text ?? '')) lose(illegible ? 'text-dropped' : 'text-changed')
  if (!illegible && (written === '###' || written === '*')) lose('text-changed')
  const { transcription: _, ...others } = extra
  const points = Array.from({ length: ring.length / 2 }, (__, index) => `[${ring[index * 2]}, ${ring[index * 2 + 1]}]`)
  const fields = [
    ...Object.entries(others).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`),
    `"transcription": ${JSON.stringify(written)}`, `"points": [${points.join(', ')}]`, `"difficult": ${annotation.flags.includes('difficult')}`,
    ...(label === null ? [] : [`"key_cls": ${JSON.stringify(label)}`]),
  ]
  return { json: `{${fields.join(', ')}}`, shape: shapeOf(ring, 1e-6, label, illegible || ['###', '*'].includes(written) ? undefined : written) }
}
