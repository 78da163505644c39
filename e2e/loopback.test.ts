import { expect, test } from 'playwright/test'
import { serve, type Serving } from './serve.ts'

let serving: Serving
test.beforeAll(async () => {
  serving = await serve()
})
test.afterAll(() => serving.close())

test('the browser shows the workbench without an error', async ({ page }) => {
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(serving.url)
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true)
  expect(problems).toEqual([])
})

test('without the token, from another site or under another name there is nothing to see', async ({ request }) => {
  const { origin, href } = new URL(serving.url)
  expect((await request.get(origin)).status()).toBe(403)
  expect((await request.post(`${origin}/api/app.state`, { data: {} })).status()).toBe(403)
  expect((await request.get(href, { headers: { Origin: 'https://example.org' } })).status()).toBe(403)
  expect((await request.get(href, { headers: { Host: 'example.org' } })).status()).toBe(403)
})
