import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { agree } from '#electron/cli/commands/agree.ts'
import { metrics } from '#shared/agreement/agree.ts'
import { levels } from '#shared/agreement/alpha.ts'
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

/** Numbers anywhere in a document that are none. */
const strange = (value: unknown): unknown[] =>
  typeof value === 'number' ? (Number.isFinite(value) ? [] : [value]) : value === undefined ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(strange) : []

test.each([
  ['no rows', '', 'There are no ratings.', '0 of 0 tasks have two answers or more; 0 answers by 0 people'],
  ['all missing', '1,a,\n1,b,NA\n', 'All answers are missing: 2 rows have an empty cell or NA in the column of answers.', '0 of 0 tasks have two answers or more; 0 answers by 0 people, 2 missing'],
  ['one person', '1,a,x\n', 'There is one person only ("a"). Agreement needs two.', '0 of 1 task has two answers or more; 1 answer by 1 person'],
  ['nobody met', '1,a,x\n2,b,y\n', 'No unit was judged by two people.', '0 of 2 tasks have two answers or more; 2 answers by 2 people'],
])('%s: every metric says why there is no value', async (_, rows, reason, line) => {
  const path = await file(`task,worker,label\n${rows}`)
  for (const metric of metrics) {
    const { code, json, lines } = await agree.run(invocation([path], { metric }))
    expect(code).toBe(3)
    expect(json).toMatchObject({ value: null, interval: null, reason })
    expect(lines[0]).toContain(`no value. ${reason}`)
    expect(lines[1]).toBe(line)
    expect(strange(json)).toEqual([])
  }
})

test.each([
  ['one category', '1,a,1\n1,b,1\n2,a,1\n2,b,1\n'], ['all the same', '1,a,1\n1,b,1\n2,a,2\n2,b,2\n'], ['one task', '1,a,1\n1,b,2\n'],
  ['somebody with one task', '1,a,1\n1,b,1\n1,c,3\n2,a,2\n2,b,2\n3,a,3\n3,b,1\n'], ['a spammer', '1,a,1\n1,s,1\n2,a,2\n2,s,1\n3,a,3\n3,s,1\n'],
])('%s: a number or a reason at every level, and nothing that is no number', async (_, rows) => {
  const path = await file(`task,worker,label\n${rows}`)
  for (const metric of metrics) {
    for (const level of levels) {
      const { json, lines } = await agree.run(invocation([path], { metric, level }))
      const { value, reason } = json as { value: number | null; reason: string | null }
      expect(value === null ? reason : value).toEqual(value === null ? expect.stringMatching(/\w\.$/u) : expect.any(Number))
      expect(strange(json)).toEqual([])
      expect(lines.join('\n')).not.toMatch(/NaN|undefined|Infinity/u)
    }
  }
})

test('wrong use and wrong files are sentences', async () => {
  const path = await file('a,b\n1,2\n')
  await expect(agree.run(invocation([path], {}))).rejects.toThrow(`${path}, line 1: there is no column for task (also item`)
  await expect(agree.run(invocation([path], { metric: 'beta' }))).rejects.toThrow('--metric beta: choose from alpha, kappa')
  await expect(agree.run(invocation([path], { level: 'high' }))).rejects.toThrow('--level high: choose from nominal')
  await expect(agree.run(invocation(['/nowhere.csv'], {}))).rejects.toThrow('/nowhere.csv cannot be read. Check the path.')
})
