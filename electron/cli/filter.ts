import { AssetFilter, type ProjectState } from '#shared/contract/api.ts'
import { UsageError } from './command.ts'

/**
 * A filter of items as it is typed: `kind=image,status=untouched,label=person,geometry=box,finding=tiny,text=street`. What has no `=` is text.
 * Throws a UsageError that says what is possible.
 */
export function parseFilter(given: string, { labels }: Pick<ProjectState, 'labels'>): AssetFilter {
  const values: Record<string, string> = {}
  for (const part of given.split(',').map((each) => each.trim()).filter((each) => each !== '')) {
    const at = part.indexOf('=')
    const [key, value] = at < 0 ? ['text', part] : [part.slice(0, at).trim(), part.slice(at + 1).trim()]
    if (!keys.includes(key)) throw new UsageError(`--where: there is no "${key}". It takes ${keys.join(', ')}, as in "kind=image,status=untouched".`)
    values[key] = key === 'label' ? labelIn(value, labels) : value
  }
  const parsed = AssetFilter.safeParse(values)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  throw new UsageError(`--where ${issue.path.join('.')}=${values[String(issue.path[0])]}: ${issue.message}.`)
}

const keys = Object.keys(AssetFilter.shape)

function labelIn(name: string, labels: ProjectState['labels']): string {
  const label = labels.find(({ id, name: other }) => id === name || other.toLowerCase() === name.toLowerCase())
  if (!label) throw new UsageError(`--where label=${name}: the project has no such label; it has ${labels.map((each) => each.name).join(', ') || 'none'}.`)
  return label.id
}
