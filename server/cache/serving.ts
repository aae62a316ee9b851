import type { EmbedderPolicy, SemanticPolicy } from '../core/cache-policy.ts'
import { DEFAULT_THRESHOLD, LEXICAL_THRESHOLD } from './embedders/builtin-lexical.ts'
import type { GuardMode } from './guards/index.ts'

/** By what a route compares questions, with everything decided that it leaves open. */
export interface Serving {
  /** Least similarity, before anything is learnt. */
  base: number
  guard: GuardMode
  maxError: number
  /** Share of would-be hits that is checked while little is known. */
  firstCheckShare: number
}

/** The strict guard lets little through that could be wrong, so that a small share shows soon enough that it does. */
const FIRST_CHECK_SHARES: Readonly<Record<GuardMode, number>> = { strict: 0.05, loose: 0.2 }

/** The built-in embedder knows words, not meanings: it gets the strict guard, which does without a high threshold. */
export function servingOf({ threshold, guard, maxError }: SemanticPolicy, embedder: EmbedderPolicy): Serving {
  const isLexical = embedder.kind === 'builtin-lexical'
  const mode = guard ?? (isLexical ? 'strict' : 'loose')
  return {
    base: threshold ?? (isLexical ? LEXICAL_THRESHOLD : DEFAULT_THRESHOLD),
    guard: mode,
    maxError,
    firstCheckShare: FIRST_CHECK_SHARES[mode],
  }
}
