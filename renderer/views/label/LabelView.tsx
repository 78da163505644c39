import { useCallback, useEffect } from 'react'
import { useStore } from 'zustand'
import type { AssetRow, ProjectState } from '#shared/contract/api.ts'
import type { Author } from '#shared/model/author.ts'
import type { AssetId } from '#shared/model/id.ts'
import { handsOut } from '#shared/model/overlap.ts'
import type { SaveQueue } from '#renderer/editor/saveQueue.ts'
import { useApp, useProject, useSession } from '#renderer/frame/context.tsx'
import { useLookAhead } from '#renderer/inference/useLookAhead.ts'
import { parseRoute, replaceRoute, useRoute } from '#renderer/frame/route.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { SidePane } from '#renderer/ui/Panes.tsx'
import { AssetList } from './AssetList.tsx'
import { ItemView } from './ItemView.tsx'
import './label.css'
import { useProgress } from './progress.ts'
import { upNext, useQueueState } from './upNext.ts'
import { begin, useItem, usePrefetch } from './useItem.ts'
import { words } from './words.ts'
import { useAssetPages, workplaceOf } from './workplace.ts'

/** Shows an item; not to somebody who went to another view while it was looked up, or this view would call them back. */
function show(asset: AssetId | null): void {
  if (parseRoute(location.hash)?.view === 'label') replaceRoute('label', asset)
}

/** Where drafts are verified and shapes are drawn: the items, the picture, the inspector. */
export function LabelView() {
  const project = useProject()
  const me = useApp()?.me ?? null
  const session = useSession()
  const queue = session.queue()
  if (!project || !me || !queue) return null
  if (project.assets === 0) {
    return <EmptyState title={words.empty.title} actions={<Button tone="primary" onClick={() => session.show({ kind: 'import', sources: [] })}>{words.empty.action}</Button>}>{words.empty.text}</EmptyState>
  }
  return <Workbench key={`${project.project.id} ${me}`} project={project} me={me} queue={queue} />
}

function Workbench({ project, me, queue }: { readonly project: ProjectState; readonly me: Author; readonly queue: SaveQueue }) {
  const session = useSession()
  const workplace = workplaceOf(session, queue, me)
  const { state } = workplace
  const pages = useAssetPages(session, workplace)
  const { asset: routed } = useRoute()
  const { item, failure } = useItem(workplace, routed)
  const showList = useStore(state, (label) => label.itemList)
  const progress = useProgress(session)
  const left = useQueueState(session, me)
  usePrefetch(workplace, pages, item)
  useLookAhead(item?.asset ?? null, useCallback(async (asset) => {
    const index = await pages.indexOf(asset)
    return index === null ? null : (await pages.row(index + 1)) ?? null
  }, [pages]))

  const open = useCallback((row: AssetRow) => {
    begin(workplace, row)
    show(row.id)
  }, [workplace])
  useEffect(() => {
    if (routed !== null) state.setState({ asset: routed, selection: [], hovered: null })
    else if (state.getState().asset !== null) show(state.getState().asset)
    else void pages.row(0).then((row) => row && open(row))
  }, [routed, pages, state, open])

  const step = async (by: number) => {
    const index = routed === null ? null : await pages.indexOf(routed)
    const row = await pages.row(index === null ? 0 : index + by)
    if (row) open(row)
  }
  const nextForMe = async () => {
    const asset = await upNext(session, workplace, me)
    if (asset !== null) show(asset)
  }
  return (
    <div className="labeling">
      <SidePane side="start" label={words.panes.items} initial={240} min={180} max={420} collapsed={!showList} storageKey="label.items">
        <AssetList pages={pages} state={state} labels={project.labels} thumbnail={(asset) => session.client.thumbnailUrl(asset)} onOpen={open}
          progress={progress === null ? '' : words.progress(progress.submitted, progress.total)} left={left === null ? '' : words.forMe(left.label.mine, left.label.open)} onNextForMe={() => void nextForMe()} />
      </SidePane>
      {failure !== null ? <EmptyState title={words.missing}>{failure}</EmptyState> : null}
      {item === null && failure === null ? <div className="labeling__loading"><SkeletonRows label={words.loading} rows={3} /></div> : null}
      {item !== null ? <ItemView item={item} project={project} me={me} workplace={workplace} step={(by) => void step(by)} nextForMe={() => void nextForMe()} afterSubmit={() => void (handsOut(project.project) ? nextForMe() : step(1))} /> : null}
    </div>
  )
}
