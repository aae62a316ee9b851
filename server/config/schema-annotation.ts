import Type, { type Static } from 'typebox'
import { RULE_REASONS } from '../core/annotation.ts'
import { closed, Duration } from './schema-basics.ts'

const Label = Type.String({ minLength: 1, maxLength: 64, pattern: '\\S', expects: 'a word of up to 64 characters' })

const Criterion = Type.Object(
  {
    name: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9._ -]{0,63}$',
      expects: 'a name of letters, digits, spaces and . _ - such as quality',
      description: 'what is asked, in a word or two',
    }),
    labels: Type.Array(Label, {
      minItems: 2,
      maxItems: 9,
      description: 'the answers, from the best to the worst; their keys are 1, 2, 3 …',
    }),
    good: Type.Optional(
      Type.Array(Label, {
        minItems: 1,
        description: 'the answers with which a reply is good enough; the better half where none is given',
      }),
    ),
    description: Type.Optional(Type.String({ minLength: 1, description: 'what the answers mean, for whoever labels' })),
  },
  closed,
)

const Rule = Type.Object(
  {
    when: Type.Enum([...RULE_REASONS], {
      description:
        'a score of the reply failed, a judge changed its mind with the order of a pair, somebody called a verdict of a guardrail wrong, an app sent a thumbs-down, or a lot was drawn',
    }),
    route: Type.Optional(Type.String({ description: 'only requests of this route' })),
    evaluator: Type.Optional(Type.String({ description: 'with `evaluator-fail`: only scores of this evaluator' })),
    sample: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        description: 'share of what it applies to; with `sample`, of all requests',
        default: 1,
      }),
    ),
  },
  closed,
)

/** What people look at, and what they are asked. */
export const Annotation = Type.Object(
  {
    rubric: Type.Optional(
      Type.Array(Criterion, {
        minItems: 1,
        maxItems: 12,
        description: 'what people are asked of each reply; `verdict`, good or bad, where none is given',
      }),
    ),
    rules: Type.Optional(
      Type.Array(Rule, {
        maxItems: 100,
        description:
          'which requests are queued; thumbs-down, guardrail-dispute and judge-disagreement where none is given',
      }),
    ),
    max_open: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100_000,
        description: 'open ones beyond which rules queue nothing more',
        default: 1000,
      }),
    ),
    keep: Type.Optional(
      Duration(
        'how long the texts of what `evaluator-fail` and `sample` queue are kept, and at least those that were kept anyway',
        '30d',
      ),
    ),
  },
  { ...closed, description: 'requests that people look at and label' },
)

export type AnnotationDocument = Static<typeof Annotation>
