import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { firstRequestCommand } from '../../renderer/curl.ts'
import { providerColour } from '../../renderer/provider-colour.ts'

/** The arguments that a POSIX shell would hand to curl. */
function argumentsOf(command: string): string[] {
  const print = command.replace(/^curl/, `printf '%s\\n'`)
  return execFileSync('/bin/sh', ['-c', print], { encoding: 'utf8' }).trimEnd().split('\n')
}

test('the first request goes to the address that the page came from, and names the default route', () => {
  const command = firstRequestCommand('http://127.0.0.1:4280', { default_route: 'support', anonymous: true })
  assert.deepEqual(argumentsOf(command), [
    '-s',
    'http://127.0.0.1:4280/v1/chat/completions',
    '-H',
    'content-type: application/json',
    '-d',
    '{"model":"support","messages":[{"role":"user","content":"Hello"}]}',
  ])
})

test('where keys are needed the command has a place for one, and a route name cannot break out of its quotes', () => {
  const command = firstRequestCommand('http://127.0.0.1:1', { default_route: "it's", anonymous: false })
  const passed = argumentsOf(command)
  assert.ok(passed.includes('authorization: Bearer gh-…'))
  assert.equal(JSON.parse(passed.at(-1)!).model, "it's")
})

test('without a default route the command says default', () => {
  assert.match(firstRequestCommand('http://127.0.0.1:1', { default_route: null, anonymous: true }), /"model":"default"/)
})

test('a provider always has the same colour of the ramp', () => {
  assert.equal(providerColour('ollama'), providerColour('ollama'))
  for (const id of ['ollama', 'vllm-a', 'openai', '']) assert.match(providerColour(id), /^var\(--provider-\d\)$/)
})
