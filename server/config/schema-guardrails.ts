import Type from 'typebox'
import { REDACTIONS } from '../core/guard-policy.ts'
import { GUARD_ACTIONS, GUARD_STAGES } from '../core/guardrail.ts'
import type { Catalogue } from './catalogue.ts'
import { closed, Duration } from './schema-basics.ts'

/** One guardrail of a route, or of all: what every kind has, and beside it the options of its kind. */
export const GuardrailRule = ({ guardrails }: Catalogue) => {
  const options: Record<string, Type.TSchema> = {}
  for (const kind of guardrails.values())
    for (const [name, { description }] of Object.entries(kind.options)) {
      const known = options[name] as { description: string } | undefined
      const text = `${kind.kind}: ${description}`
      options[name] = Type.Optional(Type.Unknown({ description: known ? `${known.description}; ${text}` : text }))
    }
  return Type.Object(
    {
      use: Type.Enum([...guardrails.keys()], { description: 'kind of the guardrail' }),
      name: Type.Optional(
        Type.String({
          pattern: '^[a-z0-9][a-z0-9._-]{0,63}$',
          expects: 'a name of small letters, digits and . _ -',
          description: 'what to call it in headers, errors and records; its kind where not said',
        }),
      ),
      stage: Type.Optional(
        Type.Enum([...GUARD_STAGES], {
          description: 'pre: the whole request; context: third-party text in it; post: the reply',
        }),
      ),
      action: Type.Optional(
        Type.Enum([...GUARD_ACTIONS], {
          description: 'what is done about what it finds; the kind knows what is usual',
        }),
      ),
      threshold: Type.Optional(
        Type.Number({ minimum: 0, maximum: 1, description: 'least score that counts; the kind has its own' }),
      ),
      on_error: Type.Optional(
        Type.Enum(['block', 'pass'], {
          description: 'what happens when it cannot tell: it fails, or takes longer than its timeout',
          default: 'block',
        }),
      ),
      mode: Type.Optional(
        Type.Enum(['enforce', 'monitor'], {
          description: 'monitor: record what it would have done, and do nothing',
          default: 'enforce',
        }),
      ),
      sample: Type.Optional(
        Type.Number({ minimum: 0, maximum: 1, description: 'share of requests that it looks at', default: 1 }),
      ),
      timeout: Type.Optional(Duration('how long one inspection may take', '5s')),
      as: Type.Optional(
        Type.Enum([...REDACTIONS], {
          description: 'of `action: redact`: a placeholder such as <EMAIL_1>, stars, or a keyed hash',
          default: 'placeholder',
        }),
      ),
      restore: Type.Optional(
        Type.Boolean({
          description: 'of placeholders in requests: the reply has what they stand for in their place again',
          default: true,
        }),
      ),
      escalate_to: Type.Optional(
        Type.String({
          expects: 'provider/model',
          description: 'of `action: escalate`: target, as provider/model, that gets the request instead',
        }),
      ),
      ...options,
    },
    closed,
  )
}

/** A list of them, in the order in which redactions are made. */
export const Guardrails = (catalogue: Catalogue, description: string) =>
  Type.Array(GuardrailRule(catalogue), { description })
