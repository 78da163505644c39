import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { smallDisk } from './fixtures/smallDisk.ts'
import { beforehand, newFolder, quorum } from './serve.ts'
import { expect, mediaFolder, test } from './test.ts'

test('a full disk is said at once and loses nothing; with space again everything is saved in its order', async ({ page, start, workbench }) => {
  const folder = newFolder()
  const mount = join(folder, 'disk')
  mkdirSync(mount)
  const disk = smallDisk(mount, 8)
  test.skip(disk === null, 'only Linux as root can mount a small disk')
  if (disk === null) return
  try {
    const project = join(mount, 'street')
    beforehand(folder, 'Ada')
    quorum(folder, 'init', project, '--name', 'Street', '--as', 'Ada')
    quorum(folder, 'import', project, join(mediaFolder, 'launch-pad.jpg'), '--as', 'Ada')
    const { url, close } = await start({ folder, project })
    await workbench.open(url)
    await workbench.view('Label')
    await workbench.canvas.ready()
    await workbench.tool('Box')
    const draw = (index: number) => workbench.canvas.drag({ x: 20 + 30 * index, y: 30 }, { x: 45 + 30 * index, y: 80 })
    await workbench.during(async () => { await draw(0) })

    disk.fill()
    const refused = page.getByRole('alert').filter({ hasText: 'Not saved' })
    let drawn = 1
    // The log's file may have room of its own for a few changes.
    for (; drawn < 18 && !(await refused.isVisible()); drawn++) await draw(drawn)
    await expect(refused).toContainText('full')
    await expect(workbench.status).toHaveAccessibleName(/^Not saved: The disk that holds .* is full\./)
    // It does not stand in the way of the work.
    await draw(drawn++)
    await expect(workbench.annotations.getByRole('listitem')).toHaveCount(drawn)
    expect((await workbench.changes()).filter(({ name }) => name === 'draw box').length).toBeLessThan(drawn)

    disk.clear()
    await refused.getByRole('button', { name: 'Try again' }).click()
    await workbench.saved()
    await expect(refused).toHaveCount(0)
    const saved = (await workbench.changes()).filter(({ name }) => name === 'draw box')
    const lefts = saved.map(({ diff }) => Object.values(diff.added).map((record) => (record.type === 'annotation' && record.geometry.kind === 'box' ? record.geometry.x : NaN))[0]!)
    expect(lefts).toHaveLength(drawn)
    expect(lefts).toEqual(lefts.toSorted((a, b) => a - b))
    await page.close()
    await close()
    expect(quorum(folder, 'check', project)).toMatchObject({ ok: true, findings: [] })
  } finally {
    disk.unmount()
  }
})
