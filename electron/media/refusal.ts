import { messageOf, QuorumError } from '#shared/contract/errors.ts'
import type { Refusal } from './image.ts'

const failures: Record<string, Omit<Refusal, 'ok'>> = {
  EACCES: { code: 'no-permission', message: 'May not be read by you. Change its permissions or copy it to where you may read it.' },
  EPERM: { code: 'no-permission', message: 'May not be read by you. Change its permissions or copy it to where you may read it.' },
  ENOENT: { code: 'changed-while-reading', message: 'Was there when the folder was listed and is gone now. Import it again if it comes back.' },
  EISDIR: { code: 'changed-while-reading', message: 'Was a file when the folder was listed and is a folder now. Import it again.' },
  EIO: { code: 'unreadable', message: 'The disk cannot read it (input/output error). Copy it from another place.' },
  ELOOP: { code: 'symlink-loop', message: 'Is a link that leads back to itself.' },
  ENAMETOOLONG: { code: 'bad-name', message: 'Has a path that is too long for the system. Shorten it.' },
}

/** What an error of the file system means for the file that was read. */
export function refusalOf(error: unknown): Refusal {
  const code = systemCode(error)
  const known = code === null ? undefined : failures[code]
  if (known) return { ok: false, ...known }
  return { ok: false, code: 'unreadable', message: `Cannot be read (${messageOf(error)}).` }
}

/** An error of the disk that we write to ends the whole import, with words for the person. Null for other errors. */
export function writeFailure(error: unknown, folder: string): QuorumError | null {
  const detail = messageOf(error)
  switch (systemCode(error)) {
    case 'ENOSPC': case 'EDQUOT': return new QuorumError('disk-full', `The disk of ${folder} is full. Free some space and start the import again; it goes on where it stopped.`, detail)
    case 'EROFS': return new QuorumError('read-only', `${folder} is on a read-only disk. Copy the project to one that can be written.`, detail)
    case 'EACCES': case 'EPERM': return new QuorumError('no-permission', `${folder} may not be written by you. Change its permissions or move the project.`, detail)
    default: return null
  }
}

export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
