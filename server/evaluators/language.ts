import type { EvaluatorKind } from '../core/evaluation.ts'
import { detectLanguage, loadLanguages } from '../core/language.ts'
import { optionalTexts } from '../core/options.ts'
import { onlyCallsTools, verdict } from './verdict.ts'

const CODE = /^[a-z]{2}$/

/** The language of the reply. What is too short, or could be in several languages, is not judged. */
export const language: EvaluatorKind = {
  id: 'language',
  description: 'The reply is in the language of the question, or in one of a list.',
  options: {
    in: 'ISO 639-1 codes, such as `en`, one of which the reply should be in; where none are given, the question’s language',
  },
  create(options) {
    const codes = optionalTexts(options, 'in')
    if (codes !== null && !codes.every((code) => CODE.test(code)))
      throw new TypeError('`in` must be a list of ISO 639-1 codes: two small letters each')
    loadLanguages()
    return {
      kind: 'language',
      cost: 'process',
      score({ reply, request }) {
        if (onlyCallsTools(reply)) return null
        const asked = codes ?? [detectLanguage(request.question)]
        const found = detectLanguage(reply.text)
        if (found === undefined || asked[0] === undefined) return null
        const passed = asked.includes(found)
        const which = codes === null ? 'that of the question' : 'one of the list'
        return verdict(passed, `The reply’s language, ${found}, is ${passed ? '' : 'not '}${which}.`)
      },
    }
  },
}
