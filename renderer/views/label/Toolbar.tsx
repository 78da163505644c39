import { ChevronLeft, ChevronRight, Diamond, Hand, Maximize, MousePointer2, Pentagon, Redo2, Send, Square, TextCursorInput, Undo2, WandSparkles, ZoomIn, ZoomOut } from 'lucide-react'
import type { ReactNode } from 'react'
import { toolbar } from '#renderer/tools/registry.ts'
import type { ToolId } from '#renderer/tools/tool.ts'
import { IconButton } from '#renderer/ui/Button.tsx'
import { words } from './words.ts'

const icons: Record<ToolId, ReactNode> = { 'select': <MousePointer2 />, 'pan': <Hand />, 'box': <Square />, 'rotated-box': <Diamond />, 'polygon': <Pentagon />, 'click-to-segment': <WandSparkles />, 'text-line': <TextCursorInput /> }

interface Props {
  readonly tool: ToolId
  readonly onTool: (tool: ToolId) => void
  readonly drawing: boolean
  /** The tools of items that are not drawn on. */
  readonly others: ReactNode
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly submitted: boolean
  readonly adjust: ReactNode
  readonly run: (command: ToolbarCommand) => void
}
export type ToolbarCommand = 'undo' | 'redo' | 'fit' | 'zoom-in' | 'zoom-out' | 'previous' | 'next' | 'submit'

/** The tools at the edge of the picture; below them what is done to the item. */
export function Toolbar({ tool, onTool, drawing, others, canUndo, canRedo, submitted, adjust, run }: Props) {
  return (
    <div className="toolbar" role="toolbar" aria-label={words.tools} aria-orientation="vertical">
      {drawing ? toolbar.map(({ id, name, key }) => <IconButton key={id} label={name} keys={key} aria-pressed={tool === id} onClick={() => onTool(id)}>{icons[id]}</IconButton>) : others}
      <hr />
      <IconButton label={words.undo} keys="Mod+Z" disabled={!canUndo} onClick={() => run('undo')}><Undo2 /></IconButton>
      <IconButton label={words.redo} keys="Mod+Shift+Z" disabled={!canRedo} onClick={() => run('redo')}><Redo2 /></IconButton>
      {drawing ? (
        <>
          <hr />
          <IconButton label={words.zoomIn} keys="+" onClick={() => run('zoom-in')}><ZoomIn /></IconButton>
          <IconButton label={words.zoomOut} keys="-" onClick={() => run('zoom-out')}><ZoomOut /></IconButton>
          <IconButton label={words.fit} keys="F" onClick={() => run('fit')}><Maximize /></IconButton>
          {adjust}
        </>
      ) : null}
      <span className="toolbar__space" />
      <IconButton label={words.previous} keys="Shift+N" onClick={() => run('previous')}><ChevronLeft /></IconButton>
      <IconButton label={words.next} keys="N" onClick={() => run('next')}><ChevronRight /></IconButton>
      <IconButton label={submitted ? words.reopen : words.submit} keys="Mod+Enter" aria-pressed={submitted} onClick={() => run('submit')}><Send /></IconButton>
    </div>
  )
}
