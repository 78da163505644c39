import type { Annotation } from '#shared/model/annotation.ts'
import { editedByHuman, type Origin, type Provenance } from '#shared/model/provenance.ts'
import type { NormalisationForm } from '#shared/model/writing.ts'
import type { MarkedText } from '#shared/text/spans.ts'
import { editOf, type Edit } from '../edited.ts'
import { writeLine } from './lineEdits.ts'

/** The line with a text that a model proposed, as it was or as the person changed it: the person's, with the model on record. */
export function takeReading<Kind extends Annotation>(line: Kind, marked: MarkedText, form: NormalisationForm, origin: Extract<Origin, { by: 'model' }>): Edit | null {
  const [, to] = writeLine(line, marked, form)?.diff.updated[line.id] ?? []
  if (to?.type !== 'annotation') return null
  const was = editedByHuman(line.provenance)
  const provenance: Provenance = was.by === 'human' && was.origin ? was : { by: 'human', origin }
  return editOf(origin.settings['text'] === to.text ? 'accept reading' : 'edit reading', [[line, { ...to, provenance }]])
}
