import Type, { type Static } from 'typebox'

/** A problem in the config file, with the place to look. */
export const ConfigProblem = Type.Object({
  path: Type.String({ description: 'e.g. routes.support.targets[0].provider' }),
  message: Type.String(),
  suggestion: Type.Union([Type.String(), Type.Null()]),
  line: Type.Integer({ minimum: 1 }),
  column: Type.Integer({ minimum: 1 }),
})
export type ConfigProblem = Static<typeof ConfigProblem>
