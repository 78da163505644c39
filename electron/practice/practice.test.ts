import { mkdtemp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Asset } from '#shared/model/asset.ts'
import { Diff } from '#shared/model/diff.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { Label } from '#shared/model/label.ts'
import { glyphNames, labelColors } from '#shared/model/palette.ts'
import { mistakesIn, practiceLabels, practiceRecords, readPractice, type PracticeAnnotation } from './practice.ts'
import { pictureSize } from './pictureSize.ts'

const folder = import.meta.dirname
const content = await readPractice(folder)
const at = Date.UTC(2026, 0, 1)

const workOf = (file: string, person: string): PracticeAnnotation[] =>
  [...(content.work.get(file)?.people ?? [])].find(([name]) => name === person)?.[1] ?? []
const labelsOf = (file: string, person: string) => workOf(file, person).map((annotation) => annotation.label).sort()
const textsOf = (file: string, person: string) => workOf(file, person).map((annotation) => annotation.text ?? '')

/** The asset records that an import of media/ would make, as far as these tests look at them. */
const assets = new Map(content.files.map((name, index) => {
  const hash = index.toString(16).padStart(64, '0')
  return [name, Asset.parse({
    type: 'asset', id: `asset:${hash.slice(24)}`, hash, name, source: { mode: 'copied', path: `media/${name}` }, mime: 'image/jpeg', bytes: 1,
    metadata: {}, findings: [], kind: 'image', width: 1, height: 1, orientation: 1, perceptualHash: null,
  })] as const
}))

test('there are pictures, a page and speech, less than 6 MB of them, and each is named in the notice', async () => {
  const notice = await readFile(join(folder, 'NOTICE.md'), 'utf8')
  const sizes = await Promise.all(content.files.map(async (file) => (await readFile(join(content.mediaFolder, file))).length))
  expect(content.files.filter((file) => !notice.includes(`| \`${file}\` |`))).toEqual([])
  expect(content.files).toHaveLength(16)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6e6)
})

test('every file, label and kind that the work names exists', () => {
  expect(mistakesIn(content)).toEqual([])
  expect(content.labels.map((label) => label.color)).toEqual([...labelColors])
  expect(content.labels.map((label) => label.glyph)).toEqual([...glyphNames])
})

test('every attribute value is one that its label asks for', () => {
  const wrong: string[] = []
  for (const [file, item] of content.work) for (const [person, work] of item.people) for (const annotation of work) {
    const attributes = content.labels.find((label) => label.name === annotation.label)!.attributes
    for (const [id, value] of Object.entries(annotation.attributes)) {
      const definition = attributes.find((attribute) => attribute.id === id)
      const fits = definition?.type === 'checkbox' ? typeof value === 'boolean' : definition?.type === 'select' && definition.options.some((option) => option === value)
      if (!fits) wrong.push(`${file} ${person} ${annotation.label}.${id} = ${String(value)}`)
    }
  }
  expect(wrong).toEqual([])
})

test('every shape lies inside its upright picture', async () => {
  const outside: string[] = []
  for (const [file, item] of content.work) {
    if (!/\.(?:jpg|png)$/u.test(file)) continue
    const { width, height } = pictureSize(await readFile(join(content.mediaFolder, file)))
    for (const [person, work] of item.people) for (const { geometry, label } of work) for (const [x, y] of corners(geometry)) {
      if (x < 0 || y < 0 || x > width || y > height) outside.push(`${file} ${person} ${label}: ${x}, ${y}`)
    }
  }
  expect(outside).toEqual([])
})

test('half of the items have the work of three people', () => {
  const three = [...content.work].filter(([, item]) => item.people.size === 3)
  expect(three.length * 2).toBeGreaterThanOrEqual(content.files.length)
})

test('two have annotated the dogs at the door and the third has not; chi has not submitted the astronaut', () => {
  expect([...content.work.get('dogs-at-the-door.jpg')!.people.keys()]).toEqual(['ada', 'ben'])
  expect(content.work.get('astronaut.jpg')!.submitted).toEqual(['ada', 'ben'])
})

test('ben draws the same things looser and to the left of ada', () => {
  const ada = workOf('tulips.jpg', 'ada').map((annotation) => annotation.geometry)
  const ben = workOf('tulips.jpg', 'ben').map((annotation) => annotation.geometry)
  for (const [index, tight] of ada.entries()) {
    const loose = ben[index]!
    if (tight.kind !== 'box' || loose.kind !== 'box') throw new Error('boxes expected')
    expect(loose.width * loose.height).toBeGreaterThan(tight.width * tight.height)
    expect(loose.x).toBeLessThanOrEqual(tight.x)
  }
})

test('chi misses what is small, and confuses truck with car and bowl with plate', () => {
  expect(labelsOf('coffee.jpg', 'ada')).toEqual(['cup', 'plate', 'spoon'])
  expect(labelsOf('coffee.jpg', 'chi')).toEqual(['bowl', 'cup'])
  expect(labelsOf('dog-and-bicycle.jpg', 'ada')).toContain('truck')
  expect(labelsOf('dog-and-bicycle.jpg', 'chi')).toContain('car')
  expect(labelsOf('fig-in-a-bowl.jpg', 'chi')).toEqual(['plate'])
  expect(workOf('scanned-page.png', 'chi').length).toBe(workOf('scanned-page.png', 'ada').length - 1)
})

test('ben splits the bicycle and the spoon in two, chi splits a tulip, and ben sees a tulip that nobody else marks', () => {
  const count = (file: string, person: string, label: string) => labelsOf(file, person).filter((name) => name === label).length
  expect([count('dog-and-bicycle.jpg', 'ada', 'bicycle'), count('dog-and-bicycle.jpg', 'ben', 'bicycle')]).toEqual([1, 2])
  expect([count('coffee.jpg', 'ada', 'spoon'), count('coffee.jpg', 'ben', 'spoon')]).toEqual([1, 2])
  // Ada marks eight flowers; chi leaves out two buds and makes two of one; ben adds one.
  expect(['ada', 'ben', 'chi'].map((person) => count('tulips.jpg', person, 'flower'))).toEqual([8, 9, 7])
})

test('ada and chi cut the fig out of the bowl, ben does not', () => {
  const holes = (person: string) => {
    const { geometry } = workOf('fig-in-a-bowl.jpg', person)[0]!
    return geometry.kind === 'polygon' ? geometry.parts[0]!.length - 1 : -1
  }
  expect(['ada', 'ben', 'chi'].map(holes)).toEqual([1, 0, 1])
})

test('one transcript differs in its words, one in punctuation alone', () => {
  const words = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()
  const readings = (file: string) => ['ada', 'ben', 'chi'].map((person) => textsOf(file, person)[0]!)
  expect(new Set(readings('voice-amiable-woman.wav').map(words)).size).toBe(3)
  expect(new Set(readings('voice-cold-hearted.wav')).size).toBe(3)
  expect(new Set(readings('voice-cold-hearted.wav').map(words)).size).toBe(1)
  expect(textsOf('scanned-page.png', 'ada')).not.toEqual(textsOf('scanned-page.png', 'ben'))
  expect(textsOf('scanned-page.png', 'ada').slice(0, 7)).not.toEqual(textsOf('scanned-page.png', 'chi'))
})

test('people disagree about attributes, and every kind that the first views draw is there', () => {
  const occluded = (person: string) => workOf('astronaut.jpg', person)[0]!.attributes['occluded']
  expect(occluded('ada')).not.toBe(occluded('ben'))
  const kinds = new Set([...content.work.values()].flatMap((item) => [...item.people.values()]).flat().map((annotation) => annotation.geometry.kind))
  expect([...kinds].sort()).toEqual(['box', 'item', 'polygon', 'rotated-box', 'segment', 'text-line'])
})

test('each person gets one diff of valid records, the same every time', () => {
  const changes = practiceRecords(content, assets, at)
  expect(changes.map((change) => change.author)).toEqual(['ada', 'ben', 'chi'])
  for (const { author, diff } of changes) {
    expect(Diff.safeParse(diff).error).toBeUndefined()
    expect(Object.values(diff.added).every((record) => 'author' in record && record.author === author)).toBe(true)
  }
  expect(practiceRecords(content, assets, at)).toEqual(changes)
  const expected = [...content.work.values()].reduce((sum, item) => sum + item.submitted.length + [...item.people.values()].flat().length, 0)
  expect(changes.reduce((sum, change) => sum + Object.keys(change.diff.added).length, 0)).toBe(expected)
})

test('the labels are valid records and every annotation points at one of them', () => {
  const ids = new Set(practiceLabels(content).map((label) => Label.parse(label).id))
  for (const { diff } of practiceRecords(content, assets, at)) for (const record of Object.values(diff.added)) {
    if (record.type === 'annotation') expect(ids).toContain(record.label)
  }
})

test('work on a file that was not imported is left out', () => {
  const one = new Map([...assets].filter(([name]) => name === 'coffee.jpg'))
  const [ada, ...others] = practiceRecords(content, one, at)
  expect(Object.values(ada!.diff.added).map((record) => record.type)).toEqual(['annotation', 'annotation', 'annotation', 'submission'])
  expect(others).toHaveLength(2)
})

test('a damaged work.json is refused with its file and place', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'quorum-practice-'))
  await mkdir(join(copy, 'media'))
  await writeFile(join(copy, 'labels.json'), '[]')
  await writeFile(join(copy, 'work.json'), '{"a.jpg": {"submitted": [], "ada": [{"label": "cup", "geometry": {"kind": "box"}}]}}')
  await expect(readPractice(copy)).rejects.toThrow(/work\.json does not fit[\s\S]*ada/u)
  await writeFile(join(copy, 'work.json'), '{"a.jpg": {"submitted": []}}')
  await expect(readPractice(copy)).rejects.toThrow(/names "a\.jpg", which is not in media/u)
})

function corners(geometry: Geometry): [number, number][] {
  const pairs = (flat: number[]) => flat.flatMap((x, index) => (index % 2 === 0 ? [[x, flat[index + 1]!] as [number, number]] : []))
  switch (geometry.kind) {
    case 'box': return [[geometry.x, geometry.y], [geometry.x + geometry.width, geometry.y + geometry.height]]
    case 'polygon': return geometry.parts.flat().flatMap(pairs)
    case 'text-line': return [...corners(geometry.outline), ...pairs(geometry.baseline ?? [])]
    case 'rotated-box': {
      const [cos, sin] = [Math.cos((geometry.angle * Math.PI) / 180), Math.sin((geometry.angle * Math.PI) / 180)]
      return ([[-1, -1], [1, -1], [1, 1], [-1, 1]] as const).map(([a, b]) => {
        const [x, y] = [(a * geometry.width) / 2, (b * geometry.height) / 2]
        return [geometry.cx + x * cos - y * sin, geometry.cy + x * sin + y * cos]
      })
    }
    default: return []
  }
}
