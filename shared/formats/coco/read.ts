import type { FormatInput, Json, Parsed, ParsedAnnotation, ParsedItem, ParsedLabel, Rejected } from '../format.ts'
import { isObject, type JsonObject, parseJson, withoutNotFinite } from '../json.ts'
import { described, id, RowError } from './fields.ts'
import { describedBy, geometriesOf } from './readAnnotation.ts'
import { attributesSeen, labelOf } from './readCategories.ts'
import { type CocoImage, imageOf, licenceKey } from './readImages.ts'

const headBytes = 65_536

/** The JSON files of the input that begin like COCO's. A single file is taken at its word. */
export async function annotationFiles(input: FormatInput): Promise<string[]> {
  const candidates = input.files.filter((file) => file.toLowerCase().endsWith('.json'))
  if (input.files.length === 1) return candidates
  const found: string[] = []
  for (const file of candidates) if (await looksLikeCoco(input, file)) found.push(file)
  return found
}

export async function looksLikeCoco(input: FormatInput, file: string): Promise<boolean> {
  const head = String.fromCharCode(...(await input.readHead(file, headBytes)).filter((byte) => byte !== 0))
  return /"(?:images|annotations|categories)"\s*:\s*\[/u.test(head) && !/"shapes"\s*:\s*\[/u.test(head)
}

export async function readCoco(input: FormatInput): Promise<Parsed> {
  const reading = new Reading(new Set(input.files))
  const files = await annotationFiles(input)
  if (files.length === 0) reading.reject(input.files[0] ?? '', '', 'not-coco', 'no JSON file with "images", "annotations" and "categories" was found.')
  for (const file of files) reading.file(file, await input.readText(file))
  return reading.parsed()
}

/** Collects what the files say; several files that speak of one picture add to one item. */
class Reading {
  readonly #labels = new Map<string, ParsedLabel>()
  readonly #items = new Map<string, ParsedItem>()
  readonly #seen = new Map<string, ParsedAnnotation>()
  readonly #failed: Rejected[] = []
  readonly #notes: Rejected[] = []
  readonly #extra: Record<string, Json> = {}
  readonly #files: ReadonlySet<string>
  #groups = 0

  constructor(files: ReadonlySet<string>) {
    this.#files = files
  }

  reject(file: string, place: string, code: string, message: string): void {
    this.#failed.push({ file, place, code, message })
  }

  parsed(): Parsed {
    const items = [...this.#items.values()]
    const valuesByLabel = Map.groupBy(items.flatMap((item) => item.annotations), (annotation) => annotation.label)
    const labels = [...this.#labels.values()].map((label) => ({
      ...label, attributes: attributesSeen((valuesByLabel.get(label.name) ?? []).map((annotation) => annotation.attributes)),
    }))
    return { labels, tiers: [], items, failed: this.#failed, notes: this.#notes, extra: this.#extra }
  }

  file(file: string, content: string): void {
    const outcome = parseJson(content)
    if (!outcome.ok) return this.reject(file, outcome.place, 'not-json', `the file is not valid JSON (${outcome.message}); nothing of it was read.`)
    const data = outcome.value
    if (!isObject(data)) return this.reject(file, '', 'not-coco', `the file holds ${described(data)} where COCO has an object with "images" and "annotations".`)
    if (data.info !== undefined || data.licenses !== undefined) this.#extra[file] = withoutNotFinite({ info: data.info ?? null, licenses: data.licenses ?? null })
    const licences = new Map<string, JsonObject>()
    this.#rows(file, data, 'licenses', false, (row) => licences.set(licenceKey(row), row))
    const categories = this.#categories(file, data)
    const images = this.#images(file, data, licences)
    this.#annotations(file, data, categories, images)
  }

  /** Calls `read` for each row; what it throws as RowError is reported with its place. */
  #rows(file: string, data: JsonObject, part: string, needed: boolean, read: (row: JsonObject, index: number, place: string) => void): void {
    const rows = data[part]
    if (rows === undefined && !needed) return
    if (!Array.isArray(rows)) return this.reject(file, part, rows === undefined ? 'missing-field' : 'wrong-type', `"${part}" must be a list, not ${described(rows)}.`)
    for (let index = 0; index < rows.length; index += 1) {
      const row: unknown = rows[index]
      const place = `${part}[${index}]`
      try {
        if (!isObject(row)) throw new RowError('', 'wrong-type', `must be an object, not ${described(row)}.`)
        read(row, index, place)
      } catch (error) {
        if (!(error instanceof RowError)) throw error
        this.reject(file, error.field === '' ? place : `${place}.${error.field}`, error.code, error.message)
      }
    }
  }

  /** Label names by category id. */
  #categories(file: string, data: JsonObject): Map<string, string> {
    const names = new Map<string, string>()
    this.#rows(file, data, 'categories', true, (row, _, place) => {
      const key = id(row.id, 'id')
      const label = labelOf(row)
      const earlier = names.get(key)
      if (earlier !== undefined && earlier !== label.name) {
        throw new RowError('id', 'duplicate-id', `category id ${key} is taken by "${earlier}"; "${label.name}" was left out.`)
      }
      if (earlier === undefined && [...names.values()].includes(label.name)) {
        this.#notes.push({ file, place, code: 'duplicate-name', message: `two categories are called "${label.name}"; they became one label.` })
      }
      names.set(key, label.name)
      const known = this.#labels.get(label.name)
      this.#labels.set(label.name, known === undefined ? label : { ...known, keypoints: known.keypoints ?? label.keypoints })
    })
    return names
  }

  #images(file: string, data: JsonObject, licences: ReadonlyMap<string, JsonObject>): Map<string, CocoImage> {
    const images = new Map<string, CocoImage>()
    this.#rows(file, data, 'images', true, (row, _, place) => {
      const key = id(row.id, 'id')
      const image = imageOf(row, licences)
      const earlier = images.get(key)
      if (earlier !== undefined && earlier.fileName !== image.fileName) {
        throw new RowError('id', 'duplicate-id', `image id ${key} is taken by "${earlier.fileName}"; annotations with this id went there, not to "${image.fileName}".`)
      }
      if (earlier !== undefined) this.#notes.push({ file, place, code: 'duplicate-id', message: `image ${key} ("${image.fileName}") is listed twice.` })
      images.set(key, image)
      this.#item(file, place, image)
    })
    return images
  }

  #item(file: string, place: string, image: CocoImage): ParsedItem {
    const split = splitOf(file)
    const key = pictureKey(file, image)
    const known = this.#items.get(key)
    if (known !== undefined) return known
    const item: ParsedItem = {
      media: { path: picturePath(file, image.fileName, this.#files), exact: true }, source: { file, place }, width: image.width, height: image.height,
      units: 'pixel', split, metadata: image.metadata, annotations: [], relations: [],
    }
    this.#items.set(key, item)
    return item
  }

  #annotations(file: string, data: JsonObject, categories: ReadonlyMap<string, string>, images: ReadonlyMap<string, CocoImage>): void {
    const ids = new Set<string>()
    this.#rows(file, data, 'annotations', true, (row, index, place) => {
      const key = id(row.id ?? `row-${index}`, 'id')
      const image = images.get(id(row.image_id, 'image_id'))
      if (image === undefined) throw new RowError('image_id', 'missing-image', `no image has the id ${String(row.image_id)}.`)
      if (row.category_id === undefined && typeof row.caption === 'string') throw new RowError('caption', 'unsupported', 'captions of whole images are not read yet.')
      const label = categories.get(id(row.category_id, 'category_id'))
      if (label === undefined) throw new RowError('category_id', 'missing-category', `no category has the id ${String(row.category_id)}.`)
      const item = this.#item(file, place, image)
      const made = this.#annotation(file, row, index, { key, label, image })
      if (ids.has(key)) this.#notes.push({ file, place: `${place}.id`, code: 'duplicate-id', message: `annotation id ${key} is used twice; both annotations were taken in.` })
      ids.add(key)
      this.#add(item, made, `${pictureKey(file, image)}\n${key}\n${label}`, file, place)
    })
  }

  #annotation(file: string, row: JsonObject, index: number, of: { key: string; label: string; image: CocoImage }): ParsedAnnotation[] {
    const geometries = geometriesOf(row, of.image)
    const group = geometries.length > 1 ? `${file}#${(this.#groups += 1)}` : null
    return geometries.map((geometry) => {
      const { extra, group: written, ...rest } = describedBy(row, index, geometry)
      return {
        ...rest, label: of.label, geometry, group: group ?? written,
        provenance: { by: 'import', format: 'coco', source: file, sourceId: row.id === undefined ? null : of.key, extra },
      }
    })
  }

  /** instances_*.json and person_keypoints_*.json hold the same people: the second adds only the keypoints. */
  #add(item: ParsedItem, made: readonly ParsedAnnotation[], key: string, file: string, place: string): void {
    const twin = this.#seen.get(key)
    const elsewhere = twin !== undefined && twin.provenance.source !== file
    if (!elsewhere) {
      this.#seen.set(key, made[0]!)
      item.annotations.push(...made)
      return
    }
    const keypoints = made.find((annotation) => annotation.geometry.kind === 'keypoints')
    if (keypoints === undefined || twin.group !== null) {
      this.#notes.push({ file, place, code: 'seen-before', message: `the same annotation stands in ${twin.provenance.source}.` })
      return
    }
    twin.group = keypoints.group ?? `${file}#${(this.#groups += 1)}`
    item.annotations.push({ ...keypoints, group: twin.group })
  }
}

/** Files of one folder and split that name one picture mean the same. */
const pictureKey = (file: string, image: CocoImage) => `${file.slice(0, file.lastIndexOf('/') + 1)}\n${splitOf(file) ?? ''}\n${image.fileName}`

/** Where the picture is among the files, in the layouts in use (COCO's, CVAT's, Roboflow's); else the name as written. */
export function picturePath(file: string, name: string, files: ReadonlySet<string>): string {
  const here = file.slice(0, file.lastIndexOf('/') + 1)
  const above = here.slice(0, here.slice(0, -1).lastIndexOf('/') + 1)
  const split = splitOf(file) ?? 'default'
  const plain = name.replace(/^(?:\.\/)+/u, '')
  const folders = [`${above}images/${split}/`, `${above}${split}/`, `${here}images/${split}/`, `${here}${split}/`, here, `${here}images/`, `${above}images/`, above]
  return folders.map((folder) => folder + plain).find((path) => files.has(path)) ?? name
}

/** `annotations/instances_train2017.json` speaks of the split `train2017`, Roboflow's `valid/_annotations.coco.json` of `valid`; CVAT's `default` of none. */
export function splitOf(file: string): string | null {
  const roboflow = /(?:^|\/)(train|valid|test)\/_annotations\.coco\.json$/u.exec(file)?.[1]
  if (roboflow !== undefined) return roboflow
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.json$/iu, '')
  const split = /^(?:instances|person_keypoints)_([\p{L}\p{N}_-]+)$/u.exec(name)?.[1] ?? null
  return split === 'default' ? null : split
}
