import type { EvaluatorKind } from '../core/evaluation.ts'
import { jsonSchema } from './json-schema.ts'
import { nonEmpty } from './non-empty.ts'
import { regex } from './regex.ts'

/** Every kind of evaluator by its id. */
export const evaluators: ReadonlyMap<string, EvaluatorKind> = new Map(
  [nonEmpty, jsonSchema, regex].map((kind) => [kind.id, kind]),
)
