import { expect, test } from 'vitest'
import { looseColumn, plainColumn, wordsOfHeader } from './columns.ts'
import { readAnswerTable } from './table.ts'

const short = (csv: string) => readAnswerTable(csv).answers.map(({ task, worker, value }) => `${task}/${worker}/${value}`)

test('the headers of public tables', () => {
  // Mechanical Turk's results, Toloka's, Snow et al. 2008, Figure Eight's, crowd-kit's, SQUARE's.
  expect(short('HITId,WorkerId,WorkTimeInSeconds,Input.text,Answer.label\nh,w,12,hello,yes')).toEqual(['h/w/yes'])
  expect(short('INPUT:image\tOUTPUT:result\tGOLDEN:result\tASSIGNMENT:worker_id\nu\tbad\t\tw')).toEqual(['u/w/bad'])
  expect(short('!amt_annotation_ids\t!amt_worker_ids\torig_id\tresponse\tgold\n1\tA\tq\t0\t1')).toEqual(['q/A/0'])
  expect(short('_unit_id,_golden,_worker_id,relevance_rating\n7,false,9,3')).toEqual(['7/9/3'])
  expect(short('performer,task,label\nw,t,01')).toEqual(['t/w/01'])
  expect(short('questionID,workerID,response\nq,w,1.0')).toEqual(['q/w/1.0'])
  expect(short('id,user_name,vote\n1,u,x')).toEqual(['1/u/x'])
  expect(short('task,worker,text,answer_time\nt,w,hello,7')).toEqual(['t/w/hello'])
})

test('a file without a header is told what its columns are', () => {
  const of = (csv: string) => readAnswerTable(csv, { header: ['worker', 'task', 'label'] }).answers.map(({ task, worker, value }) => `${task}/${worker}/${value}`)
  expect(of('w1\tt1\t0\nw2\tt1\t1\n')).toEqual(['t1/w1/0', 't1/w2/1'])
  expect(of('w1 t1 0\nw2 t1 1')).toEqual(['t1/w1/0', 't1/w2/1'])
  expect(of('w1,t1,very good')).toEqual(['t1/w1/very good'])
})

test('a column about an answer is not the answer', () => {
  const headers = ['label_time', 'true_label', 'worker label', 'worker']
  expect([plainColumn(headers, 'label'), looseColumn(headers, 'label'), looseColumn(headers, 'gold'), plainColumn(headers, 'worker')]).toEqual([null, 2, 1, 3])
  expect(wordsOfHeader('!amt_worker_ids')).toEqual(['amt', 'worker'])
  expect(wordsOfHeader('HITId')).toEqual(['hit'])
})

test('between tabs a quote that closes nothing is a plain one', () => {
  expect(short('task\tworker\tlabel\n1\ta\t"no" she said\n2\ta\t"quoted\tcell"\n3\ta\t5" wide\n4\tb\t"open')).toEqual(['1/a/"no" she said', '2/a/quoted\tcell', '3/a/5" wide', '4/b/"open'])
})
