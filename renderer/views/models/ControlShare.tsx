import type { ProjectState } from '#shared/contract/api.ts'
import { updating } from '#shared/model/diff.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { NumberField } from '#renderer/ui/Field.tsx'
import { words } from './words.ts'

const said = words.unaided

/** How many items people label unaided, so that what drafts do to people can be seen. */
export function ControlShare({ open }: { readonly open: ProjectState }) {
  const session = useSession()
  const assistance = open.project.assistance ?? { mappings: {}, control: 0 }
  const put = (percent: number | null) => {
    const control = (percent ?? 0) / 100
    if (open.readOnly === null && control !== assistance.control) session.applyToProject(said.change, updating([open.project, { ...open.project, assistance: { ...assistance, control } }]))
  }
  return <div className="models__share"><NumberField label={`${said.title}, %`} hint={said.hint} value={Math.round(assistance.control * 1000) / 10} min={0} max={100} step={5} complaint={words.own.number} onCommit={put} /></div>
}
