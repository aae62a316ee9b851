import type { EvaluationContext, EvaluatorKind, Score } from '../core/evaluation.ts'
import { choiceOption, numberOption } from '../core/options.ts'
import { chrf } from './similarity/chrf.ts'
import { isBeforeText } from './verdict.ts'

const THRESHOLDS = { lexical: 0.5, embedder: 0.8 } as const

/** How like the reply is to the reference’s text: by its letters and words, or by its meaning. */
export const similarity: EvaluatorKind = {
  id: 'similarity',
  description: 'The reply is like the reference’s text.',
  options: {
    by: '`lexical` (default): by the characters and words that both have (chrF++); `embedder`: cosine of the vectors of the cache’s embedder',
    threshold: `the score to pass, 0..1; ${THRESHOLDS.lexical} where none is given, by embedder ${THRESHOLDS.embedder}`,
  },
  create(options) {
    const by = choiceOption(options, 'by', ['lexical', 'embedder'])
    const threshold = numberOption(options, 'threshold', 0, 1, THRESHOLDS[by])
    const scoreOf = (score: number): Score => ({
      score,
      passed: score >= threshold,
      reason: `The reply is ${score >= threshold ? '' : 'not '}like the reference: ${Math.round(score * 100)} of 100.`,
    })
    return {
      kind: 'similarity',
      cost: by === 'embedder' ? 'call' : 'process',
      score(subject, context) {
        const text = subject.reply.text.trim()
        const reference = subject.reference?.text?.trim() ?? ''
        if (reference === '' || isBeforeText(subject)) return null
        if (by === 'lexical') return scoreOf(chrf(text, reference))
        return text === '' ? scoreOf(0) : cosine(text, reference, context).then(scoreOf)
      },
    }
  },
}

/** Of unit vectors; what points away is as unlike as can be. */
async function cosine(text: string, reference: string, { services, signal }: EvaluationContext): Promise<number> {
  const [one, other] = await services.embed([text, reference], signal)
  if (one === undefined || other === undefined || one.length !== other.length || one.length === 0)
    throw new Error('the embedder did not answer with two vectors of one length')
  const product = one.reduce((sum, each, at) => sum + each * other[at]!, 0)
  if (Number.isNaN(product)) throw new Error('the embedder answered with what are no numbers')
  return Math.min(1, Math.max(0, product))
}
