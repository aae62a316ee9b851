import Type, { type Static } from 'typebox'

export const EvaluatorKindList = Type.Object({
  data: Type.Array(
    Type.Object({
      id: Type.String(),
      description: Type.String(),
      options: Type.Record(Type.String(), Type.String(), { description: 'what each means' }),
    }),
  ),
})
export type EvaluatorKindList = Static<typeof EvaluatorKindList>

export const ScoreSeries = Type.Object({
  from: Type.String({ description: 'start of the first step; ISO 8601' }),
  step_ms: Type.Number(),
  data: Type.Array(
    Type.Object({
      at: Type.String({ description: 'start of the step; ISO 8601' }),
      route: Type.String(),
      provider: Type.String(),
      model: Type.String(),
      evaluator: Type.String(),
      replies: Type.Integer(),
      mean: Type.Number({ description: '0..1' }),
      passed: Type.Number({ description: 'share that met the evaluator’s bar' }),
    }),
  ),
})
export type ScoreSeries = Static<typeof ScoreSeries>
