import { parseArgs } from 'node:util'
import type { EmbeddingsServer } from './http-embedder.ts'

/** What `npm run eval:cache` is asked to do. */
export interface Options {
  /** What is measured: the built-in one, an ONNX model in a folder, or a server. */
  embedder: { kind: 'builtin-lexical' } | { kind: 'onnx'; folder: string } | ({ kind: 'server' } & EmbeddingsServer)
  /** Write what ships with the product. */
  write: boolean
  /** Where all figures are written. */
  json: string | null
  /** So many labelled pairs; `null`: all. */
  sample: number | null
  /** So many pairs that came out wrong are printed for each set. */
  show: number
}

/** Throws an Error with what to do where the arguments do not go together. */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      write: { type: 'boolean', default: false },
      onnx: text,
      url: text,
      model: text,
      key: text,
      json: text,
      sample: text,
      show: text,
    },
  })
  const { onnx, url, model, key = null } = values
  if (onnx !== undefined && url !== undefined) throw new Error('either --onnx or --url: one embedder is measured')
  if ((url === undefined) !== (model === undefined)) throw new Error('--url BASE_URL and --model NAME go together')
  if (key !== null && url === undefined) throw new Error('--key KEY is for --url BASE_URL')
  if (url !== undefined && !URL.canParse(url)) throw new Error(`--url ${url} is no address`)
  const own = onnx ?? url
  if (values.write && own !== undefined)
    throw new Error(
      '--write writes what ships with Gatehouse, which is measured with the built-in embedder: --json FILE writes the figures of another one',
    )
  return {
    embedder:
      onnx !== undefined
        ? { kind: 'onnx', folder: onnx }
        : url !== undefined
          ? { kind: 'server', baseUrl: url, model: model!, key }
          : { kind: 'builtin-lexical' },
    write: values.write,
    json: values.json ?? null,
    sample: values.sample === undefined ? null : countOf('sample', values.sample),
    show: countOf('show', values.show ?? '0'),
  }
}

function countOf(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} ${text} is no number`)
  return Number(text)
}
