import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type GatewayState, superviseGateway } from '../../electron/supervisor.ts'
import { settle } from './fakes.ts'

/** A supervisor over gateways that become ready and exit when told, on a clock that moves when told. */
function setUp() {
  const gateways: ReturnType<typeof controllable>[] = []
  const states: GatewayState[] = []
  const planned: { run: () => void; delay: number; cancelled: boolean }[] = []
  const clock = { now: 0 }
  const supervisor = superviseGateway({
    start: () => {
      const gateway = controllable(gateways.length + 1)
      gateways.push(gateway)
      return gateway.process
    },
    onState: (state) => states.push(state),
    now: () => clock.now,
    schedule: (run, delay) => {
      const plan = { run, delay, cancelled: false }
      planned.push(plan)
      return () => {
        plan.cancelled = true
      }
    },
  })
  const kinds = () => states.map((state) => state.kind)
  return { supervisor, gateways, states, kinds, planned, clock }
}

function controllable(number: number) {
  const ready = Promise.withResolvers<{ origin: string; token: string }>()
  const exited = Promise.withResolvers<number>()
  const seen = { stops: 0 }
  return {
    seen,
    becomeReady: () => ready.resolve({ origin: `http://127.0.0.1:${number}`, token: `token-${number}` }),
    failToStart(message: string) {
      ready.reject(new Error(message))
      exited.resolve(1)
    },
    exit: (code: number) => exited.resolve(code),
    process: {
      ready: ready.promise,
      exited: exited.promise,
      stop() {
        seen.stops++
        exited.resolve(0)
        return exited.promise
      },
    },
  }
}

test('a gateway that is ready is running, at its address', async () => {
  const { supervisor, gateways, states } = setUp()
  supervisor.start()
  gateways[0]?.becomeReady()
  await settle()
  assert.deepEqual(states, [{ kind: 'starting' }, { kind: 'running', origin: 'http://127.0.0.1:1', token: 'token-1' }])
})

test('it comes back three times with growing pauses, then asks for help', async () => {
  const { supervisor, gateways, states, planned } = setUp()
  supervisor.start()
  for (let turn = 0; turn < 4; turn++) {
    gateways[turn]?.becomeReady()
    await settle()
    gateways[turn]?.exit(9)
    await settle()
    if (turn < 3) planned[turn]?.run()
  }
  assert.deepEqual(
    planned.map(({ delay }) => delay),
    [1000, 2000, 4000],
  )
  assert.equal(gateways.length, 4)
  assert.deepEqual(states.at(-1), {
    kind: 'failed',
    reason: 'the gateway exited unexpectedly with code 9, 4 times in five minutes',
  })
})

test('exits further apart than five minutes do not add up', async () => {
  const { supervisor, gateways, planned, clock, kinds } = setUp()
  supervisor.start()
  for (let turn = 0; turn < 6; turn++) {
    gateways[turn]?.becomeReady()
    await settle()
    gateways[turn]?.exit(9)
    await settle()
    planned[turn]?.run()
    clock.now += 6 * 60_000
  }
  assert.deepEqual(
    planned.map(({ delay }) => delay),
    Array(6).fill(1000),
  )
  assert.ok(!kinds().includes('failed'))
})

test('a start that fails is not repeated until the user says so', async () => {
  const { supervisor, gateways, states, planned } = setUp()
  supervisor.start()
  gateways[0]?.failToStart('the gateway exited with code 78 before it was ready')
  await settle()
  assert.deepEqual(states.at(-1), {
    kind: 'failed',
    reason: 'the gateway exited with code 78 before it was ready',
  })
  assert.equal(gateways[0]?.seen.stops, 1, 'a process that hangs before it is ready is not left behind')
  assert.equal(planned.length, 0)
  supervisor.start()
  gateways[1]?.becomeReady()
  await settle()
  assert.equal(supervisor.state().kind, 'running')
})

test('start does nothing while a gateway is up', async () => {
  const { supervisor, gateways } = setUp()
  supervisor.start()
  supervisor.start()
  gateways[0]?.becomeReady()
  await settle()
  supervisor.start()
  assert.equal(gateways.length, 1)
})

test('stop is not taken for an unexpected exit', async () => {
  const { supervisor, gateways, kinds, planned } = setUp()
  supervisor.start()
  gateways[0]?.becomeReady()
  await settle()
  await supervisor.stop()
  await settle()
  assert.deepEqual(kinds(), ['starting', 'running', 'stopping', 'stopped'])
  assert.equal(planned.length, 0)
})

test('stop calls a planned restart off', async () => {
  const { supervisor, gateways, planned } = setUp()
  supervisor.start()
  gateways[0]?.becomeReady()
  await settle()
  gateways[0]?.exit(1)
  await settle()
  await supervisor.stop()
  assert.equal(planned[0]?.cancelled, true)
  assert.equal(supervisor.state().kind, 'stopped')
})

test('stop during a start ends it without a failure', async () => {
  const { supervisor, gateways, kinds } = setUp()
  supervisor.start()
  const stopped = supervisor.stop()
  gateways[0]?.failToStart('the gateway exited with code 0 before it was ready')
  await stopped
  await settle()
  assert.deepEqual(kinds(), ['starting', 'stopping', 'stopped'])
})
