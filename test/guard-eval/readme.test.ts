import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guardrails } from '../../server/guardrails/index.ts'
import { evaluateInjection } from './injection.ts'
import { hasShared } from './injection-sets.ts'
import { kindsTable, optionsList } from './kinds-table.ts'
import { evaluatePii } from './pii.ts'
import { readmeBlock } from './readme-block.ts'
import { evaluateSecrets } from './secrets.ts'
import { qualityTables } from './summary.ts'

const WRITE = 'npm run eval:guardrails -- --write, and look at what has changed'

test('the README lists every kind of guardrail with its options', () => {
  const text = `${kindsTable(guardrails.values())}\n\n${optionsList(guardrails.values())}`
  assert.equal(readmeBlock('guardrails'), text, WRITE)
})

test('the README shows what is measured', { skip: hasShared() ? false : '../shared/data is not here' }, async () => {
  const injection = (await evaluateInjection()).results
  const pii = (await evaluatePii())!.results
  const secrets = (await evaluateSecrets())!.results
  assert.equal(readmeBlock('eval:guardrails'), qualityTables({ injection, pii, secrets }), WRITE)
})
