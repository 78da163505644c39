import { expect, test } from './test.ts'

test.setTimeout(240_000)
const asRoot = process.getuid?.() === 0
/** A graphics processor in software: right, and too slow to be chosen. */
test.use({
  launchOptions: {
    ...(process.env['QUORUM_CHROMIUM'] ? { executablePath: process.env['QUORUM_CHROMIUM'] } : {}),
    args: ['--disable-background-networking', '--disable-gpu', '--enable-unsafe-webgpu', ...(asRoot ? ['--no-sandbox'] : [])],
  },
})

test('a graphics processor in software is not used, and calculates as WebAssembly does', async ({ page, fresh, workbench }) => {
  await workbench.open(fresh.url)
  await page.keyboard.press('Escape')
  await workbench.view('Label')
  await workbench.item('scanned-page.png')
  await workbench.canvas.ready()
  await workbench.canvas.element.focus()
  await page.keyboard.press('s')
  await page.getByRole('button', { name: 'Models run on the processor' }).click({ timeout: 60_000 })
  const panel = page.locator('.backend')
  await expect(panel).toContainText(/only imitated by software|offers no graphics processor/u)
  await panel.getByRole('button', { name: 'Compare WebGPU with WebAssembly' }).click()
  const said = panel.getByRole('status')
  await expect(said).toContainText('Largest difference', { timeout: 120_000 })
  const [, difference] = /Largest difference ([\d.e+-]+)/u.exec((await said.textContent())!)!
  expect(Number(difference)).toBeLessThan(1e-3)
})
