/** Shapes of the admin API around the config file: what runs, trying a text, saving one. */
import Type, { type Static } from 'typebox'
import { ConfigProblem } from './problem-schema.ts'
import { Nullable } from './shape.ts'

const Routes = Type.Array(
  Type.Object({
    name: Type.String(),
    strategy: Type.String(),
    targets: Type.Array(Type.Object({ provider: Type.String(), model: Type.String(), weight: Type.Number() })),
  }),
)
const Warnings = Type.Array(Type.String(), { description: 'what does not stop the file from working' })

export const ConfigState = Type.Object({
  revision: Type.String(),
  file: Type.String(),
  loaded_at: Type.String({ format: 'date-time' }),
  source: Type.String({ description: 'the running YAML text; secrets are references only' }),
  disk_revision: Nullable(
    Type.String({
      description: 'revision of the text that is on disk now, good or bad; null when it cannot be read',
    }),
  ),
  warnings: Warnings,
  rejected: Nullable(
    Type.Object(
      { at: Type.String(), problems: Type.Array(ConfigProblem) },
      {
        description: 'the newer version on disk that was refused; null when the file on disk is the one running',
      },
    ),
  ),
  routes: Routes,
})
export type ConfigState = Static<typeof ConfigState>

const Source = Type.String({ description: 'the whole file, as YAML' })

/** A text to try. */
export const ConfigDraft = Type.Object({ source: Source }, { additionalProperties: false })
export type ConfigDraft = Static<typeof ConfigDraft>

/** What a text would be as the config. */
export const ConfigCheck = Type.Union([
  Type.Object({ ok: Type.Literal(true), revision: Type.String(), warnings: Warnings, routes: Routes }),
  Type.Object({ ok: Type.Literal(false), problems: Type.Array(ConfigProblem) }),
])
export type ConfigCheck = Static<typeof ConfigCheck>

/** A text to run in place of the one it was made from. */
export const ConfigEdit = Type.Object(
  {
    source: Source,
    base_revision: Type.String({ description: 'the `disk_revision` that it was made from' }),
  },
  { additionalProperties: false },
)
export type ConfigEdit = Static<typeof ConfigEdit>

/** It runs. */
export const ConfigSaved = Type.Object({ revision: Type.String(), warnings: Warnings, routes: Routes })
export type ConfigSaved = Static<typeof ConfigSaved>

/** It was refused; what ran before goes on. */
export const ConfigRefusal = Type.Object({
  error: Type.Object({ code: Type.String(), message: Type.String(), hint: Nullable(Type.String()) }),
  problems: Type.Array(ConfigProblem),
})
export type ConfigRefusal = Static<typeof ConfigRefusal>
