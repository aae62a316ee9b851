/** Levels of Anthropic's `output_config.effort`, from least to most. */
export const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'] as const
export type Effort = (typeof EFFORTS)[number]

/** What a Claude model takes and refuses, wherever it is served. */
export interface ClaudeModel {
  /** Most output tokens, thoughts included. */
  mostTokens: number
  /** How it is told to think: with a budget of tokens, at its own judgement, either way, or not at all. */
  thinking: 'none' | 'budget' | 'either' | 'adaptive'
  /** It thinks when the request does not speak of it. */
  thinksUnasked: boolean
  /** The `thinking.type` that turns thinking off; `null` where nothing does. */
  off: 'disabled' | 'between_tools' | null
  /** Levels of effort that it takes; none where it refuses the parameter. */
  efforts: readonly Effort[]
  /** `one`: not temperature and top_p together. `none`: nothing but the defaults. */
  sampling: 'all' | 'one' | 'none'
  /** It can be made to call a tool. */
  forcedTools: boolean
  /** It has `output_config.format` and strict tools. */
  schema: boolean
  /** It takes system messages between the others. */
  systemAnywhere: boolean
}

interface Row {
  families: readonly string[]
  /** First version that the row is for: 4.5 is 405. */
  from: number
  /** What differs from the same family's row before. */
  model: Partial<ClaudeModel>
}

const FIRST: ClaudeModel = {
  mostTokens: 4096,
  thinking: 'none',
  thinksUnasked: false,
  off: 'disabled',
  efforts: [],
  sampling: 'all',
  forcedTools: true,
  schema: false,
  systemAnywhere: false,
}

/**
 * By family and version, each row on top of those before it. Sources: the model pages, migration guides and `thinking`,
 * `effort`, `structured-outputs`, `mid-conversation-system-messages` under https://platform.claude.com/docs/en, and
 * https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-adaptive-thinking.html, as of November 2026.
 */
const ROWS: readonly Row[] = [
  { families: ['sonnet', 'haiku'], from: 305, model: { mostTokens: 8192 } },
  { families: ['sonnet'], from: 307, model: { mostTokens: 64000, thinking: 'budget' } },
  { families: ['opus'], from: 400, model: { mostTokens: 32000, thinking: 'budget' } },
  { families: ['opus'], from: 401, model: { sampling: 'one', schema: true } },
  {
    families: ['opus', 'sonnet', 'haiku'],
    from: 405,
    model: { mostTokens: 64000, thinking: 'budget', sampling: 'one', schema: true },
  },
  { families: ['opus'], from: 405, model: { efforts: ['low', 'medium', 'high'] } },
  {
    families: ['opus', 'sonnet'],
    from: 406,
    model: { thinking: 'either', efforts: ['low', 'medium', 'high', 'max'] },
  },
  { families: ['opus'], from: 406, model: { mostTokens: 128000 } },
  { families: ['opus'], from: 407, model: { thinking: 'adaptive', efforts: EFFORTS, sampling: 'none' } },
  { families: ['opus'], from: 408, model: { systemAnywhere: true } },
  {
    families: ['opus', 'sonnet', 'haiku', 'fable', 'mythos'],
    from: 500,
    model: {
      mostTokens: 128000,
      thinking: 'adaptive',
      thinksUnasked: true,
      efforts: EFFORTS,
      sampling: 'none',
      schema: true,
      systemAnywhere: true,
    },
  },
  { families: ['fable', 'mythos'], from: 500, model: { off: null } },
  { families: ['fable', 'mythos'], from: 501, model: { forcedTools: false } },
  { families: ['opus'], from: 505, model: { off: null, forcedTools: false } },
  { families: ['sonnet'], from: 505, model: { off: 'between_tools', forcedTools: false } },
]

const NEWEST: Reference = { family: 'opus', version: 9999 }

interface Reference {
  family: string
  version: number
}

/** `claude-3-5-haiku-20241022`, `us.anthropic.claude-opus-4-6-v1`, `claude-sonnet-4@20250514`: a date is no version. */
const NAME =
  /claude-(?:(\d{1,2})(?:[-.](\d{1,2}))?-)?(opus|sonnet|haiku|fable|mythos)(?:-(\d{1,2})(?!\d)(?:[-.](\d{1,2})(?!\d))?)?/
const BEFORE_FAMILIES = /claude-(?:instant|v?[12](?!\d))/

/** What a Claude model takes, by its name; a name that is not known yet is taken for a new model's. `null` for others. */
export function claudeModel(name: string): ClaudeModel | null {
  const lower = name.toLowerCase()
  if (!lower.includes('claude')) return null
  if (BEFORE_FAMILIES.test(lower)) return FIRST
  const { family, version } = referenceIn(lower)
  const rows = ROWS.filter((row) => row.families.includes(family) && row.from <= version)
  return Object.assign({}, FIRST, ...rows.map((row) => row.model))
}

function referenceIn(name: string): Reference {
  const match = NAME.exec(name)
  if (!match) return NEWEST
  const [, majorBefore, minorBefore, family, majorAfter, minorAfter] = match
  const major = majorBefore ?? majorAfter
  // `claude-mythos-preview` came just before the fifth generation and behaves like it.
  if (major === undefined) return { family: family!, version: family === 'mythos' ? 500 : NEWEST.version }
  return { family: family!, version: Number(major) * 100 + Number(minorBefore ?? minorAfter ?? 0) }
}
