import type { FormatInput } from '../format.ts'
import { yamlFiles } from './layout.ts'

const row = /^\d+(?:\.0*)?(?:[ \t]+[+-]?[\d.]+(?:e[+-]?\d+)?){4,}[ \t]*$/iu

/** How sure it is that the input is YOLO's, and whether its rows are polygons. Looks at 40 label files at most. */
export async function detectYolo(input: FormatInput): Promise<{ confidence: number; polygons: boolean }> {
  let boxes = 0
  let polygons = 0
  const texts = input.files.filter((file) => file.toLowerCase().endsWith('.txt')).slice(0, 40)
  for (const file of texts) {
    for (const line of asText(await input.readHead(file, 4096)).split(/[\r\n]+/u)) {
      if (!row.test(line.trim())) continue
      if (line.trim().split(/\s+/u).length > 5) polygons += 1
      else boxes += 1
    }
  }
  let yaml = false
  for (const file of yamlFiles(input)) {
    const head = asText(await input.readHead(file, 65_536))
    yaml ||= /^(?:names|nc)\s*:/mu.test(head) && /^(?:train|val)\s*:/mu.test(head)
  }
  const names = input.files.some((file) => /(?:^|\/)classes\.txt$|\.names$/iu.test(file))
  const confidence = yaml ? 0.95 : boxes + polygons === 0 ? 0 : names ? 0.85 : 0.6
  return { confidence, polygons: polygons > 0 }
}

const asText = (bytes: Uint8Array) => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
