/**
 * Sources that are left out together when it is measured what a head makes of a source it has not seen: attacks with
 * benign texts of another kind, so that few trainings do for all.
 */
export const FOLDS: readonly (readonly string[])[] = [
  ['deepset_train', 'banking77_train', 'made_stray', 'doc/nodejs/undici', 'doc/zilliztech/GPTCache'],
  ['trustairlab_jailbreak', 'clinc150', 'bipia_injected_train', 'bipia_attack_train'],
  ['gptfuzz_templates', 'mitre_frr', 'made_benign_short', 'made_agent_plain', 'doc/envoyproxy/ai-gateway'],
  ['cyberseceval_pi', 'cyberseceval_pi_ml', 'made_benign_code', 'doc/BerriAI/litellm-docs'],
  ['jbb_artifacts', 'awesome_prompts', 'made_agent_framed', 'doc/honojs/hono'],
  ['made_overrides', 'bipia_ctx_train', 'doc/explodinggradients/ragas'],
  ['made_extractions', 'halueval_responses_0', 'made_code'],
  ['made_personas', 'halueval_user_queries', 'doc/sierra-research/tau-bench'],
  ['made_foreign', 'made_trigger_texts', 'made_harm_words'],
  ['made_roles', 'made_short', 'halueval_responses_1'],
  ['made_documents', 'made_suffixes', 'made_everyday_languages'],
  ['made_other_languages', 'made_trigger_sentences'],
  ['made_short_foreign'],
]

/** Benign texts of our own making, or made to look dangerous: not what the share of false alarms is counted on. */
export const UNUSUAL: ReadonlySet<string> = new Set([
  'made_trigger_texts',
  'made_harm_words',
  'made_trigger_sentences',
  'made_roles',
  'made_documents',
  'made_other_languages',
  'made_everyday_languages',
  'made_benign_short',
  'made_benign_code',
  'mitre_frr',
  'awesome_prompts',
])

/** Bare code, which a head that has not seen any can hardly tell: what windows weigh is not learnt from it. */
export const BARE_CODE = 'made_code'
