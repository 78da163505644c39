import { Redo2, Undo2 } from 'lucide-react'
import { IconButton } from '#renderer/ui/Button.tsx'
import { historyWords as words } from './historyWords.ts'

export function UndoButtons({ undo, redo }: { readonly undo: () => void; readonly redo: () => void }) {
  return (
    <div className="q-row" style={{ gap: 0 }}>
      <IconButton label={words.undo} keys="Mod+Z" onClick={undo}><Undo2 /></IconButton>
      <IconButton label={words.redo} keys="Mod+Shift+Z" onClick={redo}><Redo2 /></IconButton>
    </div>
  )
}
