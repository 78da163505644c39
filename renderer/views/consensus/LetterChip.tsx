import { GlyphChip } from '#renderer/ui/Feedback.tsx'
import { glyphPath } from '#renderer/ui/glyph.ts'
import { signOf } from './shapes.ts'
import { words } from './words.ts'

/** A person's letter with its sign and colour, or the sign of the estimate. */
export function LetterChip({ letter }: { readonly letter: string }) {
  if (letter === 'estimate') return <b className="letterchip" data-estimate="" title={words.estimateCard}>≈</b>
  const { color, glyph } = signOf(letter)
  return <b className="letterchip" style={{ boxShadow: `inset 0 0 0 1.5px ${color}` }}><GlyphChip path={glyphPath(glyph)} color={color} size={12} />{letter}</b>
}
