import { useStore } from 'zustand'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Diff } from '#shared/model/diff.ts'
import { useCommands, useSession } from '#renderer/frame/context.tsx'
import { inferencePlaceOf } from '#renderer/inference/place.ts'
import { pictureOf } from '#renderer/inference/useSegmenting.ts'
import { words as lineWords } from '#renderer/lines/words.ts'
import { isLine, type Line } from '#renderer/tools/textLine/lines.ts'
import { drawTextLine } from '#renderer/tools/textLine/textLineTool.ts'
import type { LabelStore } from './labelState.ts'

/** Reading lines with a model: the commands, and what follows when a line was drawn. */
export function useReadLines(asset: Asset, state: LabelStore, mine: readonly Annotation[]): { readonly drawn: (name: string, diff: Diff) => void } {
  const session = useSession()
  const { readings } = inferencePlaceOf(session)
  const onRelease = useStore(state, (label) => label.readLines)
  const item = pictureOf(asset, session.client.mediaUrl)
  const read = (lines: readonly Line[]) => { if (item && lines.length > 0) void readings.read(item, lines) }
  const lines = mine.filter(isLine)
  const { group, commands } = lineWords
  useCommands(item === null ? [] : [
    { id: 'lines.read', name: commands.read, group, keys: ['Shift+X'], when: () => lines.length > 0, run: () => read(lines) },
    { id: 'lines.read-drawn', name: onRelease ? commands.readDrawnOff : commands.readDrawn, group, keys: ['Shift+T'], run: () => {
      state.setState({ readLines: !onRelease })
      session.toast({ tone: 'neutral', text: onRelease ? commands.readDrawnIsOff : commands.readDrawnIsOn })
    } },
  ])
  return { drawn: (name, { added }) => { if (onRelease && name === drawTextLine) read(Object.values(added).filter((record) => record.type === 'annotation').filter(isLine)) } }
}
