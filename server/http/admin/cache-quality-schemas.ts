/** Shapes of the admin API around look-ups by likeness: whether they were right, and where the threshold stands. */
import Type, { type Static } from 'typebox'
import { Nullable, Text } from './shape.ts'

const Share = (description?: string) =>
  Type.Number({ minimum: 0, maximum: 1, ...(description === undefined ? {} : { description }) })
const Whole = (description?: string) => Type.Integer({ minimum: 0, ...(description ? { description } : {}) })
const Similarity = Type.Number({ description: 'cosine between the two questions, at most 1' })

export const LookUpOutcome = Type.Enum(['hit', 'check', 'far', 'guarded'], {
  description:
    'hit: answered from the cache; check: would have been a hit, and was sent upstream to compare the answers; far: below the threshold; guarded: a guard saw a difference that matters',
})
export const Agreement = Type.Enum(['same', 'different', 'unsure'], { description: 'do the two answers say the same' })
export const ReviewWord = Type.Enum(['right', 'wrong'], { description: 'what a person said of it' })

/** A share with the bounds between which it lies with a probability of 95 %. */
export const ShareEstimate = Type.Object({ estimate: Share(), low: Share(), high: Share() })
export type ShareEstimate = Static<typeof ShareEstimate>

/** What a threshold would mean, by the checks alone. */
export const CurvePoint = Type.Object({
  threshold: Share(),
  served: Share('share of the checked look-ups that it would serve'),
  samples: Whole(),
  wrong: Nullable(ShareEstimate),
})
export type CurvePoint = Static<typeof CurvePoint>

/** Where one tenant of a route that compares questions stands. */
export const CacheScopeQuality = Type.Object({
  route: Type.String(),
  tenant: Nullable(Type.String({ description: 'null: no question of the route was compared yet' })),
  space: Text,
  guard: Type.Enum(['strict', 'loose']),
  configured_threshold: Nullable(Share('what the route says; null: what fits the embedder')),
  base_threshold: Share('what nothing below is served under'),
  max_error: Share('share of wrong hits that the route bears'),
  threshold: Nullable(Share('what is served now, raised by what was learnt; null: nothing is')),
  wrong: { ...ShareEstimate, description: 'estimated share of wrong hits at that threshold' },
  samples: Whole('look-ups that were compared or reviewed, at or above the threshold'),
  check_share: Share('share of would-be hits that are sent upstream and compared'),
  look_ups: Whole('recorded'),
  curve: Type.Array(CurvePoint),
})
export type CacheScopeQuality = Static<typeof CacheScopeQuality>

/** A recorded look-up as a threshold is tuned with it. */
export const TunedLookUp = Type.Object({
  id: Type.Integer(),
  at: Type.String({ format: 'date-time' }),
  request_id: Type.String(),
  question: Type.String({ description: 'its first 400 characters' }),
  cached_question: Type.String({ description: 'its first 400 characters' }),
  similarity: Similarity,
  outcome: LookUpOutcome,
  guard: Nullable(Type.String({ description: 'the guard that objects, whatever the threshold' })),
  agreement: Nullable(Agreement),
  review: Nullable(ReviewWord),
})
export type TunedLookUp = Static<typeof TunedLookUp>

/** What `npm run eval:cache` found of an embedder, before any traffic. */
export const MeasuredQuality = Type.Object({
  embedder: Type.String({ description: 'id of its vector space' }),
  threshold: Share('what it ships with'),
  guard: Type.Enum(['strict', 'loose'], { description: 'what it ships with' }),
  sets: Type.Array(
    Type.Object({
      name: Type.String(),
      edits: Whole('pairs of questions of which one thing was changed, so that they ask for something else'),
      variants: Whole('pairs of questions that ask the same in other words'),
    }),
    { description: 'what it was measured on' },
  ),
  rows: Type.Array(
    Type.Object({
      guard: Type.Enum(['none', 'loose', 'strict']),
      threshold: Share(),
      wrong: Share('of the edits that would be served, all sets together'),
      recall: Share('of the variants that would be served, all sets together'),
    }),
    { description: 'by guard, then by threshold' },
  ),
})
export type MeasuredQuality = Static<typeof MeasuredQuality>

export const CacheQuality = Type.Object({
  data: Type.Array(CacheScopeQuality, { description: 'the busiest first' }),
  look_ups: Type.Array(TunedLookUp, { description: 'the newest first, where a route was named' }),
  measured: {
    ...Nullable(MeasuredQuality),
    description: 'of the embedder in use; null: it was not measured before it shipped',
  },
})
export type CacheQuality = Static<typeof CacheQuality>

/** A recorded look-up with both answers, for a person to judge. */
export const LookUpRow = Type.Object({
  id: Type.Integer(),
  request_id: Type.String({ description: 'the request that asked' }),
  at: Type.String({ format: 'date-time' }),
  tenant: Type.String(),
  route: Type.String(),
  partition: Text,
  namespace: Text,
  space: Type.String(),
  question: Type.String(),
  key: Type.String({ description: 'of the entry' }),
  cached_question: Type.String(),
  similarity: Similarity,
  threshold: Nullable(Share('that counted at that moment; null: nothing was served')),
  guard: Nullable(Type.String({ description: 'the guard that objected' })),
  outcome: LookUpOutcome,
  cached_answer: Nullable(Type.String({ description: 'null: the entry is gone' })),
  fresh_answer: Nullable(Type.String({ description: 'null: nobody was asked to compare' })),
  agreement: Nullable(Agreement),
  checked_at: Nullable(Type.String({ format: 'date-time' })),
  review: Nullable(ReviewWord),
  reviewed_at: Nullable(Type.String({ format: 'date-time' })),
})
export type LookUpRow = Static<typeof LookUpRow>
export const LookUpPage = Type.Object({ data: Type.Array(LookUpRow), next_cursor: Nullable(Type.Integer()) })
export type LookUpPage = Static<typeof LookUpPage>

/** Whether the answer fits the question. */
export const LookUpReview = Type.Object({ verdict: ReviewWord }, { additionalProperties: false })
export type LookUpReview = Static<typeof LookUpReview>

/** It is noted. */
export const LookUpReviewed = Type.Object({ id: Type.Integer(), verdict: ReviewWord, key: Type.String() })
export type LookUpReviewed = Static<typeof LookUpReviewed>
