import type { GuardrailKind } from '../core/guardrail.ts'
import { http } from './http.ts'
import { injection } from './injection/index.ts'
import { jsonSchema } from './json-schema.ts'
import { judge } from './judge.ts'
import { keywords } from './keywords.ts'
import { language } from './language.ts'
import { length } from './length.ts'
import { pii } from './pii/index.ts'
import { regex } from './regex.ts'
import { secrets } from './secrets/index.ts'
import { systemPromptLeak } from './system-prompt-leak.ts'
import { toolPolicy } from './tool-policy.ts'
import { topic } from './topic.ts'

/** Every kind of guardrail by its name. */
export const guardrails: ReadonlyMap<string, GuardrailKind> = new Map(
  [
    injection,
    pii,
    secrets,
    keywords,
    regex,
    jsonSchema,
    toolPolicy,
    systemPromptLeak,
    topic,
    language,
    length,
    judge,
    http,
  ].map((kind) => [kind.kind, kind]),
)
