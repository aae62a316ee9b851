import { createRequire } from 'node:module'
import type { rules as Rules } from '@secretlint/secretlint-rule-preset-recommend'
import type { Candidate } from '../finder/candidate.ts'
import { plausible } from './plausible.ts'

// A hundredth of a second to load, and many configs do not need it.
const require = createRequire(import.meta.url)

type Source = Parameters<NonNullable<ReturnType<(typeof Rules)[number]['create']>['file']>>[0]
type Context = Parameters<(typeof Rules)[number]['create']>[0]

interface Anchored {
  rule: string
  category: string
  /** What every match of the rule begins with. */
  anchors: readonly string[]
  /** Units that the longest match has, and one more. */
  reach: number
}

const row = (rule: string, category: string, anchors: string, reach: number): Anchored => ({
  rule: `@secretlint/secretlint-rule-${rule}`,
  category,
  anchors: anchors.split(' '),
  reach,
})

/**
 * secretlint's rules, each run only where what it looks for begins, on as much text as it can mean: so what one finds
 * depends on no text further off, and its cost on a long text stays linear. Left out are `filter-comments`, with which a
 * text could switch the others off; `gcp`, which reads binary files; `npm`, whose `_authToken=` goes on to the end of the
 * line; `slack`, whose pattern repeats a repetition; `basicauth`, `aws` and `privatekey`, which `urls.ts`, `assignments.ts` and `pem.ts` do in more forms.
 */
const ANCHORED: readonly Anchored[] = [
  row('sendgrid', 'SENDGRID_KEY', 'SG.', 400),
  row('shopify', 'SHOPIFY_TOKEN', 'shppa_ shpca_ shpat_ shpss_', 72),
  row('stripe', 'STRIPE_KEY', 'sk_live_ sk_test_ rk_live_ rk_test_', 110),
  row('github', 'GITHUB_TOKEN', 'ghp_ gho_ ghu_ ghs_ ghr_ github_pat_', 1200),
  row('gitlab', 'GITLAB_TOKEN', 'glpat-', 136),
  row('grafana', 'GRAFANA_TOKEN', 'glc_ glsa_', 408),
  row('openai', 'OPENAI_KEY', 'sk-', 180),
  row('groq', 'AI_KEY', 'gsk_', 58),
  row('huggingface', 'HUGGINGFACE_TOKEN', 'hf_', 40),
  row('linear', 'LINEAR_KEY', 'lin_api_', 138),
  row('notion', 'NOTION_TOKEN', 'ntn_', 52),
  row('1password', 'ONEPASSWORD_TOKEN', 'ops_ey', 1300),
  row('database-connection-string', 'CONNECTION_STRING', 'mongodb jdbc: mysql postgres', 1000),
  row('hashicorp-vault', 'HASHICORP_TOKEN', 'hvs. hvb. hvr.', 310),
  row('vercel', 'VERCEL_TOKEN', 'vcp_ vci_ vca_ vcr_ vck_', 68),
  row('databricks', 'DATABRICKS_TOKEN', 'dapi', 42),
  row('docker', 'DOCKER_TOKEN', 'dckr_pat_', 40),
  row('figma', 'FIGMA_TOKEN', 'figd_', 210),
  row('cloudflare', 'CLOUDFLARE_TOKEN', 'cfk_ cfut_ cfat_', 58),
  row('tailscale', 'TAILSCALE_KEY', 'tskey-', 140),
]

type ByAnchor = Map<string, { category: string; reach: number; run(source: Source): void }[]>
let byAnchor: ByAnchor | undefined
const ANCHOR = new RegExp(
  `(?<![A-Za-z0-9_/-])(?:${ANCHORED.flatMap(({ anchors }) => anchors)
    .map((anchor) => anchor.replace(/[.\\/]/g, '\\$&'))
    .join('|')})`,
  'g',
)
/** What stands around secrets and in none of them. */
const END = /[\s"'`<>\\]/
/** No match of any rule is shorter. */
const SHORTEST = 12

/** The ranges that the rule under way has reported. */
const reported: (readonly number[])[] = []
const context = {
  createTranslator: () => () => ({ message: '', messageId: '', data: {} }),
  report: ({ range }: { range: readonly number[] }) => reported.push(range),
  ignore() {},
} as unknown as Context

function load(): ByAnchor {
  const { rules } = require('@secretlint/secretlint-rule-preset-recommend') as { rules: typeof Rules }
  const known: ByAnchor = new Map()
  for (const { rule, category, anchors, reach } of ANCHORED) {
    const creator = rules.find(({ meta }) => meta.id === rule)
    if (creator === undefined) throw new TypeError(`secretlint has no rule ${rule}`)
    const instance = creator.create(context, {})
    const entry = { category, reach, run: (source: Source) => void instance.file?.(source) }
    for (const anchor of anchors) known.set(anchor, [...(known.get(anchor) ?? []), entry])
  }
  return known
}

/** What secretlint's recommended rules find. */
export function findBySecretlint(text: string, found: Candidate[]): void {
  byAnchor ??= load()
  for (const { index, 0: anchor } of text.matchAll(ANCHOR))
    for (const { category, reach, run } of byAnchor.get(anchor)!) {
      const word = wordAt(text, index, reach)
      if (word.length < SHORTEST) continue
      // The unit before has a say in whether something begins here.
      const lead = index > 0 ? 1 : 0
      reported.length = 0
      run({
        content: text.slice(index - lead, index) + word,
        filePath: '',
        ext: '',
        contentType: 'text',
        hasBOM: false,
      } as Source)
      for (const [start, end] of reported)
        if (start === lead && plausible(word.slice(0, end! - lead)))
          found.push({ start: index, end: index + end! - lead, category, score: 0.97 })
    }
}

function wordAt(text: string, start: number, reach: number): string {
  const word = text.slice(start, start + reach)
  const end = word.search(END)
  return end < 0 ? word : word.slice(0, end)
}
