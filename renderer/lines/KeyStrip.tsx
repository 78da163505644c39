import { words } from './words.ts'

/** The project's own characters: a press puts one at the caret, Alt+Shift+1…9 the first nine. */
export function KeyStrip({ keys, onKey }: { readonly keys: readonly string[]; readonly onKey: (key: string) => void }) {
  if (keys.length === 0) return null
  return (
    <div className="lines__keys" role="group" aria-label={words.strip}>
      {keys.map((key, index) => (
        <button key={`${key} ${index}`} type="button" className="lines__key" tabIndex={-1} onPointerDown={(event) => event.preventDefault()} onClick={() => onKey(key)}>
          <bdi>{/^\p{M}/u.test(key) ? `◌${key}` : key}</bdi>{index < 9 ? <small>{index + 1}</small> : null}
        </button>
      ))}
    </div>
  )
}
