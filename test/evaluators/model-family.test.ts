import assert from 'node:assert/strict'
import { it } from 'node:test'
import { familiesOf, sharedFamily } from '../../server/evaluators/judge/model-family.ts'

/** Names as providers write them. */
const NAMES: Readonly<Record<string, string>> = {
  llama: `meta-llama/Llama-3.3-70B-Instruct llama3.1:8b accounts/fireworks/models/llama-v3p1-70b-instruct @cf/meta/llama-3-8b-instruct
    us.meta.llama3-3-70b-instruct-v1:0 codellama:13b hermes-3-llama-3.1-405b NousResearch/Hermes-3-Llama-3.1-8B vicuna-13b
    hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M tinyllama sonar-pro llama-4-scout`,
  qwen: 'qwen3:14b Qwen/Qwen2.5-72B-Instruct qwen2.5-coder:32b qwq-32b QwQ-32B-Preview qwen-max qwen2.5vl:7b qvq-72b-preview',
  gpt: 'gpt-4o gpt-4.1-mini openai/gpt-5.1 chatgpt-4o-latest o1 o3-mini openai/o4-mini gpt-oss:20b gpt-35-turbo text-davinci-003 ft:gpt-4o-mini:acme::abc',
  claude:
    'claude-sonnet-4-5 anthropic/claude-3.5-haiku us.anthropic.claude-sonnet-4-20250514-v1:0 claude-3-opus@20240229',
  gemini: 'gemini-2.5-flash models/gemini-2.0-flash-001 gemma3 gemma3:27b google/gemma-2-9b-it text-bison medgemma',
  mistral:
    'mistral-large-latest mixtral:8x7b ministral-8b codestral-2501 mistral-nemo open-mixtral-8x22b pixtral-12b zephyr-7b-beta devstral',
  phi: 'phi4 microsoft/Phi-3.5-mini-instruct phi-4-mini phi3:medium',
  deepseek: 'deepseek-chat deepseek-reasoner deepseek-ai/DeepSeek-V3 deepseek-r1:671b deepseek.r1-v1:0',
  command: 'command-r-plus cohere.command-r-v1:0 command-a-03-2025 c4ai-aya-expanse-32b aya:8b',
  granite: 'granite3.3:8b ibm-granite/granite-3.1-8b-instruct',
  nova: 'amazon.nova-pro-v1:0 us.amazon.nova-lite-v1:0 amazon.titan-text-express-v1',
  glm: 'glm-4.6 THUDM/glm-4-9b-chat chatglm3-6b zai-org/GLM-4.5-Air',
  kimi: 'kimi-k2 moonshotai/Kimi-K2-Instruct moonshot-v1-8k',
  yi: 'yi:34b 01-ai/Yi-1.5-34B-Chat yi-large',
  falcon: 'falcon3:10b tiiuae/falcon-40b-instruct',
  olmo: 'olmo2:13b allenai/OLMo-2-1124-13B-Instruct',
  smollm: 'smollm2:1.7b HuggingFaceTB/SmolLM3-3B',
  grok: 'grok-4 xai/grok-3-mini grok-code-fast-1',
}

for (const [family, names] of Object.entries(NAMES))
  it(`knows ${family} by its names`, () => {
    for (const name of names.split(/\s+/)) assert.deepEqual([...familiesOf(name)], [family], name)
  })

it('gives what was taught by another model both families', () => {
  assert.deepEqual([...familiesOf('deepseek-r1-distill-qwen-32b')].sort(), ['deepseek', 'qwen'])
  assert.deepEqual([...familiesOf('deepseek-ai/DeepSeek-R1-Distill-Llama-70B')].sort(), ['deepseek', 'llama'])
  assert.equal(sharedFamily('deepseek-r1-distill-qwen-32b', 'qwen3'), 'qwen')
})

it('makes a name that it does not know a family of its own', () => {
  for (const name of [
    'echo',
    'my-deployment',
    'physics-tutor',
    'yield-model',
    'o11y-bot',
    'novartis-chat',
    'gpt-j-6b',
    'commander',
    'solaris',
  ])
    assert.deepEqual([...familiesOf(name)], [name], name)
  assert.deepEqual([...familiesOf('ours/Echo:7b')], ['echo'])
  assert.equal(sharedFamily('echo:7b', 'ECHO:13b'), 'echo')
  assert.equal(sharedFamily('echo', 'parrot'), null)
})

it('goes by the name, and by folders only where it says nothing', () => {
  assert.deepEqual([...familiesOf('llama-team/qwen3')], ['qwen'])
  assert.deepEqual([...familiesOf('mistralai/Medium-3')], ['mistral'])
})
