import { Kbd } from '#renderer/ui/Kbd.tsx'
import { words } from './words.ts'

/** Completions of the word at the caret. They never take the focus; keys choose them. */
export function Suggestions({ words: offered, onTake }: { readonly words: readonly string[]; readonly onTake: (word: string) => void }) {
  return (
    <ul className="writing__offers" aria-label={words.suggestions}>
      {offered.map((word, index) => (
        <li key={word}>
          <button type="button" tabIndex={-1} className="writing__offer" onPointerDown={(event) => event.preventDefault()} onClick={() => onTake(word)}>
            <bdi>{word}</bdi><Kbd keys={index === 0 ? words.acceptKey : `Alt+${index + 1}`} />
          </button>
        </li>
      ))}
    </ul>
  )
}
