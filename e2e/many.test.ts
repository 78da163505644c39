import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Asset } from '#shared/model/asset.ts'
import type { Change } from '#shared/model/change.ts'
import type { AssetId } from '#shared/model/id.ts'
import { patchedPng } from './fixtures/picture.ts'
import { beforehand, newFolder, quorum } from './serve.ts'
import { expect, test } from './test.ts'

const count = 10_000
const pictures = 20

/** A project of 10,000 items over 20 picture files: importing as many files takes a minute, and is tested elsewhere. */
function prepareMany() {
  const folder = newFolder()
  const project = join(folder, 'many')
  beforehand(folder, 'Ada')
  mkdirSync(join(folder, 'in'))
  for (let index = 0; index < pictures; index++) writeFileSync(join(folder, 'in', `${index}.png`), patchedPng(index))
  quorum(folder, 'init', project, '--name', 'Many', '--as', 'Ada')
  quorum(folder, 'import', project, join(folder, 'in'), '--as', 'Ada')
  const { changes } = quorum(folder, 'log', project) as { changes: Change[] }
  const imported = changes.flatMap(({ diff }) => Object.values(diff.added)).filter((record) => record.type === 'asset')
  expect(imported).toHaveLength(pictures)
  const lines: string[] = []
  for (let from = pictures; from < count; from += 2000) {
    const added: Record<string, Asset> = {}
    for (let index = from; index < Math.min(count, from + 2000); index++) {
      const hash = index.toString(16).padStart(64, '0')
      const id = `asset:${index.toString(16).padStart(40, '0')}` as AssetId
      added[id] = { ...imported[index % pictures]!, id, hash, name: `item ${String(index).padStart(5, '0')}.png` }
    }
    lines.push(JSON.stringify({ name: 'import', diff: { added, updated: {}, removed: {} } }))
  }
  writeFileSync(join(folder, 'more.jsonl'), lines.join('\n'))
  expect(quorum(folder, 'apply', project, join(folder, 'more.jsonl'), '--as', 'Ada')).toMatchObject({ rejected: [] })
  return { folder, project }
}

test('ten thousand items open, scroll, are found and are gone through', async ({ page, start, workbench }) => {
  const { url } = await start(prepareMany())
  const { assets, canvas } = workbench
  await workbench.open(url)
  await workbench.view('Label')
  await canvas.ready()
  const first = assets.getByRole('listitem').first()
  await expect(first).toHaveAttribute('aria-setsize', String(count))
  await expect(first).toHaveAttribute('aria-posinset', '1')
  expect(await assets.getByRole('listitem').count()).toBeLessThan(100)

  const seen = new Set([await canvas.ready()])
  await canvas.element.focus()
  for (let step = 1; step <= 5; step++) {
    await page.keyboard.press('n')
    await expect(assets.locator('[aria-current=true]')).toHaveAttribute('aria-posinset', String(step + 1))
    await expect.poll(async () => (await canvas.element.getAttribute('data-ready')) === 'true' && !seen.has((await canvas.element.getAttribute('data-asset'))!)).toBe(true)
    seen.add(await canvas.ready())
  }
  expect(seen.size).toBe(6)

  await assets.locator('[aria-current=true]').focus()
  await page.keyboard.press('End')
  const last = assets.getByRole('listitem', { name: /^item 09999\.png,/ })
  await expect(last).toBeVisible()
  await expect(last).toHaveAttribute('aria-posinset', String(count))
  await canvas.ready(`asset:${(count - 1).toString(16).padStart(40, '0')}`)
  await page.mouse.move(120, 400)
  await page.mouse.wheel(0, -200_000)
  await expect(assets.getByRole('listitem', { name: /^item 0[3-8]\d{3}\.png,/ }).first()).toBeVisible()

  await page.getByRole('searchbox', { name: 'Search names and texts' }).fill('item 0432')
  await expect(assets.getByRole('listitem').first()).toHaveAttribute('aria-setsize', '10')
})
