import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { call, newFolder, openApp } from './open.ts'

test('the window opens, shows the views and keeps the page confined', async () => {
  const { page, problems, close } = await openApp(newFolder())
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()
  expect(await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis))).toEqual([])
  expect(page.url()).toMatch(/^asset:\/\/project\//)
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true)
  expect(problems).toEqual([])
  await close()
})

test('the page reaches no other place', async () => {
  const { page, close } = await openApp(newFolder())
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()
  const fetched = (url: string): Promise<number | string> => page.evaluate((address) => fetch(address).then((response) => response.status, () => 'refused'), url)
  expect(await fetched('https://example.org/')).toBe('refused')
  expect(await fetched('file:///etc/passwd')).toBe('refused')
  expect(await fetched('asset://elsewhere/')).toBe(403)
  expect(await fetched('/..%2f..%2fpackage.json')).toBe(404)
  expect(await fetched('/media/nothing')).toBe(404)
  expect(await page.evaluate(() => globalThis.open('https://example.org/'))).toBeNull()
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
  // Asked of the page itself: the driver would wait for a navigation that never comes.
  const where = await page.evaluate(async () => {
    location.href = 'https://example.org/'
    await new Promise((resolve) => setTimeout(resolve, 300))
    return { url: location.href, views: document.querySelector('nav')?.ariaLabel }
  })
  expect(where).toMatchObject({ url: expect.stringMatching(/^asset:\/\/project\//), views: 'Views' })
  await close()
})

test('a host killed while a project is open is started again, says so, and the work is there', async () => {
  const folder = newFolder()
  const { page, close, host } = await openApp(folder)
  const project = join(folder, 'street')
  await call(page, 'app.setMe', { name: 'Ada' })
  await call(page, 'projects.create', { path: project, name: 'Street', labels: [{ name: 'car', color: null, glyph: null, hotkey: null, kinds: [], attributes: [] }] })
  const before = await call(page, 'projects.state', {}) as { labels: unknown[], revision: number }
  const told = page.evaluate(() => new Promise((resolve) => {
    const { quorum } = globalThis as unknown as { quorum: { on(listener: (event: { kind: string }) => void): void } }
    quorum.on((event) => {
      if (event.kind === 'restarted') resolve(event)
    })
  }))
  const first = host()
  expect(first).toBeGreaterThan(0)
  process.kill(first, 'SIGKILL')
  expect(await told).toMatchObject({ kind: 'restarted', message: expect.stringContaining('started again') })
  expect(host()).not.toBe(first)
  const after = await call(page, 'projects.state', {})
  expect(after).toMatchObject({ path: project, revision: before.revision, labels: before.labels })
  await close()
})

test('closing the window ends the host', async () => {
  const { page, close, host } = await openApp(newFolder())
  await call(page, 'app.state', {})
  const first = host()
  await close()
  await expect.poll(() => spawnSync('kill', ['-0', String(first)]).status).not.toBe(0)
})
