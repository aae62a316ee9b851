import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { askAdmin } from './admin.ts'

interface Document {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, { summary?: string; responses?: Record<string, unknown>; security?: unknown[] }>>
  components: { securitySchemes: Record<string, unknown> }
}

const ROOM = new URL('../../server/http/admin/', import.meta.url)

let gateway: TestGateway
let document: Document
before(async () => {
  gateway = await startGateway(routesConfig({}, { default: ['sandbox/echo'] }))
  document = (await (await askAdmin(gateway, 'openapi.json')).json()) as Document
})
after(() => gateway.stop())

/** Every endpoint that the admin room registers, read from its source: `app.get('/admin/api/…'`. */
function registered(): string[] {
  return readdirSync(ROOM)
    .map((file) => readFileSync(new URL(file, ROOM), 'utf8').replaceAll('${PREFIX}', '/admin/api'))
    .flatMap((source) => [
      ...source.matchAll(/\b(?:app|scope)\.(get|post|put|patch|delete)\b(?:<[^()]*>)?\(\s*['"`](\/admin\/api[^'"`]*)/g),
    ])
    .map(([, method, path]) => `${method} ${path!.replace(/:(\w+)/g, '{$1}')}`)
    .sort()
}

test('the document describes every endpoint that is registered, and no other', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  assert.ok(described.length >= 10)
  assert.deepEqual(described.sort(), registered())
})

test('it is OpenAPI 3.1 with a name, a version and the two ways in', () => {
  assert.equal(document.openapi, '3.1.0')
  assert.equal(document.info.version, 'test')
  assert.notEqual(document.info.title, '')
  assert.deepEqual(Object.keys(document.components.securitySchemes).sort(), ['session', 'token'])
})

test('every operation has a summary, and those that answer with JSON have its schema', () => {
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      assert.ok((operation.summary?.length ?? 0) > 5, `${method} ${path}`)
      if (!/events|openapi/.test(path))
        assert.ok(
          Object.keys(operation.responses ?? {}).some((status) => status.startsWith('2')),
          `${method} ${path}`,
        )
    }
})

test('every reference inside the document leads somewhere', () => {
  const text = JSON.stringify(document)
  for (const [, pointer] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = pointer!
      .split('/')
      .reduce<unknown>((node, step) => (node as Record<string, unknown>)?.[step], document)
    assert.ok(target, pointer)
  }
})

test('every path without parameters answers its holder of the token', async () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    if (!('get' in methods) || path.includes('{') || path.endsWith('/events')) continue
    assert.equal((await askAdmin(gateway, path.replace('/admin/api/', ''))).status, 200, path)
  }
})
