import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { isModelApi } from './safety.ts'

/** Nothing from elsewhere, nothing inline. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/** On everything that the browser may show. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=()',
}

const NOT_BUILT =
  'The gateway runs, but its UI has not been built. Stop it and run: npm start (or: node scripts/build-ui.ts)\n'

/** What Ollama's server says of itself, and what its clients look for before anything else. */
const OLLAMA_GREETING = 'Ollama is running'

/** The built UI; any path without a file is one of its pages. At the root, programs are greeted as Ollama does. */
export async function registerUi(app: FastifyInstance, folder: string): Promise<void> {
  app.addHook('onRequest', (request, reply, done) => {
    const asksRoot = request.url === '/' && (request.method === 'GET' || request.method === 'HEAD')
    if (asksRoot && !(request.headers.accept ?? '').includes('text/html'))
      void reply.type('text/plain').send(OLLAMA_GREETING)
    else done()
  })
  if (!existsSync(join(folder, 'index.html'))) {
    app.get('/', (_request, reply) => void reply.type('text/plain').send(NOT_BUILT))
    return
  }
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    setHeaders(reply, path) {
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) reply.header(name, value)
      // File names under assets/ carry a hash of their content.
      const forEver = path.startsWith(join(folder, 'assets'))
      void reply.header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}

/** True for a browser that opens a page of the UI. */
export function wantsPage(method: string, path: string, accept: string | undefined): boolean {
  const isApi = isModelApi(path) || path.startsWith('/admin/') || path.startsWith('/assets/')
  return method === 'GET' && !isApi && (accept ?? '').includes('text/html')
}
