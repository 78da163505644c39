import type { Picture } from '../sample.ts'
import type { CtcScores, ReadCharacter, ReadText } from './ctc.ts'

/**
 * A space that the recogniser holds for possible (`leastSure`, its probability at any step between two characters) is there when so much of the
 * line's height stands empty between them. Recognisers trained on Chinese drop the spaces of small print, though they see them: up to one
 * in two in Helvetica at 150 dpi, where by this rule fewer than one in a hundred is missing (docs/prelabel.md).
 */
const leastSure = 0.005
const leastGap = 0.2
/** From this share of the line's contrast a pixel is ink; the rows near the edges may hold parts of other lines. */
const inkFrom = 0.35
const edge = 0.12
/** Fewer grey levels between ink and ground are noise. */
const leastContrast = 16

/** Written without spaces: Han, Kana, and the punctuation that goes with them. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u

/** Punctuation that stands close to what it closes or opens, however wide the gap looks beside its thin marks. */
const closes = /^[,.;:!?)\]}%]/u
const opens = /[([{]$/u

/** How the scores of a line lie over its picture: the class of the space, and the width in pixels that the steps cover. */
export interface SpaceReading { readonly scores: CtcScores; readonly space: number; readonly line: Picture; readonly padded: number }

/** What was read with the spaces put in that the best path left out. The score stays that of the characters. */
export function withSpaces(read: ReadText, { scores, space, line, padded }: SpaceReading): ReadText {
  if (space < 0 || scores.steps === 0 || read.characters.length < 2) return read
  const stride = padded / scores.steps
  let ink: Uint8Array | null = null
  const characters: ReadCharacter[] = []
  for (const character of read.characters) {
    const before = characters.at(-1)
    if (before && mayStandApart(before.text, character.text)) {
      const { step, confidence } = likeliest(scores, space, before.step, character.step)
      if (confidence >= leastSure && widestGap(ink ??= inkColumns(line), before.step * stride, (character.step + 2) * stride) >= leastGap * line.height) {
        characters.push({ text: ' ', confidence, step })
      }
    }
    characters.push(character)
  }
  return { ...read, characters, text: characters.map(({ text }) => text).join('') }
}

const mayStandApart = (before: string, after: string): boolean =>
  before !== ' ' && after !== ' ' && !unspaced.test(before) && !unspaced.test(after) && !closes.test(after) && !opens.test(before)

function likeliest({ classes, data }: CtcScores, space: number, from: number, to: number): { step: number; confidence: number } {
  let best = { step: from, confidence: 0 }
  for (let step = from; step <= to; step++) {
    const confidence = data[step * classes + space]!
    if (confidence > best.confidence) best = { step, confidence }
  }
  return best
}

/** The longest run of columns without ink within a stretch of the line, in its pixels; what lies before the first ink and after the last is no gap. */
function widestGap(ink: Uint8Array, from: number, to: number): number {
  let widest = 0, run = 0
  for (let x = Math.max(ink.indexOf(1), Math.floor(from)); x < Math.min(ink.lastIndexOf(1), to); x++) {
    run = ink[x] ? 0 : run + 1
    widest = Math.max(widest, run)
  }
  return widest
}

/** Which columns hold ink: pixels that differ from the median, which is the ground, dark on light or light on dark; all of them where nothing can be told apart. */
function inkColumns({ width, height, data }: Picture): Uint8Array {
  const greens = Uint8Array.from({ length: width * height }, (_, index) => data[index * 3 + 1]!)
  const sorted = greens.toSorted()
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!
  const ground = at(0.5)
  const contrast = Math.max(ground - at(0.02), at(0.98) - ground)
  if (contrast < leastContrast) return new Uint8Array(width).fill(1)
  const least = inkFrom * contrast
  const ink = new Uint8Array(width)
  for (let y = Math.floor(edge * height); y < (1 - edge) * height; y++) {
    for (let x = 0; x < width; x++) if (Math.abs(greens[y * width + x]! - ground) >= least) ink[x] = 1
  }
  return ink
}
