import type { Remembered } from '../../cache/memory.ts'
import type { LookUp } from '../../core/cache.ts'
import type { SemanticAnswer } from '../../core/semantic.ts'
import type { Fill } from './fill.ts'
import type { ReplyStore } from './ports.ts'
import { beginLookUp, type SemanticDeps } from './semantic-look-up.ts'
import { ageOf, type Shelf } from './shelf.ts'
import { noteLookUp } from './visit.ts'

/** What came of comparing a question with others: a reply to give, or one to compare a fresh one with. */
export interface Likeness {
  outcome: 'hit' | 'check'
  found: Remembered
}

/** Compares the question with those of the same context; `null` where no kept reply comes of it. */
export async function findLike(
  { semantic, store, shelf }: { semantic: SemanticDeps; store: ReplyStore; shelf: Shelf },
  fill: Fill,
): Promise<Likeness | null> {
  const { asked, keys } = fill
  const { exchange } = fill.context
  const startedAt = performance.now()
  const policy = asked.policy.semantic
  const { context, maxTokens } = keys
  fill.lookUp = beginLookUp(semantic, { scope: asked.scope, context, question: keys.question!, maxTokens, policy })
  const answer = await fill.lookUp.answer
  if (typeof answer === 'string') {
    noteLookUp(exchange, 'semantic', startedAt, answer)
    return null
  }
  const likeness = likenessOf(answer, fill, shelf)
  noteLookUp(exchange, 'semantic', startedAt, likeness?.outcome === 'hit' ? 'hit' : 'miss')
  if (answer.neighbour) {
    exchange.cache!.similarity = answer.neighbour.similarity
    exchange.cache!.why = whyNot(answer)
    const isGone = likeness === null && (answer.outcome === 'hit' || answer.outcome === 'check')
    if (!isGone) store.noteLookUp(lookUpOf(answer, fill))
  }
  return likeness
}

function likenessOf({ outcome, neighbour }: SemanticAnswer, { asked }: Fill, shelf: Shelf): Likeness | null {
  if (outcome !== 'hit' && outcome !== 'check') return null
  const found = shelf.find(neighbour!.key, asked)
  return found && ageOf(found) === 'fresh' ? { outcome, found } : null
}

function whyNot({ outcome, neighbour, threshold, guard }: SemanticAnswer): string | null {
  switch (outcome) {
    case 'far':
      return `the nearest question is ${neighbour!.similarity.toFixed(3)} like it, and ${threshold.toFixed(3)} counts`
    case 'guarded':
      return `the nearest question differs in a way that counts: ${guard}`
    case 'check':
      return 'it would have been a hit, and is compared with a fresh answer'
    default:
      return null
  }
}

function lookUpOf(
  { neighbour, vector, threshold, guard, outcome }: SemanticAnswer,
  { asked, keys, context }: Fill,
): LookUp {
  return {
    requestId: context.exchange.id,
    at: Date.now(),
    scope: asked.scope,
    space: vector.space.id,
    question: keys.question!,
    key: neighbour!.key,
    cachedQuestion: neighbour!.question,
    similarity: neighbour!.similarity,
    threshold,
    guard,
    outcome: outcome as LookUp['outcome'],
  }
}
