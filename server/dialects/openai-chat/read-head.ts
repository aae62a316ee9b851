import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { GatewayError } from '../../core/errors.ts'
import type { RequestHead } from '../../core/request.ts'

const Maybe = <T extends Type.TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))
const Tokens = Type.Integer({ minimum: 0, maximum: 1e8 })

/**
 * What every provider agrees on. Bounds are only there to stop what can never be meant; what a model takes is its
 * provider's to say. Members that are not listed pass through.
 */
const HeadSchema = Type.Object({
  model: Type.String({ minLength: 1, maxLength: 512 }),
  messages: Type.Array(Type.Object({ role: Type.String({ minLength: 1 }) }), { minItems: 1 }),
  stream: Maybe(Type.Boolean()),
  stream_options: Maybe(Type.Object({ include_usage: Maybe(Type.Boolean()) })),
  n: Maybe(Type.Integer({ minimum: 1, maximum: 128 })),
  temperature: Maybe(Type.Number({ minimum: 0, maximum: 100 })),
  top_p: Maybe(Type.Number({ minimum: 0, maximum: 1 })),
  max_tokens: Maybe(Tokens),
  max_completion_tokens: Maybe(Tokens),
  frequency_penalty: Maybe(Type.Number({ minimum: -100, maximum: 100 })),
  presence_penalty: Maybe(Type.Number({ minimum: -100, maximum: 100 })),
  seed: Maybe(Type.Integer()),
  logprobs: Maybe(Type.Boolean()),
  top_logprobs: Maybe(Type.Integer({ minimum: 0, maximum: 1000 })),
  tools: Maybe(Type.Array(Type.Object({}))),
  user: Maybe(Type.String()),
  metadata: Maybe(Type.Object({})),
})

const head = Compile(HeadSchema)

/** Checks a chat request and reads what routing needs. Throws `invalid_request` that names the member. */
export function readHead(json: Readonly<Record<string, unknown>>): RequestHead {
  if (!head.Check(json)) throw refuse(json)
  const request = json as Static<typeof HeadSchema>
  return {
    model: request.model,
    stream: request.stream === true,
    streamUsage: request.stream_options?.include_usage === true,
    user: request.user ?? null,
    metadata: (request.metadata as Record<string, unknown> | null | undefined) ?? null,
  }
}

function refuse(json: Readonly<Record<string, unknown>>): GatewayError {
  const errors = [...head.Errors(json)]
  const missing = errors.find((error) => error.keyword === 'required' && error.instancePath === '')
  if (missing) {
    const name = (missing.params as { requiredProperties: string[] }).requiredProperties[0]!
    return new GatewayError('invalid_request', `The request has no \`${name}\`.`, { param: name })
  }
  // Of the branches of a nullable member, the one that is not null says what is expected.
  const error = errors.find((candidate) => !candidate.schemaPath.endsWith('/anyOf/1')) ?? errors[0]!
  const param = error.instancePath.slice(1).replaceAll('/', '.')
  const shown = show(valueAt(json, error.instancePath))
  return new GatewayError('invalid_request', `\`${param}\` ${error.message}; it is ${shown}.`, { param })
}

function show(value: unknown): string {
  try {
    return JSON.stringify(value)?.slice(0, 60) ?? 'nothing'
  } catch {
    return 'nested too deeply to show'
  }
}

function valueAt(json: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], json)
}
