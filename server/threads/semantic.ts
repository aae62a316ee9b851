import { answersAgree } from '../cache/agreement.ts'
import { builtinLexical } from '../cache/embedders/builtin-lexical.ts'
import { openOnnx } from '../cache/embedders/onnx.ts'
import { vectorsOf } from '../cache/embedders/vectors-of.ts'
import { controlErrors, type ErrorControl } from '../cache/error-control.ts'
import { compareQuestions } from '../cache/guards/index.ts'
import { type Serving, servingOf } from '../cache/serving.ts'
import type { Neighbour, SpaceVector } from '../core/cache.ts'
import type { EmbedderPolicy } from '../core/cache-policy.ts'
import type { Embedder } from '../core/ports.ts'
import type { SemanticAnswer, SemanticQuestion } from '../core/semantic.ts'
import { pairIsDenied } from '../stores/cache/denied.ts'
import { judgedLookUps } from '../stores/cache/look-up-list.ts'
import { nearestFinder } from '../stores/cache/nearest.ts'
import type { Db } from '../stores/database.ts'

/** Entries that are looked at for one question: the nearest may be denied, too long, or another in its guard's eyes. */
const NEIGHBOURS = 8
/** How long what was learnt of a route's hits is believed before the store is asked again. */
const BELIEVED_MS = 1000
/** The newest judged look-ups that a threshold is learnt from. */
const MOST_JUDGED = 1000
/** What was learnt is kept for so many tenants and routes. */
const MOST_CONTROLS = 1000

interface Control extends ErrorControl {
  until: number
  /** Shares of checks that are due: at 1 one is made. */
  due: number
}

/** Answers whether a question has been answered before in other words, on one connection to the store. */
export function semanticSearch(db: Db, vectorProblem: string | null) {
  const nearest = nearestFinder(db, vectorProblem)
  const isDenied = pairIsDenied(db)
  const controls = new Map<string, Control>()
  const ownEmbedder = embedderBook()

  const controlOf = ({ scope, now }: SemanticQuestion, space: string, serving: Serving): Control => {
    const key = JSON.stringify([scope.tenant, scope.route, space, serving])
    const known = controls.get(key)
    if (known && known.until > now) return known
    const judged = judgedLookUps(db, scope.tenant, scope.route, space, MOST_JUDGED).reverse()
    const learnt = controlErrors(judged, serving)
    const control = { ...learnt, until: now + BELIEVED_MS, due: known?.due ?? 0 }
    controls.delete(key)
    if (controls.size >= MOST_CONTROLS) controls.delete(controls.keys().next().value!)
    controls.set(key, control)
    return control
  }

  const lookUp = async (asked: SemanticQuestion): Promise<SemanticAnswer> => {
    const { scope, context, question, embedder, policy, maxTokens, now } = asked
    const vector = asked.vector ?? (await vectorsOf(await ownEmbedder(embedder), [question]))[0]!
    const serving = servingOf(policy, embedder)
    const control = controlOf(asked, vector.space.id, serving)
    const answer = { threshold: control.threshold ?? NOTHING_SERVED, guard: null, vector }
    const neighbours = nearest(context, vector, NEIGHBOURS, now).filter(
      (neighbour) =>
        (maxTokens === null || neighbour.outputTokens <= maxTokens) &&
        !isDenied(scope.hash, question, neighbour.question),
    )
    const closest = neighbours[0]
    if (!closest) return { ...answer, outcome: 'none', neighbour: null }
    if (closest.similarity < serving.base) return { ...answer, outcome: 'far', neighbour: closest }
    let objection: string | null = null
    for (const neighbour of neighbours) {
      if (neighbour.similarity < serving.base) break
      const verdict = compareQuestions(question, neighbour.question, serving.guard)
      if (verdict.passed) return { ...answer, outcome: decide(control, neighbour), neighbour }
      objection ??= verdict.guard
    }
    return { ...answer, outcome: 'guarded', neighbour: closest, guard: objection }
  }

  return {
    lookUp,
    agreement: answersAgree,
    embed: async (policy: EmbedderPolicy, texts: readonly string[]): Promise<SpaceVector[]> =>
      vectorsOf(await ownEmbedder(policy), texts),
  }
}

/** Above every similarity. */
const NOTHING_SERVED = 2

/**
 * A hit, unless it is its turn to be checked: every so manieth is, in the order in which they come. What the learnt
 * threshold keeps back goes upstream anyway, so all of it is checked, and can be found to be right again.
 */
function decide(control: Control, { similarity }: Neighbour): 'hit' | 'check' {
  if (control.threshold === null || similarity < control.threshold) return 'check'
  control.due += control.checkShare
  if (control.due < 1) return 'hit'
  control.due -= 1
  return 'check'
}

/** Embedders that work inside this process, each opened once. */
function embedderBook(): (policy: EmbedderPolicy) => Promise<Embedder> {
  const models = new Map<string, Promise<Embedder>>()
  return async (policy) => {
    if (policy.kind === 'builtin-lexical') return builtinLexical
    if (policy.kind === 'provider') throw new TypeError('a provider makes its vectors elsewhere')
    const known = models.get(policy.folder)
    if (known) return known
    const model = openOnnx(policy.folder)
    models.set(policy.folder, model)
    // What could not be opened may be there the next time.
    model.catch(() => models.delete(policy.folder))
    return model
  }
}
