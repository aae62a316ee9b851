/**
 * Families of models: those of one maker that were trained on much of the same, or on each other's answers, and so tend to
 * prefer each other's style. Gemma counts as Gemini, as Google's reports say that it learnt from larger models of theirs; the
 * o-series and gpt-oss as gpt.
 */
type Family = readonly [family: string, names: RegExp]

/** Looked for in the whole name, so that fine-tunes that keep the name of their base are found. */
const FAMILIES: readonly Family[] = [
  ['llama', /llama|vicuna|alpaca|guanaco|(?<![a-z])sonar(?![a-z])|(?<![a-z])tulu/],
  ['qwen', /qwen|(?<![a-z])qw?vq(?![a-z])|(?<![a-z])qwq(?![a-z])|tongyi/],
  [
    'gpt',
    /(?<![a-z])(?:chat)?gpt(?!-(?:j|neo)(?![a-z]))|(?<![a-z0-9])o[1-9](?![a-z0-9])|davinci|babbage|(?<![a-z])codex(?![a-z])/,
  ],
  ['claude', /claude|(?<![a-z])(?:haiku|sonnet|opus)(?![a-z])/],
  ['gemini', /gemini|gemma|(?<![a-z])palm(?![a-z])|(?<![a-z])(?:text|chat)-bison/],
  ['mistral', /mi[sx]tral|ministral|codestral|devstral|magistral|pixtral|voxtral|mathstral|zephyr|openhermes/],
  ['phi', /(?<![a-z])phi(?![a-z])/],
  ['deepseek', /deepseek|(?<![a-z])r1(?![a-z0-9])/],
  ['command', /(?<![a-z])command(?![a-z])|(?<![a-z])aya(?![a-z])|c4ai/],
  ['granite', /granite/],
  ['nova', /(?<![a-z])nova(?![a-z])|(?<![a-z])titan(?![a-z])/],
  ['glm', /(?<![a-z])(?:chat)?glm(?![a-z])|(?<![a-z])z1(?![a-z0-9])/],
  ['kimi', /kimi|moonshot/],
  ['yi', /(?<![a-z])yi(?![a-z])/],
  ['falcon', /falcon/],
  ['olmo', /olmoe?|molmo/],
  ['smollm', /smol(?:lm|vlm)/],
  ['grok', /(?<![a-z])grok(?![a-z])/],
  ['jamba', /jamba|(?<![a-z])j2(?![a-z])/],
  ['nemotron', /nemotron|minitron/],
  ['exaone', /exaone/],
  ['internlm', /internlm|internvl/],
  ['minicpm', /minicpm/],
  ['ernie', /ernie/],
  ['hunyuan', /hunyuan/],
  ['baichuan', /baichuan/],
  ['doubao', /doubao|(?<![a-z])seed-oss/],
  ['minimax', /minimax|(?<![a-z])abab/],
  ['reka', /(?<![a-z])reka(?![a-z])/],
  ['palmyra', /palmyra/],
  ['solar', /(?<![a-z])solar(?![a-z])/],
  ['stablelm', /stablelm|stable-(?:code|beluga)/],
  ['starcoder', /starcoder/],
  ['lfm', /(?<![a-z])lfm(?![a-z])/],
]

/** What follows a model's name: Ollama's and Bedrock's versions and sizes. */
const TAG = /:.*$/s

/**
 * The families of a model by its name at any provider, such as `meta-llama/Llama-3.3-70B-Instruct`, `qwen3:14b` or
 * `us.anthropic.claude-sonnet-4-20250514-v1:0`. Several for one that was taught by another, such as
 * `deepseek-r1-distill-qwen-32b`. A name that says nothing is a family of its own.
 */
export function familiesOf(model: string): ReadonlySet<string> {
  const name = model.toLowerCase().replaceAll('_', '-')
  const last = name.split('/').at(-1)!
  // Folders before the name say who serves it, as often as who made it.
  for (const text of [last, name]) {
    const found = FAMILIES.filter(([, names]) => names.test(text)).map(([family]) => family)
    if (found.length > 0) return new Set(found)
  }
  return new Set([last.replace(TAG, '')])
}

/** A family that both models belong to; `null` where there is none. */
export function sharedFamily(one: string, other: string): string | null {
  const families = familiesOf(other)
  return [...familiesOf(one)].find((family) => families.has(family)) ?? null
}
