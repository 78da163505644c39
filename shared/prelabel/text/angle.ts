import type { ImageInput } from '../manifest.ts'
import type { Picture } from '../sample.ts'
import type { Session } from '../tensor.ts'
import { cropQuad, wholeQuad } from './crop.ts'
import { feedOf } from './detect.ts'
import { pictureTensor } from './pictureTensor.ts'

/** As sure as PaddleOCR's classifier must be before a line is turned. */
const leastSure = 0.9
const batchLines = 6

/** Whether each line stands on its head, by a classifier of two classes (0°, 180°); all upright where there is none. */
export async function turnedOver(classifier: { readonly session: Session; readonly input: ImageInput } | null, lines: readonly Picture[]): Promise<boolean[]> {
  if (!classifier) return lines.map(() => false)
  const { session, input } = classifier
  const { size } = input
  if (size.kind === 'free') throw new Error('The manifest gives the classifier of the angle a free size; it needs the size `fixed` or `line`.')
  const width = size.kind === 'fixed' ? size.width : size.mostWidth
  const turned: boolean[] = []
  for (let from = 0; from < lines.length; from += batchLines) {
    const pictures = lines.slice(from, from + batchLines).map((line) => fitted(line, width, size.height))
    const [output] = Object.values(await session.run(feedOf(session, input, pictureTensor(pictures, input, width, size.height))))
    if (output?.type !== 'float32' || output.data.length !== pictures.length * 2) {
      throw new Error(`The classifier of the angle gave [${output?.dims.join(', ') ?? ''}] for ${pictures.length} lines instead of [${pictures.length}, 2].`)
    }
    pictures.forEach((_, index) => turned.push(output.data[index * 2 + 1]! > leastSure))
  }
  return turned
}

function fitted(line: Picture, most: number, height: number): Picture {
  const width = Math.max(1, Math.min(most, Math.ceil((height * line.width) / line.height)))
  return width === line.width && height === line.height ? line : cropQuad(line, wholeQuad(line), width, height) ?? line
}
