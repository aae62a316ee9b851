import { RE2JS } from 're2js'
import type { EvaluatorKind } from '../core/evaluation.ts'
import { onlyCallsTools, verdict } from './verdict.ts'

/** Looks for a pattern anywhere in the reply's text. RE2 runs in linear time, whatever the reply. */
export const regex: EvaluatorKind = {
  id: 'regex',
  description: 'A regular expression is found in the reply, or is not.',
  options: {
    pattern: 'regular expression (RE2 syntax) to look for in the reply’s text',
    must: '`match` (default) or `not_match`',
  },
  create({ pattern, must = 'match' }) {
    if (typeof pattern !== 'string') throw new TypeError('`pattern` must be a regular expression (RE2 syntax)')
    if (must !== 'match' && must !== 'not_match') throw new TypeError('`must` is neither `match` nor `not_match`')
    const compiled = compile(pattern)
    return {
      kind: 'regex',
      cost: 'process',
      score({ reply }) {
        if (onlyCallsTools(reply)) return verdict(true, 'The reply calls a tool.')
        const found = compiled.matcher(reply.text).find()
        return verdict(found === (must === 'match'), `The pattern is ${found ? '' : 'not '}in the reply.`)
      },
    }
  },
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    throw new TypeError(`\`pattern\` is no regular expression: ${(error as Error).message}`)
  }
}
