import { open } from 'node:fs/promises'
import { StringDecoder } from 'node:string_decoder'
import { QuorumError } from '#shared/contract/errors.ts'

/**
 * The lines of a text file, which end with LF or CRLF alone: Node's readline would also cut at U+2028 and U+2029, which
 * may stand inside a JSON string as they are. A byte order mark is left out. Throws `not-found` or `no-permission` in words.
 */
export async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await open(path).catch((error: unknown) => { throw inWords(error, path) })
  try {
    const decoder = new StringDecoder('utf8')
    let rest = ''
    let first = true
    const whole = (line: string) => {
      const text = first ? line.replace(/^\uFEFF/u, '') : line
      first = false
      return text.endsWith('\r') ? text.slice(0, -1) : text
    }
    for await (const bytes of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
      const lines = (rest + decoder.write(bytes)).split('\n')
      rest = lines.pop()!
      for (const line of lines) yield whole(line)
    }
    rest += decoder.end()
    if (rest !== '') yield whole(rest)
  } catch (error) {
    throw inWords(error, path)
  } finally {
    await file.close()
  }
}

function inWords(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') return new QuorumError('not-found', `There is no file ${path}. Check the path.`, String(error))
  if (code === 'EISDIR') return new QuorumError('invalid-input', `${path} is a folder. Name the file in it.`, String(error))
  if (code === 'EACCES' || code === 'EPERM') return new QuorumError('no-permission', `You may not read ${path}. Check its permissions.`, String(error))
  return error
}
