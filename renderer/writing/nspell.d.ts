declare module 'nspell' {
  export interface Spell {
    correct(word: string): boolean
    suggest(word: string): string[]
    add(word: string): Spell
  }
  export default function nspell(affix: string, dictionary: string): Spell
}
