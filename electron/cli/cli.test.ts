import { spawn } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adding } from '#shared/model/diff.ts'
import { annotation, assetId, author, image, label, project } from '#shared/testing/records.ts'
import { request } from '#electron/host/fixture.ts'
import { practiceMedia } from '#electron/host/practice.ts'
import { createProject } from '#electron/storage/projectFolder.ts'
import { commands } from './commands.ts'

let folder: string
let there: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorum-cli-'))
  there = join(folder, 'there')
  createProject(there, Date.now, (store) => void store.addNew('create', author('ada'), [project(), label('car'), image('a'), annotation('one')])).close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ran { readonly code: number | null; readonly out: string; readonly err: string }

/** The command in a process of its own, as a shell would start it. `meanwhile` sees what it prints. */
function quorum(args: readonly string[], meanwhile: (out: string, child: ReturnType<typeof spawn>) => void = () => undefined): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { cwd: folder, env: { ...process.env, QUORUM_DATA_DIR: join(folder, 'data') } })
    let out = ''
    let err = ''
    child.stdout.on('data', (part) => { out += part; meanwhile(out, child) })
    child.stderr.on('data', (part) => { err += part })
    child.on('close', (code) => resolve({ code, out, err }))
  })
}
const lines = (text: string) => text.split('\n').filter((line) => line !== '')
const fresh = (name: string) => {
  cpSync(there, join(folder, name), { recursive: true })
  return join(folder, name)
}

test.each(commands.map(({ name }) => name))('quorum %s --help shows its use with an example', async (name) => {
  const { code, out, err } = await quorum([name, '--help'])
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain(`usage: quorum ${name}`)
  expect(out).toMatch(new RegExp(`example: quorum ${name}`, 'u'))
})

const wrong: [args: string, why: RegExp][] = [
  ['', /usage: quorum COMMAND/u], ['bogus', /no command "bogus"/u], ...commands.map(({ name }): [string, RegExp] => [`${name} --bogus`, /Unknown option '--bogus'/u]),
  ['init', /takes 1 words/u], ['init a b', /takes 1 words/u], ['import there', /takes 2 to 1000 words/u], ['import there x --format bogus', /--format bogus/u],
  ['export there out', /--format is missing/u], ['export there --format coco', /OUT, the folder to make, is missing/u], ['export there out --format coco --seed 1', /--seed goes with --split/u],
  ['export there out --format coco --split train', /--split train/u], ['log there --since x', /whole number/u], ['log there --since=-1', /--since takes a cursor/u],
  ['apply there', /takes 2 words/u], ['apply there x --as a/b', /--as: a name must not hold/u], ['serve --port x', /whole number/u], ['serve --port 70000', /65535/u], ['check', /takes 1 words/u], ['formats --json=yes', /json/u],
]
test.each(wrong)('wrong use: "quorum %s" exits with 2 and a line on stderr', async (args, why) => {
  const { code, out, err } = await quorum(args === '' ? [] : [...args.split(' '), '--json'])
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(why)
  if (args !== '') expect(lines(err)).toHaveLength(1)
})

const failing: [args: string, why: RegExp][] = [
  ['import none photos', /There is no folder/u], ['export none out --format coco', /There is no folder/u], ['log none', /There is no folder/u], ['check none', /There is no folder/u],
  ['apply none x', /There is no folder/u], ['serve none', /There is no folder/u], ['init there', /already holds a project/u], ['init new --labels none.txt', /none\.txt cannot be read/u],
  ['apply there none.jsonl', /There is no file none\.jsonl/u], ['apply there there', /is a folder/u], ['log data', /not a Quorum project|no folder/u], ['export there out --format coco --layer none', /no layer "none"/u],
]
test.each(failing)('work that fails: "quorum %s" exits with 1, one line on stderr and nothing on stdout', async (args, why) => {
  const { code, out, err } = await quorum([...args.split(' '), '--json'])
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(why)
  expect(lines(err)).toHaveLength(1)
  expect(err).not.toMatch(/^\s+at /mu)
})

test('--verbose adds where it happened', async () => {
  const { err } = await quorum(['init', join(folder, 'there', 'project.db', 'x'), '--verbose'])
  expect(lines(err).length).toBeGreaterThan(1)
})

test('--json is one document on stdout for every command that ends by itself', async () => {
  const made = join(folder, 'json')
  const args = [['init', made, '--name', 'J'], ['import', made, practiceMedia], ['formats'], ['log', made], ['check', made], ['export', made, '--format', 'coco', '--dry-run'], ['export', made, join(folder, 'json-out'), '--format', 'coco']]
  for (const each of args) {
    const { code, out } = await quorum([...each, '--json'])
    expect([each[0], code]).toEqual([each[0], expect.toBeOneOf([0, 3])])
    expect(out.endsWith('\n') && lines(out).length === 1).toBe(true)
    expect(typeof JSON.parse(out)).toBe('object')
  }
}, 120_000)

test('our own export comes in again without a remark on its own list of contents', async () => {
  const made = join(folder, 'again')
  await quorum(['init', made, '--name', 'A'])
  const { out } = await quorum(['import', made, join(folder, 'json-out'), '--json'])
  expect(JSON.parse(out).issues.filter(({ path }: { path: string }) => path.includes('quorum-export'))).toEqual([])
}, 60_000)

test('findings exit with 3: a project whose media are gone', async () => {
  const { code, out } = await quorum(['check', there, '--json'])
  expect([code, JSON.parse(out).ok]).toEqual([3, false])
})

test('a corrupt project file is reported by check with 3, by others with 1, and the words say what to do', async () => {
  const path = fresh('corrupt')
  writeFileSync(join(path, 'project.db'), 'not a database '.repeat(1000))
  const checked = await quorum(['check', path, '--json'])
  expect([checked.code, JSON.parse(checked.out)]).toMatchObject([3, { ok: false, findings: [{ code: 'sqlite' }] }])
  const logged = await quorum(['log', path])
  expect(logged.code).toBe(1)
  expect(logged.err).toMatch(/is damaged\. .*quorum check --repair/u)
})

test('a log reads as lines, tells its cursor on stderr, and goes on from there', async () => {
  const path = fresh('cursor')
  const first = await quorum(['log', path])
  expect(lines(first.out).map((line) => JSON.parse(line).name)).toEqual(['create'])
  const [, cursor] = /^cursor (\d+)$/mu.exec(first.err)!
  writeFileSync(join(folder, 'one.jsonl'), JSON.stringify(request(adding(annotation('two')))))
  await quorum(['apply', path, 'one.jsonl', '--as', 'ada'])
  expect(lines((await quorum(['log', path, '--since', cursor!])).out)).toHaveLength(1)
  const document = JSON.parse((await quorum(['log', path, '--since', cursor!, '--json'])).out)
  expect(document).toMatchObject({ changes: [{ name: 'test' }], cursor: Number(cursor) + 1 })
})

test('what log printed can be applied again, and counts once', async () => {
  const path = fresh('twice')
  const { out } = await quorum(['log', path])
  const before = JSON.parse((await quorum(['check', path, '--json'])).out).logHash
  writeFileSync(join(folder, 'log.jsonl'), out)
  const again = await quorum(['apply', path, 'log.jsonl', '--as', 'ada', '--json'])
  expect([again.code, JSON.parse(again.out)]).toEqual([0, { applied: 1, rejected: [] }])
  expect(JSON.parse((await quorum(['check', path, '--json'])).out).logHash).toBe(before)
})

test('Windows line ends, a byte order mark, empty lines and U+2028 inside a text are read; wrong lines are told by number', async () => {
  const path = fresh('lines')
  const good = JSON.stringify(request(adding(annotation('sep', { text: 'a\u2028b' }))))
  const broken = '{"name":"x"'
  const foreign = JSON.stringify({ name: 'x', diff: adding(annotation('theirs', { layer: 'bob' as never })) })
  const noNumber = good.replace('"x":10', '"x":1e999').replace('sep', 'inf').replace('sep', 'inf')
  writeFileSync(join(folder, 'win.jsonl'), `\uFEFF${[good, '', broken, foreign, noNumber].join('\r\n')}\r\n`)
  const { code, out } = await quorum(['apply', path, 'win.jsonl', '--as', 'ada', '--json'])
  const report = JSON.parse(out)
  expect([code, report.applied]).toEqual([3, 1])
  expect(report.rejected.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5])
})

test('a reader that has read enough ends the log without a word', async () => {
  const path = fresh('pipe')
  const many = Array.from({ length: 300 }, (_, index) => JSON.stringify({ name: 'x', asset: assetId('a'), diff: adding(annotation(`p${index}`, { text: 'x'.repeat(2000) })) }))
  writeFileSync(join(folder, 'many.jsonl'), many.join('\n'))
  await quorum(['apply', path, 'many.jsonl', '--as', 'ada'])
  const { code, err } = await quorum(['log', path], (_out, child) => child.stdout?.destroy())
  expect([code, err]).toEqual([0, ''])
})

test('serve prints its address and nothing more, and ends on SIGTERM with the project free', async () => {
  const path = fresh('served')
  const { code, out, err } = await quorum(['serve', path, '--port', '0', '--json'], (_out, child) => child.kill('SIGTERM'))
  expect([code, err]).toEqual([0, ''])
  expect(lines(out).map((line) => JSON.parse(line))).toEqual([{ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/u) }])
  expect(existsSync(join(path, 'lock.json'))).toBe(false)
})

test('serve on a port in use says so, and frees the project', async () => {
  const taken = createServer()
  const port = await new Promise<number>((resolve) => taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port)))
  const path = fresh('port')
  const { code, out, err } = await quorum(['serve', path, '--port', String(port)])
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(new RegExp(`Port ${port} is in use`, 'u'))
  expect(existsSync(join(path, 'lock.json'))).toBe(false)
  taken.close()
})

test('a project that may only be read is logged and checked, and refuses changes in words', async () => {
  const path = fresh('readonly')
  chmodSync(folder, 0o755)
  chmodSync(join(path, 'project.db'), 0o444)
  chmodSync(path, 0o555)
  // Root may write everywhere, so where root runs the tests the command runs as nobody.
  const root = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const asReader = (args: readonly string[]) => new Promise<Ran>((resolve) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { ...root, env: { ...process.env, QUORUM_DATA_DIR: join(folder, 'none') } })
    let out = ''
    let err = ''
    child.stdout.on('data', (part) => { out += part })
    child.stderr.on('data', (part) => { err += part })
    child.on('close', (code) => resolve({ code, out, err }))
  })
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('quorum-read-'))
  const logged = await asReader(['log', path, '--json'])
  expect([logged.code, logged.err, JSON.parse(logged.out).changes.length]).toEqual([0, '', 1])
  const applied = await asReader(['apply', path, join(folder, 'one.jsonl'), '--as', 'ada'])
  expect([applied.code, applied.out]).toEqual([1, ''])
  expect(applied.err).toMatch(/cannot be written, so the project is open for reading only/u)
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('quorum-read-'))).toEqual(before)
  chmodSync(path, 0o755)
})

test('a settings folder that cannot be written stops no command', async () => {
  const file = join(folder, 'nowhere')
  writeFileSync(file, '')
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'log', there, '--json'], { env: { ...process.env, QUORUM_DATA_DIR: file } })
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
  chmodSync(file, 0o600)
  expect(readFileSync(file, 'utf8')).toBe('')
})
