/** For the page under both transports. WebAssembly may be compiled (models), code from text may not. Styles may be inline because React sets `style` attributes for positions. */
export const contentSecurityPolicy = [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob: asset:", "media-src 'self' blob: asset:",
  "font-src 'self'", "connect-src 'self' asset:", "worker-src 'self' blob:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ')
