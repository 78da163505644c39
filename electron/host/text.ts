import { wordsIn } from '#shared/text/finding.ts'
import { textsOf } from '#electron/storage/textQueries.ts'
import { openProjectOf, viewerOf, type HostContext, type Noun } from './context.ts'

/** Texts that are counted before other calls get their turn. */
const slice = 2000

/** What is written in the project. */
export function textHandlers(context: HostContext): Noun<'text'> {
  return {
    async 'text.vocabulary'({ limit }) {
      const { store } = openProjectOf(context)
      const counts = new Map<string, number>()
      let after = ''
      for (;;) {
        const page = textsOf(store.db, viewerOf(context), after, slice)
        for (const { text } of page) count(text, counts)
        if (page.length < slice) break
        after = page.at(-1)!.id
        await new Promise((resolve) => setImmediate(resolve))
        // Another project may have been opened meanwhile: then there is nothing more to say of this one.
        if (context.project?.store !== store) break
      }
      const words = [...counts].map(([word, times]) => ({ word, count: times })).sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
      return { words: words.slice(0, limit) }
    },
  }
}

function count(text: string, counts: Map<string, number>): void {
  for (const { word } of wordsIn(text)) if (word.length > 1) counts.set(word, (counts.get(word) ?? 0) + 1)
}
