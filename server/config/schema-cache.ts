import Type from 'typebox'
import { PARTITIONS } from '../core/cache.ts'
import { closed, Duration, Size } from './schema-basics.ts'

const Share = (description: string, fallback?: number) =>
  Type.Number({ minimum: 0, maximum: 1, description, ...(fallback === undefined ? {} : { default: fallback }) })

/** How one route gives replies again. */
export const RouteCache = Type.Object(
  {
    mode: Type.Enum(['exact', 'semantic'], {
      description:
        'give a kept reply to the same request, or also to one whose last question says the same in other words',
    }),
    partition: Type.Optional(
      Type.Enum([...PARTITIONS], {
        description:
          'who shares replies, never more than a tenant; a request that does not say its team, user or session is not cached',
        default: 'tenant',
      }),
    ),
    ttl: Type.Optional(Duration('how long a reply is given again', '1h')),
    stale_while_revalidate: Type.Optional(
      Duration('after the ttl: how long a reply is still given, while a new one is fetched', '0s'),
    ),
    stale_if_error: Type.Optional(
      Duration('after the ttl: how long a reply is still given when every target has failed', '0s'),
    ),
    max_temperature: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 10,
        description: 'requests that ask for a higher temperature are not cached',
        default: 1,
      }),
    ),
    tool_calls: Type.Optional(
      Type.Boolean({
        description: 'keep replies that call tools, and those to requests with tools that the provider runs',
        default: false,
      }),
    ),
    choices: Type.Optional(Type.Boolean({ description: 'keep replies of several choices (`n`)', default: false })),
    pace: Type.Optional(
      Type.Enum(['immediate', 'natural'], {
        description: 'how a kept reply is streamed: at once, or about as fast as it first came',
        default: 'immediate',
      }),
    ),
    threshold: Type.Optional(
      Share('semantic: least similarity of two questions, 0..1; what fits the embedder where it is not said'),
    ),
    guard: Type.Optional(
      Type.Enum(['strict', 'loose'], {
        description:
          'semantic: strict asks for the same words but for spelling, politeness and typos; loose for the same numbers, dates, names, negation, direction and order. strict with the built-in embedder, else loose, where it is not said',
      }),
    ),
    max_error: Type.Optional(
      Type.Number({
        minimum: 0.0001,
        maximum: 0.5,
        description: 'semantic: share of wrong hits that is bearable; thresholds rise to keep it',
        default: 0.01,
      }),
    ),
    deadline: Type.Optional(Duration('semantic: how long a request waits for the look-up before it goes on', '250ms')),
  },
  { ...closed, description: 'replies that are given again' },
)

const Embedder = Type.Union(
  [
    Type.Enum(['builtin-lexical']),
    Type.Object(
      {
        provider: Type.String({ description: 'id of a provider of this file that offers embeddings' }),
        model: Type.String({ minLength: 1, description: "the embedding model's name at that provider" }),
        dimensions: Type.Optional(
          Type.Integer({ minimum: 8, maximum: 8192, description: 'shorter vectors, for models that offer them' }),
        ),
      },
      closed,
    ),
    Type.Object(
      {
        onnx: Type.String({
          minLength: 1,
          description: 'folder of a sentence embedding model in ONNX; needs the package @huggingface/transformers',
        }),
      },
      closed,
    ),
  ],
  {
    expects: 'builtin-lexical, { provider: ID, model: NAME } or { onnx: FOLDER }',
    description: 'what makes vectors of questions, for semantic caching; a change makes them anew in the background',
    default: 'builtin-lexical',
  },
)

/** The cache as a whole. */
export const Cache = Type.Object(
  {
    memory: Type.Optional(Size('kept replies in memory, all together', '64MB')),
    store: Type.Optional(Size('kept replies in the store, all together', '1GB')),
    max_reply: Type.Optional(Size('largest reply that is kept', '1MB')),
    embedder: Type.Optional(Embedder),
  },
  { ...closed, description: 'what the cache of all routes together may take' },
)
