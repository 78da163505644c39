/** Paths of the host's machine as text; it may be Windows while the window is a browser, so both slashes count. */
const slashOf = (path: string) => (path.includes('\\') && !path.includes('/') ? '\\' : '/')

export const joinPath = (folder: string, name: string): string => (folder.endsWith('/') || folder.endsWith('\\') ? folder + name : folder + slashOf(folder) + name)

export const lastPart = (path: string): string => path.split(/[/\\]/u).findLast((part) => part !== '') ?? path

/** A name that every file system takes: what they forbid becomes a hyphen. */
export const fileNameFrom = (name: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are what file systems forbid
  name.normalize('NFC').trim().replaceAll(/[<>:"/\\|?*\u0000-\u001f]+/gu, '-').replaceAll(/[. ]+$/gu, '').slice(0, 80) || 'project'
