import { readFile } from 'node:fs/promises'
import { TableError } from '#shared/agreement/csv.ts'
import { readAnswerTable, type AnswerTable, type TableOptions } from '#shared/agreement/table.ts'
import { QuorumError } from '#shared/contract/errors.ts'

/** Reads a table of answers from a file. Throws QuorumErrors in words, with the file and the line. */
export async function readTable(path: string, options?: TableOptions): Promise<AnswerTable> {
  const text = await readUtf8(path)
  try {
    return readAnswerTable(text, options)
  } catch (error) {
    if (error instanceof TableError) throw new QuorumError('invalid-input', `${path}, ${error.message}`)
    throw error
  }
}

async function readUtf8(path: string): Promise<string> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (error) {
    throw new QuorumError('not-found', `${path} cannot be read. Check the path.`, String(error))
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new QuorumError('invalid-input', `${path} is not UTF-8 text. Save it as UTF-8 and try again.`)
  }
}
