import type { ExperimentSettings } from './experiment.ts'

/**
 * `running`: a share of the traffic goes to the candidate; `rolled-back`: none does any more, as it was worse or somebody
 * took it back; `complete`: the candidate is the route's first target; `ended`: the config was changed otherwise.
 */
export const PROMOTION_STATES = ['running', 'rolled-back', 'complete', 'ended'] as const
export type PromotionState = (typeof PROMOTION_STATES)[number]

/** Shares of the traffic, one step after the other. */
export const PROMOTION_SHARES = [0.05, 0.25, 1] as const

/** What happened to a promotion. */
export interface PromotionStep {
  at: number
  /** Of the traffic, from then on. */
  share: number
  /** `gatehouse` for what happened by itself. */
  actor: string
  why: string
  /** Revision of the config before it. */
  revision: string
}

/** A candidate's way to all of a route's traffic. */
export interface Promotion {
  id: number
  /** `null`: by hand, without an experiment. */
  experiment: string | null
  route: string
  /** As a person reads it. */
  baseline: string
  /** `provider/model`. */
  candidate: string
  state: PromotionState
  share: number
  startedAt: number
  endedAt: number | null
  actor: string
  /** Of the override, where the verdict did not allow it. */
  reason: string | null
  steps: readonly PromotionStep[]
  settings: PromotionSettings
}

/** By what live traffic is watched. */
export interface PromotionSettings extends Pick<ExperimentSettings, 'margins' | 'evaluators'> {
  /** The next step is taken as soon as the live verdict says that the candidate is non-inferior. */
  automatic: boolean
  /** The config before the first step, to go back to. */
  source: string
}

export type NewPromotion = Omit<Promotion, 'id' | 'endedAt'>

/** What a step changes. */
export type PromotionChange = Pick<Promotion, 'id' | 'state' | 'share' | 'endedAt'> & { step: PromotionStep }
