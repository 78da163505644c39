import { QuorumError } from '#shared/contract/errors.ts'

/** The path of a file of weights beside a graph, `/` between folders. Refuses in words what leaves the graph's folder. */
export function externalPath(location: string): string {
  const path = location.replaceAll('\\', '/').replace(/^(\.\/)+/u, '')
  const parts = path.split('/')
  // A colon is a drive, a scheme, or a stream of NTFS.
  const isOutside = path.startsWith('/') || path.includes(':') || parts.includes('..')
  if (isOutside) throw new QuorumError('unsupported', `The model keeps weights at “${shortened(location)}”, outside of its own folder; such files are not opened. Export it with its weights beside it or inside.`)
  if (path === '' || path.includes('\0') || parts.some((part) => part === '' || part === '.') || path.length > 1000) {
    throw new QuorumError('invalid-input', `The model keeps weights in a file whose name cannot be used: “${shortened(location)}”. Export it again.`)
  }
  return path
}

const shortened = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text).replaceAll('\0', '␀')

/** What is missing of a graph's files, in words; null when all are there. */
export function missingFiles(files: readonly string[], isThere: (path: string) => boolean): string | null {
  const missing = files.filter((path) => !isThere(path))
  if (missing.length === 0) return null
  const shown = missing.slice(0, 5).map((path) => `“${shortened(path)}”`).join(', ')
  return `The model’s weights lie in ${missing.length === 1 ? 'a file that is' : `${missing.length} files that are`} not beside it: ${shown}${missing.length > 5 ? ' …' : ''}. Put them into the same folder.`
}
