import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AnnotationId } from '#shared/model/id.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Change } from '#shared/model/change.ts'
import { beforehand, newFolder, quorum } from './serve.ts'
import { expect, label, mediaFolder, test } from './test.ts'

/** Names that stand nowhere by chance. */
const people = ['Zebedee Quill', 'Xanthippe Orr']
const boxes = 80
const pictures = ['coffee.jpg', 'pavilion.jpg', 'tulips.jpg', 'dog-and-bicycle.jpg']
const total = boxes * pictures.length

/** Two people saw the same things and named each differently: as many disputes about labels as there are boxes. */
function prepareDisputes() {
  const folder = newFolder()
  const project = join(folder, 'street')
  beforehand(folder, 'Ada')
  writeFileSync(join(folder, 'labels.json'), JSON.stringify([label('cup'), label('bowl')]))
  quorum(folder, 'init', project, '--name', 'Street', '--labels', join(folder, 'labels.json'), '--as', 'Ada')
  mkdirSync(join(folder, 'in'))
  for (const name of pictures) cpSync(join(mediaFolder, name), join(folder, 'in', name))
  quorum(folder, 'import', project, join(folder, 'in'), '--as', 'Ada')
  const { changes } = quorum(folder, 'log', project) as { changes: Change[] }
  const records = changes.flatMap(({ diff }) => Object.values(diff.added))
  const assets = records.filter((record) => record.type === 'asset')
  const labels = records.filter((record) => record.type === 'label')
  expect([assets.length, labels.length]).toEqual([pictures.length, 2])
  people.forEach((author, person) => {
    const added: Record<string, Annotation> = {}
    for (const [picture, asset] of assets.entries()) {
      for (let index = 0; index < boxes; index++) {
        const id = AnnotationId.parse(`annotation:${person}-${picture}-${index}`)
        added[id] = {
          type: 'annotation', id, asset: asset.id, layer: author as never, author: author as never, label: labels[(index + person) % 2]!.id,
          geometry: { kind: 'box', x: (index % 10) * 30, y: Math.floor(index / 10) * 30, width: 24, height: 24 }, attributes: {}, text: null, direction: 'auto', language: null,
          group: null, order: index, flags: [], draft: false, provenance: { by: 'human', origin: null },
        }
      }
    }
    const file = join(folder, `${person}.jsonl`)
    writeFileSync(file, JSON.stringify({ name: 'draw', diff: { added, updated: {}, removed: {} } }))
    expect(quorum(folder, 'apply', project, file, '--as', author)).toMatchObject({ rejected: [] })
  })
  return { folder, project }
}

test('hundreds of disputes are gone through by keys, with no name in sight until one is decided', async ({ page, start, workbench }) => {
  test.slow()
  const { url } = await start(prepareDisputes())
  await workbench.open(url)
  await workbench.view('Consensus')
  await workbench.button('Estimate now').click()
  const rows = page.getByRole('list', { name: 'Disputes' }).getByRole('listitem')
  const current = page.getByRole('list', { name: 'Disputes' }).locator('[aria-current=true]')
  const namesInSight = async () => {
    const everything = await page.evaluate(() => document.documentElement.outerHTML)
    return people.filter((name) => everything.includes(name) || everything.includes(encodeURIComponent(name)))
  }
  await expect(rows.first()).toHaveAttribute('aria-setsize', String(total))
  expect(await rows.count()).toBeLessThan(60)
  await expect(page.getByText(`${total} disputes open`)).toBeVisible()
  await expect(workbench.button('Take A')).toBeVisible()
  expect(await namesInSight()).toEqual([])

  for (let step = 2; step <= 4; step++) {
    await page.keyboard.press('n')
    await expect(current).toHaveAttribute('aria-posinset', String(step))
    await expect(page.getByText(`${step} of ${total}`, { exact: true })).toBeVisible()
  }
  await page.keyboard.press('Shift+N')
  await expect(current).toHaveAttribute('aria-posinset', '3')

  // The end of the list, over pages that nobody looked at, and back over the edge of a page.
  await current.focus()
  await page.keyboard.press('End')
  await expect(current).toHaveAttribute('aria-posinset', String(total))
  await expect(page.getByText(`${total} of ${total}`, { exact: true })).toBeVisible()
  await page.keyboard.press('Shift+N')
  await expect(current).toHaveAttribute('aria-posinset', String(total - 1))
  await expect(workbench.button('Take A')).toBeVisible()
  expect(await namesInSight()).toEqual([])

  // Names are shown with the decision, and are gone again with the next dispute.
  await page.keyboard.press('a')
  await expect(page.getByText('Taken', { exact: true })).toBeVisible()
  await expect(page.getByText(people[0]!, { exact: true }).first()).toBeVisible()
  await expect(rows.first()).toHaveAttribute('aria-setsize', String(total - 1))
  await expect(page.getByText(`${total - 1} disputes open`)).toBeVisible()
  await expect(page.getByText(/^about .* left/u)).toBeVisible()
  await page.keyboard.press('n')
  await expect(page.getByText('Taken', { exact: true })).toHaveCount(0)
  await expect(workbench.button('Take A')).toBeVisible()
  await expect.poll(namesInSight).toEqual([])

  // Undo goes back to where the decision was made.
  await page.keyboard.press('Control+z')
  await expect(rows.first()).toHaveAttribute('aria-setsize', String(total))
  await expect(page.getByText(`${total} disputes open`)).toBeVisible()

  // An item that the address names is found wherever its disputes stand in the list.
  const { rows: all } = await workbench.call('consensus.disputes', { limit: 1000 })
  const { asset } = all[Math.floor(total / 2)]!
  await page.evaluate((id) => { location.hash = `#/consensus/${encodeURIComponent(id)}` }, asset)
  const first = all.findIndex((row) => row.asset === asset)
  await expect(current).toHaveAttribute('aria-posinset', String(first + 1))
})
