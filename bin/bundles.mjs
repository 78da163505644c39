// How vite turns sources into dist/: the electron side one file to one, so that worker threads and messages find files by relative URL;
// the preload script as one CommonJS file, the only thing a sandboxed page can be given; the renderer as a page.
import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import react from '@vitejs/plugin-react'
import { root } from './places.mjs'

const common = { root, configFile: false, logLevel: 'warn', clearScreen: false }

const isModule = (name) => name.endsWith('.ts') && !/\.test\.ts$|\.d\.ts$/.test(name)

function* modulesUnder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* modulesUnder(path)
    else if (isModule(entry.name)) yield path
  }
}

/** Ours are relative, absolute or `#…`; whatever else is a package, which stays in node_modules. */
const isPackage = (id) => !/^[.#/\\\0]|^[A-Za-z]:/.test(id)

const node = (outDir) => {
  const entries = [...modulesUnder(join(root, 'electron'))].filter((path) => !path.endsWith('preload.ts'))
  return {
    ...common,
    publicDir: false,
    build: {
      ssr: true, outDir, emptyOutDir: false, target: 'node20', minify: false, sourcemap: true, reportCompressedSize: false,
      rolldownOptions: {
        input: Object.fromEntries(entries.map((path) => [relative(root, path).replace(/\.ts$/, ''), path])),
        external: isPackage,
        output: { format: 'es', preserveModules: true, preserveModulesRoot: root, entryFileNames: '[name].js' },
      },
    },
  }
}

const preload = (outDir) => ({
  ...common,
  publicDir: false,
  build: {
    ssr: true, outDir: join(outDir, 'electron'), emptyOutDir: false, target: 'node20', minify: false, reportCompressedSize: false,
    rolldownOptions: {
      input: join(root, 'electron', 'preload.ts'),
      external: isPackage,
      output: { format: 'cjs', entryFileNames: 'preload.cjs' },
    },
  },
})

const page = (outDir) => ({
  ...common,
  root: join(root, 'renderer'),
  base: '/',
  plugins: [react()],
  worker: { format: 'es' },
  // Nothing inline: the content security policy of the window allows files of our own only.
  build: { outDir: join(outDir, 'renderer'), emptyOutDir: false, target: 'chrome130', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false, chunkSizeWarningLimit: 4000 },
})

/** The vite configurations that make one part of dist. */
export const bundlesOf = (part, outDir) => {
  if (part === 'renderer') return existsSync(join(root, 'renderer', 'index.html')) ? [page(outDir)] : []
  return existsSync(join(root, 'electron', 'preload.ts')) ? [node(outDir), preload(outDir)] : [node(outDir)]
}
