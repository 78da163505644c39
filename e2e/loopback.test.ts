import { expect, test } from './test.ts'

test('the browser shows the workbench, isolated from other sites', async ({ fresh, page, workbench }) => {
  await workbench.open(fresh.url)
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true)
})

test('without the token, from another site or under another name there is nothing to see', async ({ fresh, request }) => {
  const { origin, href } = new URL(fresh.url)
  expect((await request.get(origin)).status()).toBe(403)
  expect((await request.post(`${origin}/api/app.state`, { data: {} })).status()).toBe(403)
  expect((await request.get(href, { headers: { Origin: 'https://example.org' } })).status()).toBe(403)
  expect((await request.get(href, { headers: { Host: 'example.org' } })).status()).toBe(403)
})
