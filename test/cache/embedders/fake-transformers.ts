import type { Transformers } from '../../../server/cache/embedders/onnx.ts'

/** Stands in for `@huggingface/transformers`, which nobody has to install: letters are counted, nothing is understood. */
export function fakeTransformers(dimensions = 8) {
  const asked: { model: string; options: object; batches: number[] }[] = []
  const module: Transformers = {
    env: { allowRemoteModels: true, allowLocalModels: false, localModelPath: '/models/' },
    async pipeline(_task, model, options) {
      const batches: number[] = []
      asked.push({ model, options, batches })
      return async (texts) => {
        batches.push(texts.length)
        const data = texts.flatMap((text) => {
          const counts = new Array<number>(dimensions).fill(0)
          for (let index = 0; index < text.length; index++) counts[text.charCodeAt(index) % dimensions]!++
          return counts
        })
        return { data: Float32Array.from(data), dims: [texts.length, dimensions] }
      }
    },
  }
  return { module, asked }
}
