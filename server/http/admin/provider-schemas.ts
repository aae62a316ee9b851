/** Shapes of the admin API around providers: their kinds, their models, adding one, finding local ones. */
import Type, { type Static } from 'typebox'
import { ConfigProblem } from './problem-schema.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A vendor or server that can be added. */
export const ProviderKindRow = Type.Object({
  kind: Type.String(),
  label: Type.String(),
  docs: Type.String(),
  base_url: Nullable(Type.String({ description: 'the usual one; null where every installation has its own' })),
  needs_base_url: Type.Boolean(),
  needs_key: Type.Boolean(),
  self_hosted: Type.Boolean(),
  lists_models: Type.Boolean({ description: 'it can be asked which models it has, which is also the test of it' }),
  dialects: Type.Array(Type.String()),
  options: Type.Array(Type.Object({ name: Type.String(), type: Type.String(), description: Type.String() })),
})
export type ProviderKindRow = Static<typeof ProviderKindRow>
export const ProviderKindList = Type.Object({ data: Type.Array(ProviderKindRow) })

/** One model that a provider says it has. Prices are US dollars per million tokens. */
export const ModelRow = Type.Object({
  id: Type.String(),
  context_window: Nullable(Type.Integer({ minimum: 0, description: 'tokens' })),
  loaded: Nullable(Type.Boolean({ description: 'in memory now; null where the provider does not say' })),
  input_usd: Nullable(Type.Number({ minimum: 0 })),
  output_usd: Nullable(Type.Number({ minimum: 0 })),
})
export type ModelRow = Static<typeof ModelRow>

/** What asking a provider for its models gave. */
export const ProbeResult = Type.Object({
  ok: Type.Boolean(),
  error: Nullable(Type.String({ description: 'why not, and what to do' })),
  latency_ms: Nullable(Type.Number({ minimum: 0 })),
  checked_at: Type.String(),
  models: Type.Array(ModelRow),
  prices_as_of: Type.String({ description: 'the day of the built-in price catalogue' }),
})
export type ProbeResult = Static<typeof ProbeResult>

/** A provider as it stands in the config file. */
export const ProviderDraft = Type.Object(
  {
    id: Type.String({ maxLength: 200, description: 'what routes call it' }),
    provider: Type.Record(Type.String(), Type.Unknown(), { description: 'its entry below `providers`' }),
  },
  { additionalProperties: false },
)
export type ProviderDraft = Static<typeof ProviderDraft>

const Problems = {
  problems: Type.Array(ConfigProblem, { description: 'empty when it can be saved' }),
  in_file: Type.Boolean({
    description: 'the problems are not of the draft but of the file on disk: mend them there first',
  }),
}

/** What a draft would be. */
export const DraftResult = Type.Object({ ...Problems, probe: Nullable(ProbeResult) })
export type DraftResult = Static<typeof DraftResult>

/** What was added; `problems` says why nothing was. */
export const SaveResult = Type.Object({
  saved: Type.Boolean(),
  revision: Nullable(Type.String()),
  ...Problems,
  yaml: Nullable(Type.String({ description: 'the entry as YAML, as it stands below `providers`' })),
})
export type SaveResult = Static<typeof SaveResult>

/** A model server found on this machine. */
export const LocalServer = Type.Object({
  kind: Type.String(),
  label: Type.String(),
  base_url: Type.String(),
  version: Nullable(Type.String()),
  models: Type.Array(ModelRow),
  configured_as: Nullable(Type.String({ description: 'id of the provider that has this address already' })),
})
export type LocalServer = Static<typeof LocalServer>
export const LocalSearch = Type.Object(
  {
    ports: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1, maximum: 65535 }), {
        maxItems: 50,
        description: 'further loopback ports to look at, besides the usual ones',
      }),
    ),
  },
  { additionalProperties: false },
)
export const LocalSearchResult = Type.Object({
  data: Type.Array(LocalServer),
  ports: Type.Array(Type.Integer(), { description: 'the loopback ports that were asked' }),
})
export type LocalSearchResult = Static<typeof LocalSearchResult>
