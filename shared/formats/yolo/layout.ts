import { parse, YAMLParseError } from 'yaml'
import type { FormatInput, Rejected } from '../format.ts'
import { isObject } from '../json.ts'
import { parts } from '../naming.ts'

/** One picture of a YOLO folder: its path (`exact: false`: without ending) and its label file, if there is one. */
export interface YoloPicture {
  path: string
  exact: boolean
  labels: string | null
  split: string | null
  /** The file that names it. */
  source: string
}

export interface Layout {
  /** Null where no list of names was found. */
  names: string[] | null
  pictures: YoloPicture[]
  failed: Rejected[]
  /** `kpt_shape` stands in the YAML: its rows are keypoints, not polygons. */
  pose: boolean
}

const imageEnding = /\.(?:avif|bmp|dng|gif|heic|heif|jp2|jpe?g|mpo|pfm|png|tiff?|webp)$/iu
const textEnding = /\.txt$/iu
const lists = /(?:^|\/)(?:classes|predefined_classes|train|val|valid|test|obj_train_data|readme[^/]*|requirements|notes)\.txt$/iu
const splitKeys = ['train', 'val', 'validation', 'valid', 'test', 'minival']

/** Where Ultralytics looks for a picture's labels: the last `/images/` becomes `/labels/`, the ending `.txt` (img2label_paths). */
export function labelPathOf(image: string): string {
  const at = `/${image}`.lastIndexOf('/images/')
  const moved = at < 0 ? image : `${image.slice(0, at)}labels/${image.slice(at + 'images/'.length)}`
  return `${parts(moved).stem}.txt`
}

export const yamlFiles = (input: FormatInput) => input.files.filter((file) => /\.ya?ml$/iu.test(file))

export async function readLayout(input: FormatInput): Promise<Layout> {
  const failed: Rejected[] = []
  for (const file of yamlFiles(input)) {
    const data = yamlOf(await input.readText(file), file, failed)
    if (isObject(data) && (data.names !== undefined || data.nc !== undefined)) return await fromYaml(input, file, data, failed)
  }
  return { ...(await darknet(input, failed)), failed }
}

function yamlOf(content: string, file: string, failed: Rejected[]): unknown {
  try {
    return parse(content)
  } catch (error) {
    const line = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? 1) : 1
    failed.push({ file, place: `line ${line}`, code: 'not-yaml', message: `the file is not valid YAML (${error instanceof Error ? error.message.split('\n')[0] : String(error)}).` })
    return null
  }
}

async function fromYaml(input: FormatInput, file: string, data: Record<string, unknown>, failed: Rejected[]): Promise<Layout> {
  const names = namesOf(data, file, failed)
  const here = file.slice(0, file.lastIndexOf('/') + 1)
  const roots = [typeof data.path === 'string' ? resolved(here, data.path) : here, here]
  const pictures: YoloPicture[] = []
  for (const key of splitKeys) {
    const value = data[key]
    for (const entry of Array.isArray(value) ? value : value === undefined || value === null || value === '' ? [] : [value]) {
      if (typeof entry !== 'string') failed.push({ file, place: key, code: 'wrong-type', message: `"${key}" must be a folder, a list of folders or a text file.` })
      else {
        const found = await picturesAt(input, roots, entry, key, file)
        if (found === null) failed.push({ file, place: key, code: 'missing-folder', message: `"${key}: ${entry}" is neither a folder nor a file here.` })
        else pictures.push(...found)
      }
    }
  }
  const seen = new Set<string>()
  const unique = pictures.filter((picture) => !seen.has(picture.path) && seen.add(picture.path))
  return { names, pictures: unique.length > 0 ? unique : (await darknet(input, [])).pictures, failed, pose: data.kpt_shape !== undefined }
}

function namesOf(data: Record<string, unknown>, file: string, failed: Rejected[]): string[] | null {
  const { names, nc } = data
  if (Array.isArray(names)) return names.map(String)
  if (isObject(names)) {
    const numbers = Object.keys(names).map(Number)
    if (numbers.every((number) => Number.isInteger(number) && number >= 0 && number < 100_000)) {
      return Array.from({ length: Math.max(-1, ...numbers) + 1 }, (_, index) => (names[index] === undefined ? `class_${index}` : String(names[index])))
    }
  }
  if (names !== undefined) failed.push({ file, place: 'names', code: 'wrong-type', message: '"names" must be a list of names or a map from class numbers to names.' })
  return typeof nc === 'number' && Number.isInteger(nc) && nc >= 0 && nc < 100_000 ? Array.from({ length: nc }, (_, index) => `class_${index}`) : null
}

/** A path from a folder; what would leave the source is looked for inside it, as Ultralytics does with `../`. */
function resolved(folder: string, path: string): string {
  const segments = folder.split('/').filter(Boolean)
  for (const segment of path.replaceAll('\\', '/').split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segment)
  }
  return segments.length === 0 ? '' : `${segments.join('/')}/`
}

const withoutSlash = (path: string) => path.replace(/\/$/u, '')

async function picturesAt(input: FormatInput, roots: readonly string[], entry: string, split: string, source: string): Promise<YoloPicture[] | null> {
  const files = new Set(input.files)
  const entries = [entry, entry.replace(/^(?:\.\.\/)+/u, '')]
  for (const place of new Set(roots.flatMap((root) => entries.map((each) => withoutSlash(resolved(root, each)))))) {
    if (textEnding.test(place) && files.has(place)) return listed(await input.readText(place), place, roots, files, split)
    const found = folder(input.files, files, place === '' ? '' : `${place}/`, split, source)
    if (found.length > 0) return found
  }
  return null
}

function listed(content: string, file: string, roots: readonly string[], files: ReadonlySet<string>, split: string): YoloPicture[] {
  const here = file.slice(0, file.lastIndexOf('/') + 1)
  return content.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => {
    const places = [here, ...roots].map((root) => withoutSlash(resolved(root, line)))
    const path = places.find((place) => files.has(place)) ?? places.find((place) => files.has(labelPathOf(place))) ?? places[0]!
    return { path, exact: true, labels: files.has(labelPathOf(path)) ? labelPathOf(path) : null, split, source: file }
  })
}

/** The pictures of a folder, and the label files that have no picture beside them. */
function folder(all: readonly string[], files: ReadonlySet<string>, prefix: string, split: string, source: string): YoloPicture[] {
  const pictures: YoloPicture[] = []
  const used = new Set<string>()
  for (const path of all) {
    if (!path.startsWith(prefix) || !imageEnding.test(path)) continue
    const labels = labelPathOf(path)
    used.add(labels)
    pictures.push({ path, exact: true, labels: files.has(labels) ? labels : null, split, source })
  }
  const labelPrefix = labelPathOf(`${prefix}x.x`).slice(0, -'x.txt'.length)
  for (const labels of all) {
    if (!labels.startsWith(labelPrefix) || !textEnding.test(labels) || lists.test(labels) || used.has(labels)) continue
    pictures.push({ path: prefix + parts(labels.slice(labelPrefix.length)).stem, exact: false, labels, split, source })
  }
  return pictures
}

/** Label files beside their pictures (or in `labels/` for `images/`), names in classes.txt, obj.names or *.names. */
async function darknet(input: FormatInput, failed: Rejected[]): Promise<Omit<Layout, 'failed'>> {
  const namesFile = input.files.find((file) => /(?:^|\/)classes\.txt$|\.names$/iu.test(file))
  const names = namesFile === undefined ? null : (await input.readText(namesFile)).split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const images = new Map<string, string>()
  for (const file of input.files) if (imageEnding.test(file)) images.set(labelPathOf(file), file)
  for (const file of input.files) if (imageEnding.test(file) && !images.has(`${parts(file).stem}.txt`)) images.set(`${parts(file).stem}.txt`, file)
  const pictures: YoloPicture[] = []
  for (const labels of input.files) {
    if (!textEnding.test(labels) || lists.test(labels)) continue
    const image = images.get(labels)
    const split = /(?:^|\/)(train|val|valid|test)\//iu.exec(labels)?.[1]?.toLowerCase() ?? null
    const stem = parts(labels).stem
    const moved = `/${stem}`.replace(/\/labels\/(?!.*\/labels\/)/u, '/images/').slice(1)
    pictures.push({ path: image ?? moved, exact: image !== undefined, labels, split, source: labels })
  }
  if (pictures.length === 0) failed.push({ file: input.files[0] ?? '', place: '', code: 'not-yolo', message: 'neither a data.yaml nor label files (.txt) were found.' })
  return { names, pictures, pose: false }
}
