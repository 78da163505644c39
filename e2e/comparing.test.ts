import type { Geometry } from '#shared/model/geometry.ts'
import type { Page } from 'playwright/test'
import { AxeBuilder } from '@axe-core/playwright'
import { propose, type DraftOf } from './fixtures/drafts.ts'
import { expect, label, prepare, test } from './test.ts'

const photo = 'coffee.jpg', other = 'astronaut.jpg'
const box = (x: number, y: number, width = 60, height = 60): Geometry => ({ kind: 'box', x, y, width, height })
const line = (x: number, y: number): Geometry => ({ kind: 'text-line', outline: { kind: 'polygon', parts: [[[x, y, x + 150, y, x + 150, y + 20, x, y + 20]]] }, baseline: null })
/** Both: two cups. Left only: one. Right only: two. Another label: one. Another text: one. */
const drafts: DraftOf[] = [
  { on: photo, model: 'alpha', label: 'cup', score: 0.9, geometry: box(30, 60) }, { on: photo, model: 'beta', label: 'cup', score: 0.7, geometry: box(32, 60) },
  { on: photo, model: 'alpha', label: 'cup', score: 0.8, geometry: box(130, 60) }, { on: photo, model: 'beta', label: 'cup', score: 0.6, geometry: box(130, 60, 60, 48) },
  { on: photo, model: 'alpha', label: 'cup', score: 0.3, geometry: box(230, 60) },
  { on: photo, model: 'beta', label: 'spoon', score: 0.5, geometry: box(330, 60) }, { on: photo, model: 'beta', label: 'spoon', score: 0.4, geometry: box(430, 60) },
  { on: photo, model: 'alpha', label: 'cup', score: 0.6, geometry: box(30, 200) }, { on: photo, model: 'beta', label: 'spoon', score: 0.6, geometry: box(30, 200) },
  { on: photo, model: 'alpha', score: 0.9, text: 'Anno 1782', geometry: line(200, 220) }, { on: photo, model: 'beta', score: 0.8, text: 'Anno 1732', geometry: line(200, 221) },
  { on: other, model: 'alpha', label: 'cup', score: 0.9, geometry: box(30, 60) },
]

const figure = (page: Page, name: string) => page.getByLabel('What the two models have in common').locator('div', { hasText: name }).locator('dd')
const pane = (page: Page, side: 'Left' | 'Right') => page.getByRole('region', { name: `${side} model` })
const canvas = (page: Page, side: 'Left' | 'Right') => page.getByRole('application', { name: `${side} canvas` })

/** The pointer goes to a point of the picture in one of the two. */
async function point(page: Page, side: 'Left' | 'Right', x: number, y: number): Promise<void> {
  const element = canvas(page, side)
  const [scale, left, top] = await Promise.all(['data-scale', 'data-offset-x', 'data-offset-y'].map(async (name) => Number(await element.getAttribute(name))))
  await element.hover({ position: { x: Math.round(left! + x * scale!), y: Math.round(top! + y * scale!) } })
}

test('two models’ drafts stand side by side; one is taken from either side, the rest of a side at once', async ({ page, start, workbench }) => {
  const prepared = prepare([label('cup'), label('spoon')], [photo, other])
  propose(prepared, drafts)
  const { url } = await start(prepared)
  await workbench.open(url)
  await workbench.view('Label')
  await workbench.item(photo)
  await workbench.canvas.ready()
  await workbench.button('Compare drafts').click()
  for (const side of ['Left', 'Right'] as const) await expect(canvas(page, side)).toHaveAttribute('data-ready', 'true')
  await expect(pane(page, 'Left')).toContainText('5 drafts, mean 70 %')
  await expect(pane(page, 'Right')).toContainText('6 drafts, mean 60 %')
  const figures = async (both: string, left: string, right: string, labels: string, place: string | RegExp) => {
    await expect(figure(page, 'both')).toHaveText(both)
    await expect(figure(page, 'only alpha')).toHaveText(left)
    await expect(figure(page, 'only beta')).toHaveText(right)
    await expect(figure(page, 'other label')).toHaveText(labels)
    await expect(figure(page, 'mean IoU')).toHaveText(place)
  }
  // (58 / 62 + 0.8 + 1 + 19 / 21) / 4
  await figures('2', '1', '2', '1', '0.91 (n = 4)')
  await expect(page.getByRole('list', { name: 'Lines that the two read differently' }).locator('mark')).toHaveText(['1782', '1732'])

  // Both are moved and zoomed as one.
  const views = () => Promise.all((['Left', 'Right'] as const).map((side) => canvas(page, side).getAttribute('data-scale')))
  const [before] = await views()
  await canvas(page, 'Left').hover()
  await page.mouse.wheel(0, -240)
  await expect.poll(async () => { const [left, right] = await views(); return left === right && left !== before }).toBe(true)
  await page.keyboard.press('f')
  await expect.poll(async () => { const [left, right] = await views(); return left === right && left === before }).toBe(true)

  // The draft under the pointer, from the right side, by A; what stands on the left for it is settled, the figures stay.
  await point(page, 'Right', 160, 90)
  const [taken] = await workbench.during(() => page.keyboard.press('a'))
  expect(Object.values(taken!.diff.added).find(({ type }) => type === 'annotation')).toMatchObject({ layer: 'Ada', draft: false, geometry: box(130, 60, 60, 48), provenance: { by: 'model', model: 'beta' } })
  await figures('2', '1', '2', '1', '0.91 (n = 4)')
  await expect(workbench.button('Take all 4 of alpha')).toBeEnabled()

  // From a score on, all that is left of the other side, in one change, without what I have already.
  const slider = page.getByRole('slider', { name: 'Least score of alpha' })
  await slider.focus()
  for (let press = 0; press < 7; press++) await page.keyboard.press('PageUp')
  await expect(slider).toHaveAttribute('aria-valuetext', '70 %')
  await expect(pane(page, 'Left')).toContainText('3 drafts, mean 87 %')
  const changes = await workbench.during(() => workbench.button('Take all 2 of alpha').click())
  expect(changes).toHaveLength(1)
  expect(Object.values(changes[0]!.diff.added).filter(({ type }) => type === 'annotation')).toHaveLength(2)
  await workbench.during(() => page.keyboard.press('Control+z'))
  await expect(workbench.button('Take all 2 of alpha')).toBeEnabled()

  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  // The next item keeps it; where one model has nothing, it says so. Escape goes back to one picture.
  await page.keyboard.press('Shift+N')
  await expect(pane(page, 'Right')).toContainText('No other model has drafts on this item.')
  await page.keyboard.press('n')
  await expect(pane(page, 'Left')).toContainText('3 drafts')
  await canvas(page, 'Left').focus()
  await page.keyboard.press('Escape')
  await workbench.canvas.ready()
})
