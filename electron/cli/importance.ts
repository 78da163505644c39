import type { Label } from '#shared/model/label.ts'
import { updating } from '#shared/model/diff.ts'
import { newChangeId } from '#shared/model/id.ts'
import type { Project } from '#shared/model/project.ts'
import type { Host } from '#electron/host/host.ts'
import { UsageError } from './command.ts'

/** `pedestrian=1,sky=0.1`: shares by the names of labels; `even` takes all back. A name may hold "=" and, after a backslash, ",". */
export function parseImportance(given: string): ReadonlyMap<string, number> | 'even' {
  if (given.trim() === 'even') return 'even'
  return new Map(given.split(/(?<!\\),/u).map((part) => {
    const at = part.lastIndexOf('=')
    const name = part.slice(0, Math.max(0, at)).trim().replaceAll('\\,', ','), share = at < 0 ? '' : part.slice(at + 1).trim()
    const value = share === '' ? NaN : Number(share)
    if (name === '' || !(value >= 0 && value <= 1)) throw new UsageError(`--importance ${part.trim()}: write LABEL=SHARE with a share from 0 to 1, or "even" for all alike.`)
    return [name, value]
  }))
}

/** Keeps in the project how much labels matter; those that are not named stay as they were. */
export async function keepImportance(host: Host, asked: ReadonlyMap<string, number> | 'even'): Promise<void> {
  const { project, labels } = await host.ask('projects.state', {})
  const { importance = {}, ...rest } = project
  const kept = asked === 'even' ? {} : { ...importance, ...Object.fromEntries([...asked].map(([name, value]) => [labelNamed(labels, name).id, value])) }
  // What matters as much as anything needs no entry.
  const stands = Object.fromEntries(Object.entries(kept).filter(([, value]) => value < 1))
  const next: Project = Object.keys(stands).length > 0 ? { ...rest, importance: stands } : rest
  await host.ask('changes.apply', { id: newChangeId(), name: 'change how much labels matter', asset: null, intent: { kind: 'do' }, durationMs: null, diff: updating([project, next]) })
}

/** How much labels matter, of those for which it was said. */
export async function importanceByName(host: Host): Promise<Record<string, number>> {
  const { project: { importance = {} }, labels } = await host.ask('projects.state', {})
  return Object.fromEntries(labels.flatMap(({ id, name }) => (importance[id] === undefined ? [] : [[name, importance[id]]])))
}

function labelNamed(labels: readonly Label[], name: string): Label {
  const found = labels.find((label) => label.name === name) ?? labels.find((label) => label.name.toLowerCase() === name.toLowerCase())
  if (!found) throw new UsageError(`--importance: there is no label "${name}" in this project. Its labels are ${labels.slice(0, 20).map((label) => label.name).join(', ')}${labels.length > 20 ? ' …' : ''}.`)
  return found
}
