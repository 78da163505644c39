import { expect, test } from 'vitest'
import { readAnswerTable } from './table.ts'

const short = (csv: string, options?: Parameters<typeof readAnswerTable>[1]) => readAnswerTable(csv, options).answers.map(({ task, worker, value }) => `${task}/${worker}/${value}`)

test('columns are found by name, in any order, under their usual names', () => {
  expect(short('task,worker,label\n1,a,cat')).toEqual(['1/a/cat'])
  expect(short('\uFEFF"Label"; time ;Annotator_ID;itemId\r\ncat;3;a;1\r\n')).toEqual(['1/a/cat'])
  expect(short('question\tworker\tanswer\n1\ta\t 0 ')).toEqual(['1/a/0'])
  expect(short('unit,rater,value\n1,a,2.5')).toEqual(['1/a/2.5'])
  expect(short('a,b,c\n1,x,y', { columns: { task: 'b', worker: 'a', value: 'c' } })).toEqual(['x/1/y'])
})

test('text is kept as it stands, an empty transcript is an answer', () => {
  const table = readAnswerTable('task,performer,output\n1,a," two  words "\n1,b,""\n1,c,NA\n')
  expect(table.kind).toBe('text')
  expect(table.answers.map(({ value }) => value)).toEqual([' two  words ', '', 'NA'])
  expect(table.missing).toBe(0)
  expect(short('task,worker,label,text\n1,a,cat,hello', { kind: 'text' })).toEqual(['1/a/hello'])
  expect(short('task,worker,label,text\n1,a,cat,hello')).toEqual(['1/a/cat'])
})

test('missing values are counted, their tasks and workers stay known', () => {
  const table = readAnswerTable('task,worker,label\n1,a,\n1,b,NA\n2,a,None\n')
  expect(table).toMatchObject({ tasks: ['1', '2'], workers: ['a', 'b'], missing: 2, findings: [] })
  expect(table.answers).toEqual([{ task: '2', worker: 'a', value: 'None', line: 4 }])
})

test('second answers and broken rows are findings', () => {
  const { findings, answers } = readAnswerTable('task,worker,label\n1,a,x\n1,a,y\n1,a,x\n1,b\n,a,x\n2,,x\n1,b,x,y')
  expect(answers).toHaveLength(1)
  expect(findings.map(({ code, line }) => [code, line])).toEqual([
    ['conflicting-duplicate', 3], ['duplicate', 4], ['row-length', 5], ['no-task', 6], ['no-worker', 7], ['row-length', 8],
  ])
  expect(findings[0]!.message).toBe('line 3: "a" already answered task "1" on line 2 ("x", here "y"). The first answer is used.')
})

test('a column that is not there is said with those that are', () => {
  expect(() => readAnswerTable('')).toThrow('line 1: the file is empty.')
  expect(() => readAnswerTable('task,who,label\n')).toThrow('line 1: there is no column for worker (also annotator, performer, rater, coder). The columns are "task", "who", "label".')
  expect(() => readAnswerTable('task,worker,label\n', { columns: { value: 'x' } })).toThrow('there is no column "x"')
  expect(readAnswerTable('task,worker,label\n').answers).toEqual([])
})

test('names that objects inherit are plain names', () => {
  expect(short('task,worker,label\n__proto__,constructor,toString')).toEqual(['__proto__/constructor/toString'])
})

test('every answer of somebody who was asked more than once can be kept', () => {
  const table = readAnswerTable('task,worker,label\n1,a,x\n1,a,y\n1,a,x', { repeats: 'all' })
  expect(table.answers.map(({ value }) => value)).toEqual(['x', 'y', 'x'])
  expect(table.findings).toEqual([])
})
