import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { agree } from '#electron/cli/commands/agree.ts'
import { fourObservers } from '#shared/agreement/fixtures/published.ts'

const invocation = (words: string[], flags: Record<string, string>) => ({ words, flags, say: () => {}, print: async () => {}, progress: () => {} })

async function file(content: string) {
  const path = join(await mkdtemp(join(tmpdir(), 'quorum-agree-')), 'table.csv')
  await writeFile(path, content)
  return path
}

test('a published table by way of a file', async () => {
  const path = await file(`\uFEFFitem,rater,value\r\n${fourObservers.map(({ task, worker, value }) => `${task},${worker},${value}\r\n`).join('')}`)
  const outcome = await agree.run(invocation([path], { metric: 'alpha', level: 'ordinal' }))
  expect(outcome).toMatchObject({ code: 0, json: { metric: 'alpha', level: 'ordinal', n: 11, tasks: 12, ratings: 41, reason: null } })
  expect((outcome.json as { value: number }).value).toBeCloseTo(0.815388, 6)
  expect(outcome.lines[0]).toMatch(/^alpha \(ordinal\) 0\.8154, 95 % interval \d\.\d{4} to \d\.\d{4}$/u)
})

test('rows left out and figures without a value are findings', async () => {
  const twice = await file('task,worker,label\n1,a,x\n1,b,x\n1,a,y\n2,a,y\n2,b,y\n')
  expect(await agree.run(invocation([twice], { metric: 'kappa' }))).toMatchObject({ code: 3, json: { value: 1, findings: [{ code: 'conflicting-duplicate', line: 4 }] } })
  const alone = await file('task,worker,label\n1,a,x\n')
  expect(await agree.run(invocation([alone], {}))).toMatchObject({ code: 3, json: { value: null, interval: null, reason: 'There is one person only ("a"). Agreement needs two.' } })
})

test('wrong use and wrong files are sentences', async () => {
  const path = await file('a,b\n1,2\n')
  await expect(agree.run(invocation([path], {}))).rejects.toThrow(`${path}, line 1: there is no column for task (also item`)
  await expect(agree.run(invocation([path], { metric: 'beta' }))).rejects.toThrow('--metric beta: choose from alpha, kappa')
  await expect(agree.run(invocation([path], { level: 'high' }))).rejects.toThrow('--level high: choose from nominal')
  await expect(agree.run(invocation(['/nowhere.csv'], {}))).rejects.toThrow('/nowhere.csv cannot be read. Check the path.')
})
