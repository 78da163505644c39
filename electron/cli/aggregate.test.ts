import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { anesthesia } from '#shared/consensus/classes/anesthesia.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import type { AggregateReport } from './aggregate.ts'
import { UsageError } from './command.ts'
import { aggregate } from './commands/aggregate.ts'

async function ran(csv: string | Uint8Array, flags: Record<string, string>, gold?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'quorum-aggregate-'))
  await writeFile(join(folder, 'table.csv'), csv)
  await writeFile(join(folder, 'gold.csv'), gold ?? '')
  const outcome = await aggregate.run({ words: [join(folder, 'table.csv')], flags: { ...flags, ...(gold === undefined ? {} : { gold: join(folder, 'gold.csv') }) }, say: () => {}, print: async () => {}, progress: () => {} })
  return { ...outcome, json: outcome.json as AggregateReport }
}

const csvOf = (rows: readonly { task: string; worker: string; label: string }[]) => ['task,worker,label', ...rows.map(({ task, worker, label }) => `${task},${worker},${label}`)].join('\n')

test('the anaesthetists of Dawid & Skene 1979 from a table, the first asked three times', async () => {
  const { code, json, lines } = await ran(csvOf(anesthesia), { method: 'dawid-skene' })
  expect(code).toBe(0)
  expect(json).toMatchObject({ method: 'dawid-skene', tasks: 45, votes: 315, converged: true, classes: ['1', '2', '3', '4'], findings: [] })
  expect(Object.values(json.prevalence!).map((share) => share.toFixed(4))).toEqual(['0.3996', '0.4220', '0.1118', '0.0667'])
  expect(json.logLikelihood).toBeCloseTo(-192.8909, 4)
  expect(json.results['3']).toMatchObject({ label: '2' })
  expect(json.workers['observer 1']).toMatchObject({ votes: 135 })
  expect(json.heldOut).toMatchObject({ votes: 315, folds: 5 })
  expect(json.recommendation!.reason).toContain('left-out votes')
  expect(lines).toContain('class frequencies: 1 0.3996, 2 0.4220, 3 0.1118, 4 0.0667')
})

test('known answers stand and are measured against', async () => {
  const { json, code } = await ran('task,worker,label\n1,u,a\n1,v,a\n2,u,b\n2,v,b\n3,u,a\n3,v,b', { method: 'one-coin' }, 'task,label\n1,b\n2,b\nx,a')
  expect(json.results['1']).toEqual({ label: 'b', probabilities: { a: 0, b: 1 }, gold: true })
  expect(json.goldAccuracy).toEqual({ tasks: 2, model: 0.5, vote: 0.5 })
  expect([code, json.findings.map((finding) => finding.code)]).toEqual([3, ['unknown-gold-task']])
})

test('known answers from a column of the table itself, and from tables of other headers', async () => {
  const rows = 'task,worker,label,gold\n1,u,a,b\n1,v,a,b\n2,u,b,\n2,v,b,\n3,u,a,\n3,v,b,'
  const { json, code } = await ran(rows, { method: 'dawid-skene', gold: 'Gold' })
  expect([code, json.results['1'], json.results['2']!.label]).toEqual([0, { label: 'b', probabilities: { a: 0, b: 1 }, gold: true }, json.results['2']!.label])
  expect(json.goldAccuracy).toMatchObject({ tasks: 1 })
  const other = await ran('INPUT:image\tOUTPUT:result\tASSIGNMENT:worker_id\n1\ta\tu\n1\ta\tv', { method: 'mace' }, 'INPUT:image\tGOLDEN:result\n1\ta')
  expect(other.json.results['1']).toMatchObject({ label: 'a', gold: true })
  await expect(ran(rows, { method: 'majority', gold: 'nothing' })).rejects.toThrow('nothing cannot be read. Check the path.')
})

test.each(['majority', 'dawid-skene', 'one-coin', 'glad', 'mace', 'mace-em', 'wawa', 'zero-based-skill', 'kos', 'mmsr', 'ds', 'zbs'])('%s: nobody, one, all alike, all abstained, a spammer: an answer each and never NaN', async (method) => {
  const tables = ['task,worker,label\n', 'task,worker,label\n1,u,a\n2,u,b', 'task,worker,label\n1,u,a\n1,v,a\n2,u,a\n2,v,a', 'task,worker,label\n1,u,\n1,v,', 'task,worker,label\n1,u,a\n1,v,b\n1,w,a\n2,u,b\n2,v,b\n2,w,b\n3,v,b']
  for (const csv of tables) {
    const { json, lines } = await ran(csv, { method })
    const said = JSON.stringify(json, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? 'not a number' : value))
    expect(said).not.toContain('not a number')
    expect(lines.join()).not.toContain('NaN')
    for (const { label, probabilities } of Object.values(json.results)) if (label !== null) expect(Object.values(probabilities).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
  }
})

test('texts', async () => {
  const { json } = await ran('task,worker,text\n1,u,The cat sat.\n1,v,the cat sat.\n1,w,The bat sat.\n2,u,\n2,v,', { method: 'rover' })
  expect(json.results).toMatchObject({ 1: { label: 'The cat sat.' }, 2: { label: '', probabilities: { '': 1 } } })
  expect(Object.keys(json.workers)).toEqual(['u', 'v', 'w'])
})

test('tasks without a vote, and no answers at all', async () => {
  const some = await ran('task,worker,label\n1,u,a\n2,u,', { method: 'dawid-skene' })
  expect(some.json.results).toEqual({ 1: { label: 'a', probabilities: { a: 1 } }, 2: { label: null, probabilities: { a: 1 } } })
  const none = await ran('task,worker,label\n', { method: 'majority' })
  expect([none.code, none.json.results, none.json.workers, none.json.findings[0]!.code]).toEqual([3, {}, {}, 'no-answers'])
})

test('a wrong method names the choices; a table that cannot be read says why', async () => {
  await expect(ran('', { method: 'vote' })).rejects.toThrow(UsageError)
  await expect(ran('', { method: 'vote' })).rejects.toThrow(/majority, dawid-skene, one-coin, glad, mace, mace-em, wawa, zero-based-skill, kos, mmsr; for texts: rover, rasa, hrrasa/u)
  await expect(ran('', {})).rejects.toThrow(/--method is missing/u)
  await expect(ran('a,b\n1,2', { method: 'majority' })).rejects.toThrow(QuorumError)
  await expect(ran(new Uint8Array([0xff, 0xfe]), { method: 'majority' })).rejects.toThrow(/not UTF-8/u)
  await expect(ran('task,worker,label\n1,u,a', { method: 'majority' }, 'a,b\n')).rejects.toThrow(/known answers/u)
  await expect(ran('task,worker,label', { method: 'majority', starts: '0' })).rejects.toThrow(/from 1 on/u)
})
