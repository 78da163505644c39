import type { FormatInput } from './format.ts'

/** Files held in memory as a format's input, for pasted text and for tests. Heads are Latin-1. */
export function memoryInput(contents: Readonly<Record<string, string>>): FormatInput {
  const bytes = (path: string) => Uint8Array.from(textOf(contents, path), (character) => character.codePointAt(0)! & 0xff)
  return {
    files: Object.keys(contents).sort(),
    readText: async (path) => textOf(contents, path).replace(/^\uFEFF/u, ''),
    readBytes: async (path) => bytes(path),
    readHead: async (path, count) => bytes(path).subarray(0, count),
  }
}

function textOf(contents: Readonly<Record<string, string>>, path: string): string {
  const text = contents[path]
  if (text === undefined) throw new Error(`no file ${path}`)
  return text
}
