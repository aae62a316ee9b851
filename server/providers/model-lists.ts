import type { FoundModel, ModelList } from '../core/ports.ts'

type Json = Record<string, unknown>

/** What vendors call the size of the context window beside a model's id. */
const WINDOWS = ['context_length', 'context_window', 'max_model_len', 'max_context_length', 'inputTokenLimit']

/** A list in OpenAI's shape, `{data: [{id}]}`, or the bare array that Together and ElevenLabs answer with. */
export function modelsBelow(path: string, idName = 'id', listName = 'data'): ModelList {
  return {
    url: ({ baseUrl }) => `${baseUrl}${path}`,
    read: (json) => readModels(json, idName, listName),
  }
}

/** The models of an answer; what is no such answer has none. */
export function readModels(json: unknown, idName: string, listName: string): FoundModel[] {
  const list = Array.isArray(json) ? json : (json as Json | null)?.[listName]
  if (!Array.isArray(list)) return []
  return list.flatMap((item: Json | null): FoundModel[] => {
    const id = item?.[idName]
    if (typeof id !== 'string' || id === '') return []
    const window = WINDOWS.map((name) => item?.[name]).find((value) => typeof value === 'number')
    return [{ id, ...(window === undefined ? {} : { contextWindow: window as number }) }]
  })
}
