import type { GuardrailKind } from '../../server/core/guardrail.ts'
import { table } from './markdown.ts'

const HEAD = ['kind', 'what it does', 'stages', 'actions', 'threshold', 'options']

/** Every kind of guardrail, as the README lists them. */
export function kindsTable(kinds: Iterable<GuardrailKind>): string {
  const rows = [...kinds].map(({ kind, description, stages, actions, threshold, options }) => [
    `\`${kind}\``,
    escapePipes(description),
    stages.join(', '),
    actions.join(', '),
    threshold,
    Object.keys(options)
      .map((name) => `\`${name}\``)
      .join(', '),
  ])
  return table(HEAD, rows)
}

/** What each option means, kind by kind. */
export function optionsList(kinds: Iterable<GuardrailKind>): string {
  return [...kinds]
    .flatMap(({ kind, options }) =>
      Object.entries(options).map(([name, { description }]) => `- \`${kind}\` · \`${name}\`: ${description}`),
    )
    .join('\n')
}

function escapePipes(text: string): string {
  return text.replaceAll('|', '\\|')
}
