import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

// The rules go by folders of the repository, so the bad files lie in a folder of its own kind beside the good ones, for as long as the test runs.
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const made: string[] = []

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

const put = (folder: string, files: Record<string, string>): string => {
  const path = mkdtempSync(join(root, folder, '.layers-'))
  made.push(path)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text)
  }
  return path
}

/** What the linter says of files of a folder. */
const lint = (folder: string, files: Record<string, string>): string => {
  mkdirSync(join(root, folder), { recursive: true })
  const result = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--format=unix', put(folder, files)], { cwd: root, encoding: 'utf8' })
  return result.status === 0 ? '' : result.stdout + result.stderr
}

const using = (specifier: string): Record<string, string> => ({ 'bad.ts': `import { thing } from '${specifier}'\n\nexport const made = thing()\n` })

test.each([
  ['shared/model', '#shared/geometry/point.ts'],
  ['shared/model', '#electron/host/host.ts'],
  ['shared/model', 'react'],
  ['shared/model', 'node:fs'],
  ['shared/geometry', '#shared/formats/registry.ts'],
  ['shared/geometry', 'konva'],
  ['shared/contract', '#shared/geometry/point.ts'],
  ['shared/contract', '#renderer/editor/document.ts'],
  ['electron/host', '#renderer/editor/document.ts'],
  ['electron/host', 'electron'],
  ['electron/host', 'better-sqlite3'],
  ['electron/storage', 'better-sqlite3'],
  ['electron/host', 'sharp'],
  ['electron/host', '@audio/decode-mp3'],
  ['electron/transport', 'electron'],
  ['renderer/editor', '#electron/host/host.ts'],
  ['renderer/editor', 'react'],
  ['renderer/editor', 'konva'],
  ['renderer/editor', '#renderer/tools/tool.ts'],
  ['renderer/tools', 'react'],
  ['renderer/tools', 'react-konva'],
  ['renderer/tools', '#renderer/transport/client.ts'],
  ['renderer/transport', 'konva'],
  ['renderer/transport', 'onnxruntime-web/webgpu'],
  ['renderer/transport', '../../shared/model/id.ts'],
])('%s may not import %s', (folder, specifier) => {
  expect(lint(folder, using(specifier))).toContain('no-restricted-imports')
})

test.each([
  ['shared/model', './other.ts'],
  ['shared/model', 'zod'],
  ['shared/geometry', '#shared/model/geometry.ts'],
  ['shared/contract', '../model/id.ts'],
  ['electron/host', '#electron/storage/projectStore.ts'],
  ['electron/host', '#shared/contract/api.ts'],
  ['electron/host', 'node:fs'],
  ['renderer/tools', '#renderer/editor/document.ts'],
  ['renderer/transport', '#shared/contract/api.ts'],
])('%s may import %s', (folder, specifier) => {
  expect(lint(folder, using(specifier))).toBe('')
})

test('a cycle is refused', () => {
  const words = lint('renderer/editor', {
    'a.ts': "import { b } from './b.ts'\n\nexport const a = (): number => b()\n",
    'b.ts': "import { a } from './a.ts'\n\nexport const b = (): number => a()\n",
  })
  expect(words).toContain('no-cycle')
})
