import nspell, { type Spell } from 'nspell'
import type { SpellAnswer, SpellRequest } from './spelling.ts'

/** Dictionaries in use, made when first asked for; they take a second and tens of megabytes, so never in the page's own thread. */
const spells = new Map<string, Promise<Spell>>()

async function make(affix: string, words: string): Promise<Spell> {
  const [rules, list] = await Promise.all([affix, words].map(async (url) => (await fetch(url)).text()))
  return nspell(rules!, list!)
}

addEventListener('message', ({ data }: MessageEvent<SpellRequest>) => {
  const spell = spells.get(data.dictionary.id) ?? make(data.dictionary.affix, data.dictionary.words)
  spells.set(data.dictionary.id, spell)
  const answer = (wrong: SpellAnswer['wrong']) => postMessage({ id: data.id, wrong } satisfies SpellAnswer)
  spell.then(
    (checker) => answer(data.words.filter((word) => !checker.correct(word.replaceAll(/[’ʼ]/gu, "'"))).map((word) => ({ word, fixes: data.suggest ? checker.suggest(word).slice(0, 3) : [] }))),
    () => { spells.delete(data.dictionary.id); answer([]) },
  )
})
