import { extname } from 'node:path'
import { contentSecurityPolicy } from './contentSecurityPolicy.ts'

/** Headers of every answer, by the window's protocol and the loopback server alike: nothing embedded elsewhere, nothing guessed, threads for WebAssembly allowed. */
export const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Resource-Policy': 'same-origin',
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2', '.png': 'image/png', '.json': 'application/json', '.wasm': 'application/wasm', '.map': 'application/json', '.ico': 'image/x-icon',
}

/** The media type of a file of the page, by its ending. */
export const pageType = (path: string): string => types[extname(path).toLowerCase()] ?? 'application/octet-stream'
