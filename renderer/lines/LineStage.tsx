import { useLayoutEffect, useMemo, type KeyboardEvent, type Ref } from 'react'
import type { AnnotationId } from '#shared/model/id.ts'
import { subjectOf } from '#shared/model/verdict.ts'
import type { MarkedText } from '#shared/text/spans.ts'
import { markedOf } from '#renderer/tools/textLine/lineEdits.ts'
import { axisOf, frameOf, pageAxis, type Line } from '#renderer/tools/textLine/lines.ts'
import type { WritingHelp } from '#renderer/writing/help.ts'
import { WritingField, type WritingHandle } from '#renderer/writing/WritingField.tsx'
import { Crops } from './Crops.tsx'
import type { CropSource } from './drawCrop.ts'
import { cropSize, neighboursIn, typeSize } from './sizes.ts'
import { useRoom } from './useRoom.ts'
import { words } from './words.ts'

interface Props {
  readonly field: Ref<WritingHandle>
  readonly lines: readonly Line[]
  readonly index: number
  readonly source: CropSource | null
  readonly filter: string
  readonly language: string | null
  readonly help: WritingHelp
  readonly editable: boolean
  readonly onWrite: (id: AnnotationId, marked: MarkedText) => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void
  readonly onEscape: () => void
  /** The field of a line is there. */
  readonly onShown: () => void
  readonly onChoose: (id: AnnotationId) => void
}

/** The line in hand, large, with its field; before and behind it its neighbours, dimmed. */
export function LineStage({ field, lines, index, source, filter, language, help, editable, onWrite, onKeyDown, onEscape, onShown, onChoose }: Props) {
  const { ref: stageRef, element: stage, room } = useRoom<HTMLDivElement>()
  const usual = useMemo(() => pageAxis(lines), [lines])
  const line = lines[index]!
  // A draft that becomes mine while I write it is still the same line.
  const subject = subjectOf(line)
  const axis = axisOf(line, usual)
  const [before, after] = neighboursIn(room, axis)
  const first = Math.max(0, index - before)
  const shown = lines.slice(first, index + after + 1)
  const value = useMemo(() => markedOf(line), [line])
  const crop = cropSize(frameOf(line), room, axis, false)
  const ready = room.width > 0
  useLayoutEffect(() => { if (ready) onShown() }, [ready, subject, onShown])
  return (
    <div ref={stageRef} className="lines__stage" data-axis={axis === 'vertical' ? axis : usual === 'rtl' ? 'rtl' : 'ltr'} role="group" aria-label={words.canvas}>
      <Crops stage={stage} lines={shown} source={source} filter={filter} />
      {!ready ? null : shown.map((each, at) => (first + at === index ? (
        <div key={subjectOf(each)} className="lines__line" data-current="">
          <div className="lines__place" data-crop={each.id} data-current="" style={crop} />
          <WritingField key={subjectOf(each)} ref={field} label={words.field(index + 1, lines.length)} value={value} onCommit={(marked) => onWrite(each.id, marked)} onKeyDown={onKeyDown} onEscape={onEscape}
            direction={each.direction === 'auto' && axis === 'ltr' ? 'auto' : axis} language={each.language ?? language} fontSize={typeSize(crop, axis)} help={help} readOnly={!editable} />
        </div>
      ) : (
        // Keys go from line to line; a press with the pointer is a second way.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
        <div key={each.id} className="lines__line" onClick={() => onChoose(each.id)}>
          <div className="lines__place" data-crop={each.id} style={cropSize(frameOf(each), room, axisOf(each, usual), true)} />
          <span className="lines__said" data-empty={each.text === null || undefined} lang={each.language ?? undefined}>{each.text ?? (each.flags.includes('illegible') ? words.marks.illegible : words.empty)}</span>
        </div>
      )))}
    </div>
  )
}
