import { AudioWaveform, MousePointer2 } from 'lucide-react'
import { useStore } from 'zustand'
import { IconButton } from '#renderer/ui/Button.tsx'
import { audioTool } from './tool.ts'
import { words } from './words.ts'

/** The sound tools, for the toolbar. */
export function AudioTools() {
  const tool = useStore(audioTool, (state) => state.tool)
  return (
    <>
      <IconButton label={words.tools.select} keys="V" aria-pressed={tool === 'select'} onClick={() => audioTool.setState({ tool: 'select' })}><MousePointer2 /></IconButton>
      <IconButton label={words.tools.segment} keys="S" aria-pressed={tool === 'segment'} onClick={() => audioTool.setState({ tool: 'segment' })}><AudioWaveform /></IconButton>
    </>
  )
}
