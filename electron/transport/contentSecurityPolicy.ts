/** For the page under both transports. Styles may be inline because React sets `style` attributes for positions. */
export const contentSecurityPolicy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob: asset:", "media-src 'self' blob: asset:",
  "font-src 'self'", "connect-src 'self' asset:", "worker-src 'self' blob:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ')
