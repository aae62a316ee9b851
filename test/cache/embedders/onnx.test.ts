import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { openOnnx, type Transformers } from '../../../server/cache/embedders/onnx.ts'
import { fakeTransformers } from './fake-transformers.ts'

const root = mkdtempSync(join(tmpdir(), 'gatehouse-onnx-'))
after(() => rmSync(root, { recursive: true }))
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(root, 'model-'))
})

function write(...files: string[]): void {
  mkdirSync(join(folder, 'onnx'), { recursive: true })
  for (const file of files) writeFileSync(join(folder, file), file)
}

test('each thing that is missing is named', async () => {
  const { module } = fakeTransformers()
  const load = async () => module
  await assert.rejects(openOnnx(join(folder, 'none'), load), /there is no folder .*none/)
  await assert.rejects(openOnnx(folder, load), /config\.json is missing/)
  write('config.json')
  await assert.rejects(openOnnx(folder, load), /tokenizer\.json is missing/)
  write('tokenizer.json')
  await assert.rejects(openOnnx(folder, load), /holds nothing, and should hold one of model\.onnx/)
  write(join('onnx', 'decoder.onnx'))
  await assert.rejects(openOnnx(folder, load), /holds decoder\.onnx/)
  write(join('onnx', 'model_quantized.onnx'))
  const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
  await assert.rejects(
    openOnnx(folder, () => Promise.reject(missing)),
    /is not installed: run `npm install/,
  )
  await assert.rejects(
    openOnnx(folder, () => Promise.reject(new Error('wrong libc'))),
    /cannot be loaded: wrong libc/,
  )
  assert.ok(await openOnnx(folder, load))
})

test('without the package, which is not one of ours, it says how to install it', async () => {
  write('config.json', 'tokenizer.json', join('onnx', 'model.onnx'))
  await assert.rejects(
    openOnnx(folder),
    /@huggingface\/transformers (?:is not installed|cannot be loaded)|cannot be opened/,
  )
})

test('nothing is fetched, and the model is opened from its folder at the precision that is there', async () => {
  write('config.json', 'tokenizer.json', join('onnx', 'model_quantized.onnx'))
  const { module, asked } = fakeTransformers()
  await openOnnx(folder, async () => module)
  assert.deepEqual(module.env, {
    allowRemoteModels: false,
    allowLocalModels: true,
    localModelPath: `${dirname(folder)}/`,
  })
  assert.equal(asked[0]!.model, basename(folder))
  assert.deepEqual(asked[0]!.options, { dtype: 'q8', local_files_only: true })
})

test('another model is another space; many texts go in batches', async () => {
  write('config.json', 'tokenizer.json', join('onnx', 'model.onnx'))
  const { module, asked } = fakeTransformers()
  const before = await openOnnx(folder, async () => module)
  assert.match(before.id, /^onnx:model-\w+:[\w-]{12}$/)
  assert.equal(before.dimensions, null)
  await before.embed(Array.from({ length: 40 }, (_, index) => `text ${index}`))
  assert.deepEqual(asked[0]!.batches, [16, 16, 8])
  assert.equal(before.dimensions, 8)
  writeFileSync(join(folder, 'onnx', 'model.onnx'), 'another')
  assert.notEqual((await openOnnx(folder, async () => module)).id, before.id)
})

test('a model that is broken or makes no sentence vectors is refused', async () => {
  write('config.json', 'tokenizer.json', join('onnx', 'model.onnx'))
  const { module } = fakeTransformers()
  const broken: Transformers = { ...module, pipeline: () => Promise.reject(new Error('protobuf parsing failed')) }
  await assert.rejects(
    openOnnx(folder, async () => broken),
    /cannot be opened: protobuf parsing failed/,
  )
  const tokens: Transformers = { ...module, pipeline: async () => async () => ({ data: [1, 2, 3], dims: [1, 3, 1] }) }
  const embedder = await openOnnx(folder, async () => tokens)
  await assert.rejects(embedder.embed(['a']), /1 × 3 × 1 numbers for 1 texts: it is no model for sentences/)
})
