import { readJsonObject } from '../json-object.ts'

/** Options of a guardrail as they are typed: one JSON object, or nothing. */
export function readOptions(text: string): ReturnType<typeof readJsonObject> {
  return readJsonObject(text.trim() === '' ? '{}' : text, 'Options are one JSON object.')
}
