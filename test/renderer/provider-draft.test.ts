import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyForm, formFor, problemsOf, toDraft } from '../../renderer/providers/draft.ts'
import { readPorts } from '../../renderer/providers/ports.ts'
import type { ProviderKindRow } from '../../server/http/admin/schemas.ts'

const kind = (more: Partial<ProviderKindRow> = {}): ProviderKindRow => ({
  kind: 'openai',
  label: 'OpenAI',
  docs: '',
  base_url: 'https://api.openai.com/v1',
  needs_base_url: false,
  needs_key: true,
  self_hosted: false,
  lists_models: true,
  dialects: ['openai-chat'],
  options: [],
  ...more,
})
const local = kind({
  kind: 'ollama',
  base_url: 'http://127.0.0.1:11434',
  needs_key: false,
  self_hosted: true,
  options: [
    { name: 'num_ctx', type: 'integer', description: '' },
    { name: 'keep_alive', type: 'duration', description: '' },
    { name: 'api_secret', type: 'secret', description: '' },
    { name: 'fast', type: 'boolean', description: '' },
  ],
})

test('a form begins with a free id, the usual address and a reference to the key', () => {
  const form = emptyForm(kind(), ['openai', 'openai-2'])
  assert.equal(form.id, 'openai-3')
  assert.equal(form.apiKey, '${env:OPENAI_API_KEY}')
  assert.deepEqual(toDraft(form), { id: 'openai-3', provider: { kind: 'openai', api_key: '${env:OPENAI_API_KEY}' } })
  assert.equal(emptyForm(kind({ kind: 'gemini-openai' }), []).apiKey, '${env:GEMINI_OPENAI_API_KEY}')
})

test('one for a local server is local, writes its address and asks for no key', () => {
  const server = {
    kind: 'ollama',
    label: 'Ollama',
    base_url: 'http://127.0.0.1:9999',
    version: null,
    models: [],
    configured_as: null,
  }
  assert.deepEqual(toDraft(formFor(server, local, ['ollama'])), {
    id: 'ollama-2',
    provider: { kind: 'ollama', base_url: 'http://127.0.0.1:9999', residency: 'local' },
  })
  assert.equal(emptyForm(local, []).residency, 'local')
})

test('options are sent in their own types, empty ones not at all', () => {
  const options = { num_ctx: ' 8192 ', keep_alive: '10m', fast: 'true', api_secret: '' }
  const { provider } = toDraft({ ...emptyForm(local, []), options })
  assert.deepEqual([provider.num_ctx, provider.keep_alive, provider.fast], [8192, '10m', true])
  assert.ok(!('api_secret' in provider))
  assert.equal(toDraft({ ...emptyForm(local, []), options: { num_ctx: 'much' } }).provider.num_ctx, 'much')
})

test('a key that was typed in stops everything, wherever it stands', () => {
  for (const apiKey of ['sk-abc', '${env:A} ${env:B}', 'Bearer ${env:A}', '${other:A}', '${env:}', '$OPENAI_API_KEY'])
    assert.match(problemsOf({ ...emptyForm(kind(), []), apiKey }, []).apiKey!, /never the key itself/, apiKey)
  for (const apiKey of ['${env:A}', ' ${file:/run/key} ', '${secret:mine}', ''])
    assert.deepEqual(problemsOf({ ...emptyForm(kind(), []), apiKey }, []), {}, apiKey)
  assert.ok(problemsOf({ ...emptyForm(local, []), options: { api_secret: 'x' } }, []).api_secret)
})

test('ids and addresses are looked at before they are sent', () => {
  const form = emptyForm(kind(), [])
  for (const id of ['', 'a b', '-a', 'a/b', 'x'.repeat(65)]) assert.ok(problemsOf({ ...form, id }, []).id, id)
  assert.match(problemsOf(form, ['openai']).id!, /already/)
  for (const baseUrl of ['localhost:80', 'ftp://x', 'http://'])
    assert.ok(problemsOf({ ...form, baseUrl }, []).baseUrl, baseUrl)
  assert.ok(problemsOf(emptyForm(kind({ base_url: null, needs_base_url: true }), []), []).baseUrl)
})

test('ports are read from whatever separates them, each once', () => {
  assert.deepEqual(readPorts('9000, 9001;9000\n65535'), { ports: [9000, 9001, 65535], wrong: [] })
  assert.deepEqual(readPorts('0 65536 80a -1 1.5 7'), { ports: [7], wrong: ['0', '65536', '80a', '-1', '1.5'] })
  assert.deepEqual(readPorts('  '), { ports: [], wrong: [] })
})
