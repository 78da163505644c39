import type { Vote } from '#shared/consensus/classes/votes.ts'
import { randomFrom } from '#shared/agreement/random.ts'

/** A worker is a confusion matrix, [true class][given class], rows adding up to 1. */
export type Confusion = readonly (readonly number[])[]

/** Right with probability p, else any other class alike. */
export const coin = (p: number, k: number): Confusion =>
  Array.from({ length: k }, (_, j) => Array.from({ length: k }, (_, l) => (j === l ? p : (1 - p) / (k - 1))))

/** Answers with these shares whatever the truth. */
export const spammer = (shares: readonly number[]): Confusion => shares.map(() => shares)

export interface Simulation { readonly votes: readonly Vote[]; readonly truth: ReadonlyMap<string, string> }

/** Tasks with true classes drawn by `prevalence`; each is judged by `perTask` different workers, drawn evenly. Names: `t0…`, `w0…`, `c0…`. */
export function simulate(workers: readonly Confusion[], prevalence: readonly number[], tasks: number, perTask: number, seed: number): Simulation {
  const random = randomFrom(seed)
  const votes: Vote[] = []
  const truth = new Map<string, string>()
  const names = workers.map((_, w) => w)
  for (let i = 0; i < tasks; i++) {
    const j = draw(prevalence, random)
    truth.set(`t${i}`, `c${j}`)
    for (let n = 0; n < Math.min(perTask, workers.length); n++) {
      const at = n + Math.floor(random() * (workers.length - n))
      ;[names[n], names[at]] = [names[at]!, names[n]!]
      votes.push({ task: `t${i}`, worker: `w${names[n]!}`, label: `c${draw(workers[names[n]!]![j]!, random)}` })
    }
  }
  return { votes, truth }
}

/** A place drawn by shares that add up to 1. */
export function draw(shares: readonly number[], random: () => number): number {
  let left = random()
  for (let j = 0; j < shares.length; j++) {
    left -= shares[j]!
    if (left < 0) return j
  }
  return shares.length - 1
}
