import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parse } from 'yaml'
import { editRoute } from '../../server/config/edit-route.ts'

const FILE = `version: 1
# Ours.
routes:
  support:                         # the desk
    targets: [{ provider: one,  model: big }]   # first
    # Why: ask Ada.
    mirror:
      target: two/small
      sample: 1
    timeouts: { total: 20s }

  # The other one.
  other:
    targets:
      - { provider: one, model: big }
`

describe('an edit of a route', () => {
  it('changes the lines of the member and no other', () => {
    assert.equal(
      editRoute(FILE, 'support', { rollout: { target: 'two/small', share: 0.05 } }),
      FILE.replace('{ total: 20s }\n', '{ total: 20s }\n    rollout: { target: two/small, share: 0.05 }\n'),
    )
    assert.equal(
      editRoute(FILE, 'support', { mirror: undefined }),
      FILE.replace('    mirror:\n      target: two/small\n      sample: 1\n', ''),
    )
    assert.equal(
      editRoute(FILE, 'other', {
        targets: [
          { provider: 'two', model: 'small' },
          { provider: 'one', model: 'big' },
        ],
      }),
      FILE.replace('      - { provider: one', '      - { provider: two, model: small }\n      - { provider: one'),
    )
  })

  it('goes there and back without a trace', () => {
    const there = editRoute(FILE, 'support', { rollout: { target: 'two/small', share: 0.05 } })
    assert.equal(editRoute(there, 'support', { rollout: undefined }), FILE)
  })

  it('is possible in files that are written otherwise, and refused where there is no such route', () => {
    const flow = 'version: 1\nroutes: { support: { targets: [{ provider: one, model: big }] } }\n'
    const edited = parse(editRoute(flow, 'support', { rollout: { target: 'two/small', share: 0.25 } }))
    assert.deepEqual(edited.routes.support.rollout, { target: 'two/small', share: 0.25 })
    assert.throws(() => editRoute(FILE, 'nowhere', { mirror: undefined }), /no route "nowhere"/)
  })

  it('says what it should, whatever the value', () => {
    const names = fc.constantFrom('rollout', 'mirror', 'targets', 'timeouts', 'priority')
    const texts = fc.constantFrom('two/qwen3:14b', 'a, b', '[x]', '# no', 'true', '1', ' ', "it's", '"', 'ü: ß')
    const values = fc.oneof(
      texts,
      fc.integer(),
      fc.array(fc.record({ provider: texts, model: texts }), { minLength: 1 }),
      fc.record({ target: texts, share: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
      fc.constant(undefined),
    )
    fc.assert(
      fc.property(names, values, (name, value) => {
        const after = parse(editRoute(FILE, 'support', { [name]: value }))
        const before = parse(FILE)
        const { [name]: _, ...others } = before.routes.support
        const wanted = value === undefined ? others : { ...before.routes.support, [name]: value }
        assert.equal(JSON.stringify(after.routes.support), JSON.stringify(wanted))
        assert.deepEqual(after.routes.other, before.routes.other)
      }),
    )
  })
})
