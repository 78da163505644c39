import { wordsIn, type Finding } from '#shared/text/finding.ts'
import { dictionaryFor, isInScript } from './dictionaries.ts'
import { words as say } from './words.ts'

export interface SpellRequest { readonly id: number; readonly dictionary: { readonly id: string; readonly affix: string; readonly words: string }; readonly words: readonly string[]; readonly suggest: boolean }
export interface SpellAnswer { readonly id: number; readonly wrong: readonly { readonly word: string; readonly fixes: readonly string[] }[] }

let worker: Worker | null = null
let asked = 0
const waiting = new Map<number, (answer: SpellAnswer) => void>()

function ask(request: Omit<SpellRequest, 'id'>): Promise<SpellAnswer> {
  if (!worker) {
    worker = new Worker(new URL('./spelling.worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<SpellAnswer>) => {
      waiting.get(data.id)?.(data)
      waiting.delete(data.id)
    })
  }
  const id = ++asked
  const answer = new Promise<SpellAnswer>((resolve) => waiting.set(id, resolve))
  worker.postMessage({ ...request, id })
  return answer
}

/** The words of a text that the dictionary of its language does not know. Numbers, single letters and words of another script are none of its business. */
export async function spell(text: string, language: string | null): Promise<Finding[]> {
  const dictionary = dictionaryFor(language)
  if (!dictionary) return []
  const found = [...wordsIn(text)].filter(({ word }) => word.length > 1 && isInScript(dictionary.id, word))
  if (found.length === 0) return []
  const { wrong } = await ask({ dictionary, words: [...new Set(found.map(({ word }) => word))], suggest: true })
  const fixes = new Map(wrong.map((each) => [each.word, each.fixes]))
  return found.flatMap(({ word, start, end }): Finding[] => {
    const offered = fixes.get(word)
    return offered ? [{ start, end, kind: 'spelling', message: say.unknownWord, fixes: offered }] : []
  })
}
