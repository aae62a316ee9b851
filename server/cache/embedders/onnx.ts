import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Embedder } from '../../core/ports.ts'

/** What of `@huggingface/transformers` (https://huggingface.co/docs/transformers.js) is used. */
export interface Transformers {
  env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string }
  pipeline(
    task: 'feature-extraction',
    model: string,
    options: { dtype: string; local_files_only: boolean },
  ): Promise<FeatureExtraction>
}

type FeatureExtraction = (
  texts: string[],
  options: { pooling: 'mean'; normalize: boolean },
) => Promise<{ data: ArrayLike<number>; dims: readonly number[] }>

const PACKAGE = '@huggingface/transformers'
const PARTS = ['config.json', 'tokenizer.json'] as const
/** Files that the package looks for, by the precision it is asked for; the first one that is there is used. */
const MODELS: readonly (readonly [file: string, dtype: string])[] = [
  ['model.onnx', 'fp32'],
  ['model_fp16.onnx', 'fp16'],
  ['model_quantized.onnx', 'q8'],
  ['model_int8.onnx', 'int8'],
  ['model_uint8.onnx', 'uint8'],
  ['model_q4.onnx', 'q4'],
  ['model_q4f16.onnx', 'q4f16'],
  ['model_bnb4.onnx', 'bnb4'],
]
/** Texts in one call of the model. */
const BATCH = 16
const HASH_CHARACTERS = 12
const NO_TEXT = ' '

/**
 * Opens a sentence embedding model that lies in a folder: `config.json`, `tokenizer.json` and one of `onnx/model*.onnx`,
 * as models for Transformers.js are published. Nothing is downloaded. The vector space is named after the folder and a
 * hash of the model, so another model under the same name is another space. Rejects with what to do where the
 * package, the folder or one of its files is missing.
 */
export async function openOnnx(folder: string, load: () => Promise<unknown> = loadPackage): Promise<Embedder> {
  const path = resolve(folder)
  const { file, dtype } = findModel(path)
  const { env, pipeline } = await loadTransformers(load)
  const id = `onnx:${basename(path)}:${await hashOf(file)}`
  env.allowRemoteModels = false
  env.allowLocalModels = true
  env.localModelPath = `${dirname(path)}/`
  const extract = await pipeline('feature-extraction', basename(path), { dtype, local_files_only: true }).catch(
    (error) => {
      throw new Error(`the model in ${path} cannot be opened: ${(error as Error).message}`, { cause: error })
    },
  )
  return embedderOf(id, extract)
}

function embedderOf(id: string, extract: FeatureExtraction): Embedder {
  let dimensions: number | null = null
  return {
    id,
    get dimensions() {
      return dimensions
    },
    async embed(texts, signal) {
      const vectors: Float32Array[] = []
      for (let at = 0; at < texts.length; at += BATCH) {
        signal?.throwIfAborted()
        const batch = texts.slice(at, at + BATCH).map((text) => (text.trim() === '' ? NO_TEXT : text))
        const { data, dims } = await extract(batch, { pooling: 'mean', normalize: true })
        const [rows = 0, width = 0] = dims
        if (dims.length !== 2 || rows !== batch.length || data.length !== rows * width)
          throw new Error(
            `the model gave ${dims.join(' × ')} numbers for ${batch.length} texts: it is no model for sentences`,
          )
        dimensions ??= width
        for (let row = 0; row < rows; row++)
          vectors.push(unit(Array.prototype.slice.call(data, row * width, (row + 1) * width)))
      }
      signal?.throwIfAborted()
      return vectors
    },
  }
}

/** Rounding, and texts without a token, may have left it at another length. */
function unit(values: readonly number[]): Float32Array {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
  if (Number.isFinite(length) && length > 1e-6) return Float32Array.from(values, (value) => value / length)
  return Float32Array.from(values, (_, index) => (index === 0 ? 1 : 0))
}

function findModel(path: string): { file: string; dtype: string } {
  if (!existsSync(path)) throw new Error(`there is no folder ${path}: put a model for Transformers.js there`)
  for (const part of PARTS) {
    if (!existsSync(join(path, part)))
      throw new Error(`${join(path, part)} is missing: copy it there from where the model is published`)
  }
  for (const [name, dtype] of MODELS) {
    const file = join(path, 'onnx', name)
    if (existsSync(file)) return { file, dtype }
  }
  const found = existsSync(join(path, 'onnx')) ? readdirSync(join(path, 'onnx')).join(', ') : ''
  const names = MODELS.map(([name]) => name).join(', ')
  throw new Error(`${join(path, 'onnx')} holds ${found || 'nothing'}, and should hold one of ${names}`)
}

async function loadTransformers(load: () => Promise<unknown>): Promise<Transformers> {
  try {
    return (await load()) as Transformers
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND'
    const what = missing
      ? `${PACKAGE} is not installed: run \`npm install --no-save ${PACKAGE}\` in the folder of Gatehouse`
      : `${PACKAGE} cannot be loaded: ${(error as Error).message}`
    throw new Error(what, { cause: error })
  }
}

/** By a name that no compiler resolves: whoever wants it installs it. */
function loadPackage(): Promise<unknown> {
  const name: string = PACKAGE
  return import(name)
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('base64url').slice(0, HASH_CHARACTERS)
}
