import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test, vi } from 'vitest'
import type { ImageAsset } from '#shared/model/asset.ts'
import type { AssetId } from '#shared/model/id.ts'
import { bmpHeader, decodeBmp } from './bmp.ts'
import { displayScale, Displays } from './display.ts'
import { bmp24, photo, pngBomb, pngChunk, temporaryFolder } from './fixture.ts'
import { probeImage } from './image.ts'
import { createMediaPool } from './mediaPool.ts'
import { upright } from './picture.ts'
import { assetFile } from './serve.ts'
import { Thumbnails } from './thumbnail.ts'
import { writeUpright } from './writeUpright.ts'

// Real decoding on a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 })

const pool = createMediaPool({ size: 2 })
afterAll(() => pool.close())

const asset = (more: Partial<ImageAsset>): ImageAsset => ({
  type: 'asset', kind: 'image', id: 'asset:0' as AssetId, hash: 'a'.repeat(64), name: 'a.jpg', source: { mode: 'copied', path: 'media/a.jpg' }, mime: 'image/jpeg',
  bytes: 1, metadata: {}, findings: [], width: 96, height: 64, orientation: 1, perceptualHash: null, ...more,
})
const noticed = async (path: string, format: 'png' | 'gif' | 'tiff' | 'jpeg' | 'bmp') => {
  const facts = await probeImage(path, format)
  return facts.ok ? facts.noticed.map(({ code }) => code) : facts.code
}

test('BMP of 24 bits: rows from the bottom, padded, blue first', async () => {
  using folder = temporaryFolder()
  const { data, complete } = await decodeBmp(folder.put('a.bmp', bmp24(3, 2, (x, y) => [x, y, 200])))
  expect(complete).toBe(true)
  expect([...data]).toEqual([0, 0, 200, 1, 0, 200, 2, 0, 200, 0, 1, 200, 1, 1, 200, 2, 1, 200])
})

test('BMP with a palette, from the top', async () => {
  using folder = temporaryFolder()
  const file = Buffer.alloc(54 + 1024 + 4)
  file.write('BM', 0, 'latin1')
  for (const [at, value] of [[10, 1078], [14, 40], [18, 2], [22, -1]] as const) file.writeInt32LE(value, at)
  file.writeUInt16LE(8, 28)
  file.set([10, 20, 30, 0], 54 + 7 * 4)
  file.set([7, 0], 1078)
  expect([...(await decodeBmp(folder.put('a.bmp', file))).data]).toEqual([30, 20, 10, 0, 0, 0])
})

test('BMP headers that lie are told, and one that is cut keeps its rows', async () => {
  using folder = temporaryFolder()
  const whole = bmp24(64, 64, (x, y) => [x * 4, y * 4, 0])
  const header = (at: number, value: number) => { const file = Buffer.from(whole); file.writeInt32LE(value, at); return file }
  expect(() => bmpHeader(header(18, -5))).toThrow(/pixels/u)
  expect(() => bmpHeader(header(30, 1))).toThrow(/RLE/u)
  expect(() => bmpHeader(whole.subarray(0, 20))).toThrow(/short/u)
  expect(await noticed(folder.put('cut.bmp', whole.subarray(0, 9000)), 'bmp')).toEqual(['truncated'])
  expect(await noticed(folder.put('vast.bmp', header(18, 2_000_000_000)), 'bmp')).toBe('huge')
})

test('animations and pages are told; the first frame counts', async () => {
  using folder = temporaryFolder()
  const frames = await sharp([await photo(1).png().toBuffer(), await photo(2).png().toBuffer()], { join: { animated: true } }).gif().toBuffer()
  expect(await probeImage(folder.put('a.gif', frames), 'gif')).toMatchObject({ ok: true, width: 96, height: 64 })
  expect(await noticed(folder.put('a.gif', frames), 'gif')).toEqual(['animated'])
  const png = await photo(3).png().toBuffer()
  const playing = Buffer.concat([png.subarray(0, 33), pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])), png.subarray(33)])
  expect(await noticed(folder.put('a.png', playing), 'png')).toEqual(['animated'])
})

test('huge pictures come in by their header', async () => {
  using folder = temporaryFolder()
  const path = folder.put('a.png', pngBomb(12_000))
  expect(await probeImage(path, 'png')).toMatchObject({ ok: true, width: 12_000, perceptualHash: null, noticed: [{ code: 'huge' }] })
})

test('the hash is that of the upright picture', async () => {
  using folder = temporaryFolder()
  const plain = await probeImage(folder.put('a.png', await photo(4).png().toBuffer()), 'png')
  for (const orientation of [2, 3, 4, 5, 6, 7, 8]) {
    // Turned the other way and marked so, it is the same picture.
    const inverse = orientation === 6 ? 8 : orientation === 8 ? 6 : orientation
    const stored = await upright(photo(4), inverse).png().toBuffer()
    const marked = await sharp(stored).withMetadata({ orientation }).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer()
    const facts = await probeImage(folder.put('b.jpg', marked), 'jpeg')
    expect(facts).toMatchObject({ width: 96, height: 64, orientation })
    if (plain.ok && facts.ok) expect([orientation, facts.perceptualHash]).toEqual([orientation, plain.perceptualHash])
  }
})

test('a thumbnail is upright, at most 160 pixels, and made once', async () => {
  using folder = temporaryFolder()
  const path = folder.put('a.jpg', await photo(5, 640, 320).withMetadata({ orientation: 6 }).jpeg().toBuffer())
  const thumbnails = new Thumbnails(pool, join(folder.path, 'cache'))
  const [one, two] = await Promise.all([thumbnails.get(asset({}), path), thumbnails.get(asset({}), path)])
  expect(one).toBe(two)
  expect(await sharp(readFileSync(one)).metadata()).toMatchObject({ format: 'webp', width: 80, height: 160 })
  await expect(thumbnails.get(asset({ hash: 'b'.repeat(64) }), folder.put('b.jpg', 'no picture'))).rejects.toThrow(/no thumbnail/u)
})

test('a page gets the file itself, or what it can show', async () => {
  using folder = temporaryFolder()
  const displays = new Displays(pool, join(folder.path, 'cache'))
  const jpeg = folder.put('a.jpg', await photo(6).jpeg().toBuffer())
  expect(await displays.get(asset({}), jpeg)).toEqual({ path: jpeg, mime: 'image/jpeg', scale: 1, reason: null })
  const tiff = await displays.get(asset({ mime: 'image/tiff', hash: 'c'.repeat(64) }), folder.put('a.tif', await photo(6).tiff().toBuffer()))
  expect(tiff).toMatchObject({ mime: 'image/png', scale: 1, reason: 'format' })
  const turned = await displays.get(asset({ orientation: 6, hash: 'd'.repeat(64), width: 64, height: 96 }), folder.put('t.jpg', await photo(6).withMetadata({ orientation: 6 }).jpeg().toBuffer()))
  expect(turned).toMatchObject({ mime: 'image/jpeg', scale: 1, reason: 'turned' })
  expect(await sharp(turned.path).metadata()).toMatchObject({ width: 64, height: 96 })
})

test('a huge picture is shown shrunk, with the factor', async () => {
  expect(displayScale({ width: 16_000, height: 6000 })).toBe(1)
  expect(displayScale({ width: 32_000, height: 1000 })).toBe(0.5)
  using folder = temporaryFolder()
  const path = folder.put('a.png', pngBomb(12_000))
  const shown = await new Displays(pool, join(folder.path, 'cache')).get(asset({ mime: 'image/png', width: 12_000, height: 12_000 }), path)
  expect(shown).toMatchObject({ reason: 'too-large' })
  expect(shown.scale).toBeCloseTo(10_000 / 12_000, 6)
  expect(await sharp(shown.path).metadata()).toMatchObject({ width: 10_000 })
})

test('an export gets a picture upright in its own format, the same bytes each time', async () => {
  using folder = temporaryFolder()
  const path = folder.put('a.webp', await photo(6).withMetadata({ orientation: 8 }).webp().toBuffer())
  const turned = asset({ mime: 'image/webp', orientation: 8, width: 64, height: 96 })
  const [one, two] = [join(folder.path, 'out/one.webp'), join(folder.path, 'out/two.webp')]
  for (const to of [one, two]) await writeUpright(pool, turned, path, to)
  expect(await sharp(readFileSync(one)).metadata()).toMatchObject({ format: 'webp', width: 64, height: 96 })
  expect(readFileSync(one).equals(readFileSync(two))).toBe(true)
})

test('a file is served from the project and the folders that were picked alone', async () => {
  using folder = temporaryFolder()
  const media = join(folder.path, 'p/media')
  const inside = folder.put('p/media/ab/c.jpg', 'x')
  const picked = folder.put('picked/d.jpg', 'x')
  const secret = folder.put('secret/e.jpg', 'x')
  folder.put('picked-too/f.jpg', 'x')
  symlinkSync(secret, join(media, 'link.jpg'))
  symlinkSync(join(folder.path, 'secret'), join(folder.path, 'picked/way'))
  const roots = [join(folder.path, 'picked')]
  const get = (mode: 'copied' | 'referenced', path: string) => assetFile(asset({ source: { mode, path } }), media, roots)
  expect(await get('copied', 'media/ab/c.jpg')).toBe(inside)
  expect(await get('referenced', picked)).toBe(picked)
  for (const path of ['media/../../secret/e.jpg', 'media/link.jpg', '../secret/e.jpg', 'project.db/../../secret/e.jpg']) await expect(get('copied', path)).rejects.toMatchObject({ name: 'QuorumError' })
  for (const path of [secret, join(folder.path, 'picked/way/e.jpg'), join(folder.path, 'picked-too/f.jpg'), 'picked/d.jpg']) await expect(get('referenced', path)).rejects.toMatchObject({ code: 'no-permission' })
  await expect(get('referenced', join(folder.path, 'picked'))).rejects.toMatchObject({ code: 'not-found' })
})
