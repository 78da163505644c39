import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A folder, named from the root, and what it may import besides itself. A nested folder goes by its own line alone. */
interface Layer {
  folder: string
  uses: string[]
  /** Names from `housed` whose packages live here. */
  homeOf?: string[]
  /** The only packages it may import; none named: any that has no home elsewhere. */
  packages?: string[]
}

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const model = 'shared/model'
const plain = [model, 'shared/geometry', 'shared/text']
const pure = ['zod']
const views = ['projects', 'schema', 'import', 'label', 'models', 'acceptance', 'review', 'consensus', 'quality', 'export'].map((name) => `renderer/views/${name}`)
const windowFiles = ['main', 'preload', 'window', 'protocol', 'menu', 'security', 'dialogs', 'transport/ipc']

/** Packages that have one home each. */
const housed: Record<string, { packages: string[], sentence: string }> = {
  sqlite: { packages: ['better-sqlite3'], sentence: 'only electron/storage/database.ts opens SQLite' },
  konva: { packages: ['konva', 'react-konva'], sentence: 'only renderer/canvas draws with Konva' },
  pictures: { packages: ['sharp'], sentence: 'only electron/media decodes pictures' },
  sound: { packages: ['@audio', 'music-metadata'], sentence: 'only electron/media decodes sound' },
  inference: { packages: ['onnxruntime-web', 'onnxruntime-node', 'onnxruntime-common'], sentence: 'only renderer/inference and electron/prelabel run models' },
  charts: { packages: ['@observablehq/plot'], sentence: 'only renderer/charts draws charts' },
  electron: { packages: ['electron'], sentence: `only electron/{${windowFiles.join(',')}}.ts know Electron` },
  react: { packages: ['react', 'react-dom'], sentence: 'React lives in the renderer, and not in its editor and tools' },
}

/** Who may import whom: the table of ARCHITECTURE.md, refused as lint errors. */
const layers: Layer[] = [
  { folder: 'shared', uses: [], packages: pure },
  { folder: model, uses: [], packages: pure },
  { folder: 'shared/geometry', uses: [model], packages: pure },
  { folder: 'shared/text', uses: [model], packages: pure },
  // Of estimates and models it needs the schemas of what they answer.
  { folder: 'shared/contract', uses: [model, 'shared/consensus', 'shared/prelabel'], packages: pure },
  { folder: 'shared/audio', uses: [], packages: pure },
  { folder: 'shared/agreement', uses: plain, packages: pure },
  { folder: 'shared/consensus', uses: [...plain, 'shared/agreement'], packages: pure },
  { folder: 'shared/quality', uses: [...plain, 'shared/agreement', 'shared/consensus'], packages: pure },
  { folder: 'shared/formats', uses: [...plain, 'shared/contract'], packages: [...pure, 'yaml'] },
  { folder: 'shared/prelabel', uses: [...plain, 'shared/audio', 'shared/agreement', 'shared/contract'], packages: [...pure, 'pbf'] },
  { folder: 'shared/testing', uses: ['shared'] },
  { folder: 'electron', uses: ['shared'] },
  { folder: 'electron/media', uses: ['shared', 'electron'], homeOf: ['pictures', 'sound'] },
  { folder: 'electron/prelabel', uses: ['shared', 'electron'], homeOf: ['inference'] },
  { folder: 'renderer', uses: ['shared'], homeOf: ['react'] },
  { folder: 'renderer/editor', uses: ['shared'] },
  { folder: 'renderer/tools', uses: ['shared', 'renderer/editor'] },
  { folder: 'renderer/canvas', uses: ['shared', 'renderer'], homeOf: ['react', 'konva'] },
  { folder: 'renderer/inference', uses: ['shared', 'renderer'], homeOf: ['react', 'inference'] },
  { folder: 'renderer/charts', uses: ['renderer/ui'], homeOf: ['react', 'charts'] },
  { folder: 'renderer/ui', uses: [], homeOf: ['react'] },
  ...views.map((folder) => ({ folder, uses: ['shared', 'renderer'], homeOf: ['react'] })),
]

const foldersIn = (parent: string): string[] => {
  try {
    return readdirSync(join(root, parent), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => `${parent}/${entry.name}`)
  } catch {
    return []
  }
}

/** Every folder that a line of the table could refuse: those of the table and those on disk, so that a new one is refused until it is listed. */
const everyFolder = [...new Set([
  'shared', 'electron', 'renderer', ...layers.map(({ folder }) => folder), ...['shared', 'electron', 'renderer', 'renderer/views'].flatMap(foldersIn),
])]

const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }

interface Pattern { regex: string, message: string }

const isIn = (folder: string, parent: string): boolean => folder === parent || folder.startsWith(`${parent}/`)
const escaped = (text: string): string => text.replaceAll(/[/.]/g, String.raw`\$&`)
const oneOf = (names: string[]): string => `(${names.map(escaped).join('|')})(/|$)`

function packagePatterns({ folder, homeOf = [], packages }: Layer): Pattern[] {
  const homes = Object.entries(housed).filter(([name]) => !homeOf.includes(name)).map(([, home]) => ({ regex: `^${oneOf(home.packages)}`, message: home.sentence }))
  if (!packages) return homes
  const refused = Object.keys(dependencies).filter((name) => !packages.includes(name))
  return [...homes, { regex: `^${oneOf(refused)}`, message: `${folder} imports no package but ${packages.join(', ')}` }]
}

/** Both spellings of a folder that is not allowed: `#shared/text/…` from anywhere, `../text/…` from beside it. */
function folderPatterns({ folder, uses }: Layer): Pattern[] {
  const allowed = [folder, ...uses]
  const message = `${folder} imports nothing of ours but ${allowed.join(', ')}`
  const otherViews = isIn(folder, 'renderer/views') ? everyFolder.filter((other) => isIn(other, 'renderer/views') && other !== 'renderer/views' && other !== folder) : []
  const refused = [...everyFolder.filter((other) => !allowed.some((ours) => isIn(other, ours) || isIn(ours, other))), ...otherViews]
  const parent = folder.includes('/') ? dirname(folder) : ''
  const beside = refused.filter((other) => parent !== '' && isIn(other, parent)).map((other) => other.slice(parent.length + 1))
  // Files that lie in the parent folder itself belong to whoever may use that folder.
  const above = parent === '' || allowed.some((ours) => isIn(parent, ours)) ? [] : [`^#${escaped(parent)}/[^/]+$`]
  return [
    { regex: `^#${oneOf(refused)}`, message },
    ...(beside.length > 0 ? [{ regex: String.raw`^\.\./` + oneOf(beside), message }] : []),
    ...above.map((regex) => ({ regex, message })),
  ]
}

const faraway: Pattern = { regex: String.raw`^\.\./\.\./`, message: 'use a #shared/, #electron/ or #renderer/ path' }
const nodeModules: Pattern = { regex: '^node:', message: 'shared is pure: no Node in it' }

const restricted = (...patterns: Pattern[]) => ({ 'no-restricted-imports': ['error', { patterns }] as ['error', { patterns: Pattern[] }] })
const rulesOf = (layer: Layer) => restricted(faraway, ...packagePatterns(layer), ...folderPatterns(layer))

function overridesOf(layer: Layer) {
  const ending = '*.{ts,tsx}'
  const all = { files: [`${layer.folder}/**/${ending}`], rules: rulesOf(layer) }
  if (!isIn(layer.folder, 'shared')) return [all]
  const pureCode = { ...all, rules: restricted(faraway, nodeModules, ...packagePatterns(layer), ...folderPatterns(layer)) }
  // Tests of pure code may read fixtures, and make records as other tests do.
  const tests = { ...layer, uses: [...layer.uses, 'shared/testing'] }
  return [pureCode, { files: [`${layer.folder}/**/*.test.ts`], rules: rulesOf(tests) }]
}

const electronLayer: Layer = { folder: 'electron', uses: ['shared'] }

/** For files without a layer: end-to-end tests, benchmarks, build scripts. */
export const everywhere = restricted(faraway)

/** Later overrides win: folders, then the single files that are a package's home. */
export const overrides = [
  ...layers.flatMap(overridesOf),
  { files: windowFiles.map((name) => `electron/${name}.ts`), rules: rulesOf({ ...electronLayer, homeOf: ['electron'] }) },
  { files: ['electron/storage/database.ts'], rules: rulesOf({ ...electronLayer, homeOf: ['sqlite'] }) },
]
