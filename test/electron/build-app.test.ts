import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rewriteSourceUrls } from '../../scripts/build-app.ts'

test('URLs of sources become URLs of what was emitted', () => {
  const code = `new Worker(new URL('./writer-worker.ts', import.meta.url)); new URL("../a/b.ts", import.meta.url)`
  assert.equal(
    rewriteSourceUrls(code),
    `new Worker(new URL('./writer-worker.js', import.meta.url)); new URL("../a/b.js", import.meta.url)`,
  )
})

test('a URL over several lines is one too', () => {
  assert.equal(
    rewriteSourceUrls(`new URL(\n  './x.ts',\n  import.meta.url,\n)`),
    `new URL(\n  './x.js',\n  import.meta.url,\n)`,
  )
})

test('other strings stay as they are', () => {
  const code = `new URL('../../resources/default.yaml', import.meta.url); new URL('https://a.example/x.ts', base); './x.ts'`
  assert.equal(rewriteSourceUrls(code), code)
})
