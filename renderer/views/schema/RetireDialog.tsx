import { useEffect, useState } from 'react'
import type { LabelSuccessor, Output } from '#shared/contract/api.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { AlertDialog } from '#renderer/ui/Dialog.tsx'
import { SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { Segmented } from '#renderer/ui/Choice.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { useSession } from '#renderer/frame/context.tsx'
import { words } from './words.ts'

interface Props { readonly label: Label; readonly others: readonly Label[]; readonly mode: 'merge' | 'remove'; readonly onClose: () => void }

/** Takes a label out of the schema, and asks where its annotations go when it has any. */
export function RetireDialog({ label, others, mode, onClose }: Props) {
  const session = useSession()
  const [usage, setUsage] = useState<Output<'labels.usage'> | null>(null)
  const [kind, setKind] = useState<LabelSuccessor['kind']>(others.length > 0 ? 'move' : 'unlabel')
  const [into, setInto] = useState<LabelId | ''>(others[0]?.id ?? '')
  useEffect(() => {
    void session.attempt(() => session.client.call('labels.usage', { label: label.id })).then((answer) => { if (answer !== null) setUsage(answer) })
  }, [session, label.id])
  const used = usage !== null && usage.annotations > 0
  const confirm = async () => {
    const successor: LabelSuccessor = (mode === 'merge' || (used && kind === 'move')) && into !== '' ? { kind: 'move', into } : { kind: used && kind === 'delete' ? 'delete' : 'unlabel' }
    const open = await session.attempt(() => session.client.call('labels.retire', { label: label.id, successor }))
    if (open !== null) session.setProject(open)
    onClose()
  }
  const choices = [...(others.length > 0 ? [{ value: 'move' as const, label: words.move }] : []), { value: 'unlabel' as const, label: words.unlabel }, { value: 'delete' as const, label: words.drop }]
  const title = mode === 'merge' ? words.mergeTitle(label.name) : words.removeTitle(label.name)
  const count = usage === null ? words.counting : used ? words.usage(usage.annotations, usage.assets) : words.unused
  return (
    <AlertDialog title={title} description={`${count} ${words.undoHint}`} confirm={mode === 'merge' ? words.mergeDo : words.removeDo} cancel={words.cancel} tone={mode === 'merge' ? 'primary' : 'danger'} disabled={usage === null}
      onConfirm={() => void confirm()} onCancel={onClose}>
      {usage === null ? <SkeletonRows label={words.counting} rows={1} /> : null}
      {used && mode === 'remove' ? <Segmented label={words.where} value={kind} options={choices} onChange={setKind} /> : null}
      {mode === 'merge' || (used && kind === 'move') ? <Select label={words.into} value={into} options={others.map(({ id, name }) => ({ value: id, label: name }))} onChange={setInto} /> : null}
    </AlertDialog>
  )
}
