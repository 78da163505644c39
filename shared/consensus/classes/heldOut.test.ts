import { expect, test } from 'vitest'
import { goldAccuracy, heldOutFit, recommend } from './heldOut.ts'
import { classMethods } from './methods.ts'
import { coin, simulate, spammer } from './simulate.ts'
import { goldOf, voteTable } from './votes.ts'

const dawidSkene = classMethods['dawid-skene']

test('many alike workers with few votes each: the vote is the better choice, and the figures say so', () => {
  const table = voteTable(simulate(Array.from({ length: 200 }, () => coin(0.7, 4)), [0.5, 0.25, 0.15, 0.1], 500, 3, 1).votes)
  const fit = heldOutFit(table, dawidSkene)!
  expect(fit).toMatchObject({ folds: 5, votes: 1500 })
  expect(fit.difference).toBeCloseTo(fit.model - fit.vote, 12)
  expect(recommend(fit, null)).toMatchObject({ better: 'vote', by: 'held-out', clear: true, reason: expect.stringContaining('The vote is the better choice here') as string })
})

test('few workers who differ, with many votes each: the method is', () => {
  const table = voteTable(simulate([coin(0.95, 3), coin(0.9, 3), coin(0.85, 3), spammer([0.8, 0.1, 0.1]), spammer([0.1, 0.1, 0.8])], [0.4, 0.3, 0.3], 600, 5, 2).votes)
  expect(recommend(heldOutFit(table, dawidSkene), null)).toMatchObject({ better: 'method', clear: true })
})

test('thirty known tasks decide before the held-out fit', () => {
  const simulation = simulate([coin(0.95, 2), coin(0.9, 2), coin(0.5, 2), coin(0.5, 2), coin(0.5, 2)], [0.5, 0.5], 300, 5, 2)
  const table = voteTable(simulation.votes)
  const gold = goldOf(table, new Map([...simulation.truth].slice(0, 100)))
  const accuracy = goldAccuracy(table, dawidSkene, { gold })!
  expect(accuracy.tasks).toBe(100)
  expect(accuracy.model).toBeGreaterThan(accuracy.vote)
  expect(recommend(null, accuracy)).toMatchObject({ better: 'method', by: 'gold' })
  expect(recommend(null, { tasks: 29, model: 1, vote: 0 })).toBeNull()
})

test('nothing to predict, nothing recommended', () => {
  expect(heldOutFit(voteTable([]), dawidSkene)).toBeNull()
  expect(heldOutFit(voteTable([{ task: '1', worker: 'a', label: 'x' }]), dawidSkene)).toBeNull()
  const table = voteTable(simulate([coin(0.9, 2), coin(0.8, 2)], [0.5, 0.5], 20, 2, 1).votes)
  expect(heldOutFit(table, classMethods.wawa)).toBeNull()
  expect(recommend(null, goldAccuracy(table, dawidSkene, {}))).toBeNull()
})
