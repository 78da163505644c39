import { dawidSkene } from '#shared/consensus/classes/dawidSkene.ts'
import { coin, simulate } from '#shared/consensus/classes/simulate.ts'
import { voteTable, type Vote } from '#shared/consensus/classes/votes.ts'
import { randomFrom } from '#shared/agreement/random.ts'
import { median, row, type BenchRow } from './row.ts'

const rounds = 5
const iterations = 20
const labels = 88_000
const workers = 762
const tasks = 19_000

/**
 * Dawid–Skene on as many labels as a large crowd gives: ours against the equations written down in the plainest way (nested
 * arrays of counts, products of powers). Both do 20 iterations from the vote's shares; besides, our whole estimate with
 * five starts until it settles, from the list of votes, against ten seconds.
 */
export default async function aggregate(): Promise<BenchRow[]> {
  const votes = crowd()
  const ours: number[] = []
  const peer: number[] = []
  const whole: number[] = []
  for (let round = 0; round < rounds; round++) {
    const table = voteTable(votes)
    const both = [() => ours.push(timed(() => dawidSkene(table, { starts: 1, maxIterations: iterations, tolerance: 0 }))), () => peer.push(timed(() => plainly(votes)))]
    for (const run of round % 2 === 0 ? both : both.toReversed()) run()
    whole.push(timed(() => dawidSkene(voteTable(votes))))
  }
  const size = `${labels} labels × ${workers} workers × ${tasks} items`
  return [
    row(`Dawid–Skene, ${iterations} iterations, ${size}, against the equations written plainly`, median(ours), median(peer), 'ms', ours.length),
    row(`Dawid–Skene from votes to result, 5 starts, ${size}, against the limit of 10 s`, median(whole), 10_000, 'ms', whole.length),
  ]
}

function timed(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

function crowd(): readonly Vote[] {
  const random = randomFrom(762)
  const skills = Array.from({ length: workers }, () => coin(0.4 + 0.55 * random(), 4))
  return simulate(skills, [0.4, 0.3, 0.2, 0.1], tasks, 5, 1).votes.filter((_, at) => at % 95 < 88).slice(0, labels)
}

/** The reference: Dawid & Skene's equations 2.3 to 2.5 over a table [task] → [worker, label] of votes, nothing clever. */
function plainly(votes: readonly Vote[]): number[][] {
  const classes = [...new Set(votes.map(({ label }) => label))].sort()
  const names = [...new Set(votes.map(({ worker }) => worker))]
  const byTask = new Map<string, { worker: number; label: number }[]>()
  const workerAt = new Map(names.map((name, at) => [name, at]))
  for (const { task, worker, label } of votes) byTask.set(task, [...(byTask.get(task) ?? []), { worker: workerAt.get(worker)!, label: classes.indexOf(label) }])
  const all = [...byTask.values()]
  let posterior = all.map((own) => classes.map((_, j) => own.filter(({ label }) => label === j).length / own.length))
  for (let iteration = 0; iteration < iterations; iteration++) {
    const prevalence = classes.map((_, j) => posterior.reduce((sum, shares) => sum + shares[j]!, 0) / posterior.length)
    const rates = names.map(() => classes.map(() => classes.map(() => 0)))
    all.forEach((own, i) => { for (const { worker, label } of own) classes.forEach((_, j) => { rates[worker]![j]![label]! += posterior[i]![j]! }) })
    for (const matrix of rates) {
      for (const cells of matrix) {
        const sum = cells.reduce((total, cell) => total + cell, 0)
        if (sum > 0) cells.forEach((cell, l) => { cells[l] = cell / sum })
      }
    }
    posterior = all.map((own) => {
      const likelihoods = classes.map((_, j) => own.reduce((product, { worker, label }) => product * rates[worker]![j]![label]!, prevalence[j]!))
      const sum = likelihoods.reduce((total, value) => total + value, 0)
      return likelihoods.map((value) => value / sum)
    })
  }
  return posterior
}
