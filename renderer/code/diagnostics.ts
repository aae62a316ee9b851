import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import type { ConfigProblem } from '../../server/http/admin/schemas.ts'

/** Problems of a config at their places in a text, which may be another by now. */
export function toDiagnostics(text: Text, problems: readonly ConfigProblem[]): Diagnostic[] {
  return problems.map((problem) => {
    const from = offsetOf(text, problem)
    const line = text.lineAt(from)
    const word = /^(?:"[^"]*"|'[^']*'|[^\s,:{}[\]#]+)/.exec(line.text.slice(from - line.from))?.[0] ?? ''
    const place = problem.path === '' ? '' : `${problem.path}: `
    const tail = problem.suggestion === null ? '' : `; ${problem.suggestion}`
    return {
      from,
      to: Math.min(line.to, from + Math.max(1, word.length)),
      severity: 'error',
      message: `${place}${problem.message}${tail}`,
    }
  })
}

/** Where a problem stands, counted from 0; the end where the text has become shorter. */
export function offsetOf(text: Text, { line, column }: Pick<ConfigProblem, 'line' | 'column'>): number {
  const place = text.line(Math.min(Math.max(1, line), text.lines))
  return Math.min(place.from + Math.max(0, column - 1), place.to)
}
