import type { EvaluatorKind } from '../core/evaluation.ts'
import { answerRelevancy } from './answer-relevancy.ts'
import { contains } from './contains.ts'
import { cost } from './cost.ts'
import { exact } from './exact.ts'
import { groundedness } from './groundedness.ts'
import { jsonSchema } from './json-schema.ts'
import { judge } from './judge.ts'
import { language } from './language.ts'
import { latency } from './latency.ts'
import { length } from './length.ts'
import { nonEmpty } from './non-empty.ts'
import { refusal } from './refusal.ts'
import { regex } from './regex.ts'
import { similarity } from './similarity.ts'
import { taskCompletion } from './task-completion.ts'
import { toolCallMatch } from './tool-call-match.ts'
import { toxicityWords } from './toxicity-words.ts'

/** Every kind of evaluator by its id. */
export const evaluators: ReadonlyMap<string, EvaluatorKind> = new Map(
  [
    nonEmpty,
    jsonSchema,
    regex,
    exact,
    contains,
    length,
    language,
    refusal,
    toxicityWords,
    latency,
    cost,
    groundedness,
    answerRelevancy,
    toolCallMatch,
    taskCompletion,
    similarity,
    judge,
  ].map((kind) => [kind.id, kind]),
)
