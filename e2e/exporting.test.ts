import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Workbench } from './pages/workbench.ts'
import { newFolder } from './serve.ts'
import { expect, label, prepare, test } from './test.ts'

/** A photo of 600 × 400 pixels. */
const photo = 'coffee.jpg'

async function draw(workbench: Workbench): Promise<void> {
  await workbench.view('Label')
  await workbench.canvas.ready()
  await workbench.label('cup')
  await workbench.tool('Box')
  await workbench.during(async () => { await workbench.canvas.drag({ x: 100, y: 80 }, { x: 300, y: 200 }) })
  await workbench.tool('Rotated box')
  await workbench.during(async () => {
    await workbench.canvas.drag({ x: 320, y: 220 }, { x: 420, y: 270 })
    await workbench.canvas.click({ x: 380, y: 330 })
  })
}

async function boxes(workbench: Workbench) {
  const { rows } = await workbench.call('assets.query', { filter: {}, offset: 0, limit: 1 })
  const { records } = await workbench.call('assets.open', { asset: rows[0]!.id })
  return records.flatMap((record) => (record.type === 'annotation' && record.geometry.kind === 'box' ? [record.geometry] : []))
}

async function write(workbench: Workbench, format: string, out: string, name: string): Promise<void> {
  const { page } = workbench
  const plan = page.getByRole('region', { name: 'What will be written' })
  await workbench.choose(page, 'Format', format)
  await expect(plan.getByRole('row').filter({ hasText: 'Rotation is lost' })).toContainText('1')
  await expect(plan).toContainText(photo)
  expect(existsSync(join(out, name))).toBe(false)
  await page.getByRole('textbox', { name: 'Into the folder' }).fill(out)
  await page.getByRole('textbox', { name: 'Folder’s name' }).fill(name)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByText(new RegExp(`^Wrote .* to .*${name}$`))).toBeVisible()
  expect(readdirSync(out).filter((entry) => entry.startsWith('.'))).toEqual([])
}

test('COCO and YOLO folders are written after their losses were shown, and read back as plain files', async ({ start, workbench }) => {
  const { url } = await start(prepare([label('person'), label('cup')], [photo]))
  const out = newFolder()
  await workbench.open(url)
  await draw(workbench)
  const [box] = await boxes(workbench)
  await workbench.view('Export')

  await write(workbench, 'COCO (instances and keypoints)', out, 'coco')
  const [file] = readdirSync(join(out, 'coco', 'annotations'))
  const coco = JSON.parse(readFileSync(join(out, 'coco', 'annotations', file!), 'utf8'))
  const category = coco.categories.find((category: { name: string }) => category.name === 'cup')
  expect(coco.images).toMatchObject([{ width: 600, height: 400 }])
  expect(coco.annotations).toHaveLength(2)
  expect(coco.annotations[0]).toMatchObject({ image_id: coco.images[0].id, category_id: category.id, bbox: [box!.x, box!.y, box!.width, box!.height], iscrowd: 0 })
  expect(coco.annotations[1].bbox[2]).toBeGreaterThan(60)
  expect(readdirSync(join(out, 'coco', 'images'), { recursive: true }).filter((path) => String(path).endsWith(photo))).toHaveLength(1)

  await write(workbench, 'YOLO detection (Ultralytics)', out, 'yolo')
  const data = parse(readFileSync(join(out, 'yolo', 'data.yaml'), 'utf8'))
  expect(Object.values(data.names)).toEqual(['person', 'cup'])
  const lines = readFileSync(join(out, 'yolo', 'labels', 'train', 'coffee.txt'), 'utf8').trim().split('\n').map((line) => line.split(' ').map(Number))
  expect(lines.map(([number]) => number)).toEqual([1, 1])
  const [, cx, cy, width, height] = lines[0]!
  expect(cx! * 600).toBeCloseTo(box!.x + box!.width / 2, 2)
  expect(cy! * 400).toBeCloseTo(box!.y + box!.height / 2, 2)
  expect(width! * 600).toBeCloseTo(box!.width, 2)
  expect(height! * 400).toBeCloseTo(box!.height, 2)
})
