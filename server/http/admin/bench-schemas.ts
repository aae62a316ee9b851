import Type, { type Static } from 'typebox'

/** What `POST /admin/api/bench` sends, one server-sent event each. */
export type { BenchEvent, BenchResult } from '../../core/bench.ts'

const MOST_TARGETS = 4

export const BenchBody = Type.Object(
  {
    targets: Type.Array(Type.String({ pattern: '^[^/]+/.+$' }), {
      minItems: 1,
      maxItems: MOST_TARGETS,
      description: 'provider/model, of providers of the config',
    }),
    messages: Type.Array(
      Type.Object(
        { role: Type.Enum(['system', 'user', 'assistant']), content: Type.String() },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    max_tokens: Type.Optional(Type.Integer({ minimum: 1 })),
    temperature: Type.Optional(Type.Number({ minimum: 0, maximum: 2 })),
    in_turn: Type.Optional(
      Type.Boolean({ description: 'one after the other, so that none slows another down', default: true }),
    ),
  },
  { additionalProperties: false },
)
export type BenchBody = Static<typeof BenchBody>
