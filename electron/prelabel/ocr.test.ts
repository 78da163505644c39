import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { distance } from '#shared/text/align.ts'
import { paddleOcr } from '#shared/prelabel/text/paddleOcr.ts'
import { predictOcr, recogniserOf } from '#shared/prelabel/text/predict.ts'
import { recogniseLine } from '#shared/prelabel/text/recognise.ts'
import type { Sessions, Texts } from '#shared/prelabel/tensor.ts'
import { imageSample, openModel } from './readingFixture.ts'

let sessions: Sessions, texts: Texts
beforeAll(async () => { ({ sessions, texts } = await openModel(paddleOcr)) }, 60_000)

const written = ['Quorum turns pictures and sounds', 'into training data, offline.', 'Models draft, people decide.', 'Invoice 2026-11-21: 1,249.50 EUR']

/** Lines drawn on a page, 60 px apart. */
const page = (lines: readonly string[], turn = '') => imageSample(Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="420"><rect width="900" height="420" fill="#fff"/><g ${turn}>${
    lines.map((line, index) => `<text x="60" y="${100 + index * 60}" font-family="DejaVu Sans" font-size="34">${line}</text>`).join('')}</g></svg>`,
))

const errorRate = (reference: string, read: string) => distance([...reference], [...read]) / [...reference].length

describe('PP-OCRv4 in WebAssembly', { timeout: 60_000 }, () => {
  test('reads a printed page in reading order: character error rate under 2 %', async () => {
    const { predictions, notes } = await predictOcr(paddleOcr, sessions, await page(written), paddleOcr, texts)
    expect(notes).toEqual([])
    expect(predictions).toHaveLength(4)
    expect(errorRate(written.join(' '), predictions.map(({ text }) => text).join(' '))).toBeLessThan(0.02)
    for (const { score, geometry } of predictions) {
      expect(score).toBeGreaterThan(0.9)
      expect(geometry).toMatchObject({ kind: 'text-line', outline: { kind: 'box' } })
    }
  })

  test('outlines lie around the ink in pixels of the item, also when the picture comes shrunk', async () => {
    const { picture } = await page(written.slice(0, 1))
    const { predictions: [line] } = await predictOcr(paddleOcr, sessions, { kind: 'image', picture, width: 1800, height: 840 }, paddleOcr, texts)
    const { outline } = line!.geometry as { outline: { x: number; y: number; width: number; height: number } }
    // The capital stands on 100 and is 25 high; both twice that in the item.
    expect(outline.x).toBeGreaterThan(90)
    expect(outline.x).toBeLessThan(132)
    expect(outline.y).toBeGreaterThan(110)
    expect(outline.y + outline.height).toBeLessThan(245)
    expect(line!.text).toContain('pictures')
  })

  test('reads a page on its head and one on its side; the outlines say which way the text runs', async () => {
    const head = await predictOcr(paddleOcr, sessions, await page(written.slice(0, 2), 'transform="rotate(180 450 210)"'), paddleOcr, texts)
    expect(errorRate(written.slice(0, 2).join(' '), head.predictions.map(({ text }) => text).join(' '))).toBeLessThan(0.05)
    expect(head.predictions[0]!.geometry).toMatchObject({ outline: { kind: 'rotated-box', angle: 180 } })
    const side = await predictOcr(paddleOcr, sessions, await page(['Vertical line'], 'transform="rotate(90 200 200) translate(-60 0)"'), paddleOcr, texts)
    expect(side.predictions[0]).toMatchObject({ text: 'Vertical line', geometry: { outline: { kind: 'rotated-box', angle: 90 } } })
  })

  test('a scanned page: seven lines, character error rate under 4 %', async () => {
    const scan = await imageSample(fileURLToPath(new URL('../practice/media/scanned-page.png', import.meta.url)))
    const { predictions } = await predictOcr(paddleOcr, sessions, scan, paddleOcr, texts)
    const reference = 'Region-based segmentation Let us first determine markers of the coins and the background. These markers are pixels that we can label '
      + 'unambiguously as either object or background. Here, the markers are found at the two extreme parts of the histogram of grey values: >>> markers = np.zeros_like(coins)'
    expect(predictions).toHaveLength(7)
    expect(errorRate(reference, predictions.map(({ text }) => text).join(' '))).toBeLessThan(0.04)
  })

  test('one outline that somebody drew becomes text', async () => {
    const line = { kind: 'text-line', outline: { kind: 'box', x: 50, y: 188, width: 540, height: 45 }, baseline: null } as const
    const read = await recogniseLine(recogniserOf(paddleOcr, sessions, texts), await page(written), line)
    expect(read.text).toBe('Models draft, people decide.')
  })

  test('a picture of one pixel, an empty one and a blank page have no lines', async () => {
    for (const [width, height] of [[1, 1], [0, 0], [640, 480]] as const) {
      const picture = { width, height, data: new Uint8Array(width * height * 3).fill(255) }
      expect((await predictOcr(paddleOcr, sessions, { kind: 'image', picture, width, height }, paddleOcr, texts)).predictions).toEqual([])
    }
  })

  test('a characters file that belongs to another recogniser is refused in words', async () => {
    const wrong = predictOcr(paddleOcr, sessions, await page(written), paddleOcr, { characters: 'a\nb\nc' })
    await expect(wrong).rejects.toThrow(/3 lines, a blank and a space make 5 classes, but the graph gives 6625/u)
  })
})
