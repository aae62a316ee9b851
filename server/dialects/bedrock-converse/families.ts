import { type ClaudeModel, claudeModel } from '../claude-models.ts'

/** What Converse takes for one family of models, beyond what it takes for all. */
export interface Family {
  claude: ClaudeModel | null
  nova: boolean
  /** How it is told how much to think, where it is no Claude. */
  reasoning: 'nova' | 'gpt-oss' | null
  /** `cachePoint` blocks. */
  caches: boolean
  /** `outputConfig.textFormat` and strict tools. */
  schema: boolean
  /** `status` of a tool's result. */
  resultStatus: boolean
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html lists who has it; these have not. */
const NO_SCHEMA = /(?:^|[./])(?:amazon|meta|cohere|ai21|writer|luma|stability)\./

/** The family of a model id, which may be that of an inference profile (`us.amazon.nova-lite-v1:0`) or an ARN. */
export function familyOf(model: string): Family {
  const claude = claudeModel(model)
  const nova = /amazon\.nova/.test(model)
  return {
    claude,
    nova,
    reasoning: /amazon\.nova-2/.test(model) ? 'nova' : /openai\.gpt-oss/.test(model) ? 'gpt-oss' : null,
    caches: claude !== null || nova,
    schema: claude === null ? !NO_SCHEMA.test(model) : claude.schema,
    resultStatus: claude !== null || nova,
  }
}
