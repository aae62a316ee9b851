import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { builtinLexical } from '../../server/cache/embedders/builtin-lexical.ts'
import { openOnnx } from '../../server/cache/embedders/onnx.ts'
import type { Embedder } from '../../server/core/ports.ts'
import { fakeTransformers } from '../cache/embedders/fake-transformers.ts'

/** What every embedder must keep to. Providers' run over a socket and have their tests beside their client. */

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-embedders-'))
after(() => rmSync(folder, { recursive: true }))
mkdirSync(join(folder, 'onnx'))
for (const file of ['config.json', 'tokenizer.json', join('onnx', 'model.onnx')])
  writeFileSync(join(folder, file), '{}')

const EMBEDDERS: Readonly<Record<string, () => Promise<Embedder>>> = {
  'builtin-lexical': async () => builtinLexical,
  onnx: () => openOnnx(folder, async () => fakeTransformers().module),
}
const TEXTS = [
  'How do I reset my password?',
  'What is the capital of France?',
  '',
  ' \n\t ',
  '?!',
  '\0',
  '\uD800',
  '\u200B',
  '北京的天气怎么样？',
  '😀',
  'a'.repeat(50_000),
  'word '.repeat(10_000),
  '( [ { }',
]

for (const [name, open] of Object.entries(EMBEDDERS)) {
  test(`${name} makes one unit vector a text, in order, and knows its dimensions afterwards`, async () => {
    const embedder = await open()
    assert.match(embedder.id, /^[a-z]+[:-].+/)
    const vectors = await embedder.embed(TEXTS)
    assert.equal(vectors.length, TEXTS.length)
    for (const [index, vector] of vectors.entries()) {
      assert.ok(vector instanceof Float32Array)
      assert.equal(vector.length, embedder.dimensions)
      const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
      assert.ok(Math.abs(length - 1) < 1e-4, `${JSON.stringify(TEXTS[index]!.slice(0, 20))}: ${length}`)
    }
    const [alone] = await embedder.embed([TEXTS[1]!])
    assert.deepEqual(alone, vectors[1])
    assert.notDeepEqual(vectors[0], vectors[1])
    assert.deepEqual(await embedder.embed([]), [])
  })

  test(`${name} makes the same of the same text each time`, async () => {
    const [one, other] = [await open(), await open()]
    assert.equal(one.id, other.id)
    assert.deepEqual(await one.embed(TEXTS), await other.embed(TEXTS))
  })

  test(`${name} rejects when the signal has fired`, async () => {
    const embedder = await open()
    await assert.rejects(embedder.embed(TEXTS, AbortSignal.abort(new Error('enough'))), /enough/)
  })
}
