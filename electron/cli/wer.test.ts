import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { wer } from '#electron/cli/commands/wer.ts'
import { runWer } from '#electron/cli/wer.ts'

async function files(ref: string | Uint8Array, hyp: string) {
  const folder = await mkdtemp(join(tmpdir(), 'quorum-wer-'))
  await writeFile(join(folder, 'ref'), ref)
  await writeFile(join(folder, 'hyp'), hyp)
  return { ref: join(folder, 'ref'), hyp: join(folder, 'hyp') }
}

test('plain text is rated over all lines', async () => {
  const { json, lines } = await runWer(await files('the cat sat\nhello there\n\n', 'the cat\nhello there\n\n'))
  expect(json).toMatchObject({ unit: 'word', sentences: 3, words: 5, hits: 4, substitutions: 0, deletions: 1, insertions: 0, wer: 0.2, mer: 0.2, sentencesWithErrors: 1 })
  expect(json.kinds).toMatchObject({ missing: 1, extra: 0 })
  expect(json.worst).toEqual([{ id: 'line 1', errors: 1, rate: 1 / 3, ref: 'the cat sat', hyp: 'the cat' }])
  expect(lines[0]).toBe('WER 20.00 %: 3 sentences, 5 words')
})

test('trn files are read as sclite reads them: ids, alternatives, no case', async () => {
  const paths = await files("THE { INDUSTRY'S / INDUSTRY } slide { @ / AN } (4t0-1)\n", 'the industry SLIDE (4T0-1)\n')
  expect((await runWer(paths)).json).toMatchObject({ words: 3, hits: 3, wer: 0, costs: 'sclite', normalise: ['nfc', 'case'] })
  expect((await runWer({ ...paths, normalise: 'none' })).json.substitutions).toBe(3)
})

test('characters and normalisers', async () => {
  const paths = await files('Café!', 'cafe')
  expect((await runWer({ ...paths, unit: 'char' })).json).toMatchObject({ words: 5, cer: 3 / 5, costs: 'unit', kinds: {} })
  expect((await runWer({ ...paths, unit: 'char', normalise: 'case,punct,diacritics' })).json.cer).toBe(0)
})

test('errors are sentences', async () => {
  await expect(runWer({ ref: '/nowhere/r', hyp: '/nowhere/h' })).rejects.toThrow('/nowhere/r cannot be read. Check the path.')
  await expect(runWer(await files('a\nb', 'a'))).rejects.toThrow('The reference has 2 lines')
  await expect(runWer(await files('a { b (u-1)', 'a (u-1)'))).rejects.toThrow('u-1 (line 1): A { has no }.')
  await expect(runWer(await files(new Uint8Array([0xff, 0xfe, 0x41, 0]), 'a'))).rejects.toThrow('is not UTF-8 text')
  await expect(runWer({ ...(await files('a', 'a')), normalise: 'lower' })).rejects.toThrow('--normalise: "lower" is no normaliser')
})

const invocation = (words: string[], flags: Record<string, string>) => ({ words, flags, say: () => {}, progress: () => {}, print: async () => {} })

test('the command hands its flags on and refuses what it does not know', async () => {
  const { ref, hyp } = await files('Abc', 'abd')
  expect(await wer.run(invocation([ref, hyp], { unit: 'char', normalise: 'case' }))).toMatchObject({ code: 0, json: { unit: 'char', cer: 1 / 3 } })
  await expect(wer.run(invocation([ref, hyp], { unit: 'line' }))).rejects.toThrow('--unit line: choose from word, char, codepoint.')
})
