/** Shapes of the admin API around guardrails: which there are, what they found, how often. */
import Type, { type Static } from 'typebox'
import { GuardAction, GuardLabelWord, GuardMode, GuardStage, Score } from './guardrail-words.ts'
import { VerdictSummary } from './request-schemas.ts'
import { Nullable, Text } from './shape.ts'

export const TextOrigin = Type.Enum(
  ['system', 'user', 'assistant', 'third-party', 'definition', 'tool-call', 'reply', 'reasoning'],
  { description: 'who wrote the text; third-party: tool results, documents, MCP output' },
)
export const Count = (description?: string) => Type.Integer({ minimum: 0, ...(description ? { description } : {}) })
export const Excerpt = {
  excerpt: Nullable(
    Type.String({ description: 'text around the match, without secrets and personal data; null: not shown' }),
  ),
  highlight: Nullable(
    Type.Array(Count(), { minItems: 2, maxItems: 2, description: 'where in the excerpt the match begins and ends' }),
  ),
}

/** A kind of guardrail that this build has. */
export const GuardrailKindRow = Type.Object({
  kind: Type.String(),
  description: Type.String(),
  stages: Type.Array(GuardStage, { description: 'the first is the default' }),
  actions: Type.Array(GuardAction, { description: 'the first is the default' }),
  threshold: Score('what counts where the config gives none'),
  cost: Type.Enum(['process', 'call'], { description: 'call: it asks somebody' }),
  options: Type.Array(Type.Object({ name: Type.String(), description: Type.String() })),
})
export type GuardrailKindRow = Static<typeof GuardrailKindRow>

/** A rule of a route, as it runs. */
export const GuardRuleRow = Type.Object({
  name: Type.String(),
  kind: Type.String(),
  stage: GuardStage,
  action: GuardAction,
  mode: GuardMode,
  threshold: Nullable(Score('what the config says; null: the kind’s own')),
  effective_threshold: Score('what counts, but where the kind has another one for a text'),
  on_error: Type.Enum(['block', 'pass']),
  sample: Score('share of requests that are looked at'),
  timeout_ms: Count(),
  options: Type.Record(Type.String(), Type.Unknown(), { description: 'references are not resolved' }),
  problem: Nullable(Type.String({ description: 'why it cannot tell anything' })),
  path: Type.Array(Type.Union([Type.String(), Type.Integer()]), {
    description: 'where it stands in the config file, e.g. routes, support, guardrails, 0',
  }),
})
export type GuardRuleRow = Static<typeof GuardRuleRow>

export const Guardrails = Type.Object({
  kinds: Type.Array(GuardrailKindRow),
  routes: Type.Array(
    Type.Object({
      route: Type.String(),
      on_block: Nullable(Type.Enum(['error', 'refusal'], { description: 'null: the route has no guardrails' })),
      rules: Type.Array(GuardRuleRow, { description: 'those of all routes first' }),
    }),
  ),
})
export type Guardrails = Static<typeof Guardrails>

const Counts = {
  inspections: Count('requests or replies that one guardrail looked at'),
  passes: Count(),
  blocks: Count(),
  redactions: Count(),
  warnings: Count(),
  escalations: Count(),
  errors: Count('it could not tell'),
  monitored: Count('what rules that only monitor would have done something about'),
}

/** What guardrails did over a window. */
export const GuardrailStats = Type.Object({
  from: Type.String({ format: 'date-time' }),
  to: Type.String({ format: 'date-time' }),
  step_ms: Type.Integer({ minimum: 1 }),
  oldest: Nullable(
    Type.String({ format: 'date-time', description: 'since when all verdicts are kept; null: there are none' }),
  ),
  total: Type.Object(Counts),
  series: Type.Array(Type.Object({ ts: Type.String({ format: 'date-time' }), ...Counts })),
  routes: Type.Array(Type.Object({ route: Type.String(), ...Counts })),
  tenants: Type.Array(Type.Object({ tenant: Text, ...Counts })),
  guardrails: Type.Array(
    Type.Object({
      guardrail: Type.String(),
      kind: Type.String(),
      ...Counts,
      p50_ms: Nullable(Type.Number({ minimum: 0, description: 'of one inspection' })),
      p99_ms: Nullable(Type.Number({ minimum: 0 })),
    }),
  ),
  categories: Type.Array(Type.Object({ category: Type.String(), ...Counts })),
})
export type GuardrailStats = Static<typeof GuardrailStats>

/** What one guardrail said of one request or reply. */
export const VerdictRow = Type.Object({
  id: Type.Integer(),
  request_id: Type.String(),
  ts: Type.String({ format: 'date-time' }),
  route: Type.String(),
  tenant: Text,
  ...VerdictSummary.properties,
  matches: Count('at or above the threshold'),
  place: Nullable(Type.String({ description: 'which text it is about, e.g. messages[3]' })),
  reason: Text,
  duration_ms: Type.Number({ minimum: 0 }),
  ...Excerpt,
  label: Nullable(GuardLabelWord),
})
export type VerdictRow = Static<typeof VerdictRow>
export const VerdictPage = Type.Object({ data: Type.Array(VerdictRow), next_cursor: Nullable(Type.Integer()) })
export type VerdictPage = Static<typeof VerdictPage>
