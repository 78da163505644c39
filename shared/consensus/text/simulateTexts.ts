import type { WrittenAnswer } from '#shared/consensus/text/texts.ts'
import { randomFrom } from '#shared/agreement/random.ts'

const syllables = ['ba', 'ko', 'lin', 'mar', 'te', 'so', 'ri', 'den', 'fu', 'pa', 'nol', 'gi', 'ver', 'ash', 'um', 'tri']

/**
 * Sentences of 5 to 18 made-up words, and what workers make of them: each word is wrong with the worker's rate: another letter or another word
 * (60 %), missing (25 %), or followed by one too many (15 %). Names: `t0…`, `w0…`.
 */
export function simulateTexts(rates: readonly number[], tasks: number, perTask: number, seed: number): { answers: WrittenAnswer[]; truth: Map<string, string> } {
  const random = randomFrom(seed)
  const below = (n: number) => Math.floor(random() * n)
  const word = () => Array.from({ length: 1 + below(3) }, () => syllables[below(syllables.length)]!).join('')
  const vocabulary = Array.from({ length: 400 }, word)
  const anyWord = () => vocabulary[Math.min(below(400), below(400))]!
  const slip = (text: string) => {
    if (random() > 0.6) return anyWord()
    const at = below(text.length)
    return `${text.slice(0, at)}${String.fromCharCode(97 + below(26))}${text.slice(at + 1)}`
  }
  const heard = (text: string, rate: number) => {
    if (random() > rate) return [text]
    const kind = random()
    return kind < 0.6 ? [slip(text)] : kind < 0.85 ? [] : [text, anyWord()]
  }
  const answers: WrittenAnswer[] = []
  const truth = new Map<string, string>()
  for (let task = 0; task < tasks; task++) {
    const said = Array.from({ length: 5 + below(14) }, anyWord)
    truth.set(`t${task}`, said.join(' '))
    const workers = rates.map((rate, worker) => ({ rate, worker, place: random() })).sort((a, b) => a.place - b.place).slice(0, perTask)
    for (const { rate, worker } of workers) answers.push({ task: `t${task}`, worker: `w${worker}`, text: said.flatMap((text) => heard(text, rate)).join(' ') })
  }
  return { answers, truth }
}
