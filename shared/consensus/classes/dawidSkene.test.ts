import { expect, test } from 'vitest'
import { anesthesia } from './anesthesia.ts'
import { dawidSkene } from './dawidSkene.ts'
import { voteTable } from './votes.ts'

test('the anaesthetists of Dawid & Skene 1979, tables 1 to 4', () => {
  expect(anesthesia).toHaveLength(315)
  const result = dawidSkene(voteTable(anesthesia), { starts: 1 })
  expect(Array.from(result.prevalence!, (value) => Number(value.toFixed(4)))).toEqual([0.3996, 0.422, 0.1118, 0.0667])
  expect(result.logLikelihood).toBeCloseTo(-192.8909, 4)
})
