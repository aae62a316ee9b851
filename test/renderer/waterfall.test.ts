import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axisMarks, layOutWaterfall } from '../../renderer/detail/waterfall.ts'
import { span } from './samples.ts'

test('children follow their parent by start time, with their place on the shared axis', () => {
  const { spans, duration_ms, start_ms } = layOutWaterfall([
    span('root', 'caller', 1000, 1200),
    span('second', 'root', 1100, 1200),
    span('first', 'root', 1000, 1050),
    span('inner', 'second', 1150, 1200),
  ])
  assert.equal(start_ms, 1000)
  assert.equal(duration_ms, 200)
  assert.deepEqual(
    spans.map(({ span: { name }, depth, left, width }) => [name, depth, left, width]),
    [
      ['root', 0, 0, 1],
      ['first', 1, 0, 0.25],
      ['second', 1, 0.5, 0.5],
      ['inner', 2, 0.75, 0.25],
    ],
  )
})

test('events are ticks, and one after the last span makes the axis longer', () => {
  const events = [{ name: 'late', time_ms: 200, attributes: {} }]
  const { spans, duration_ms } = layOutWaterfall([span('root', null, 0, 100, { events })])
  assert.equal(duration_ms, 200)
  assert.deepEqual(spans[0]?.ticks, [1])
  assert.equal(spans[0]?.width, 0.5)
})

test('a trace without spans and one of no length can be laid out', () => {
  assert.deepEqual(layOutWaterfall([]).spans, [])
  const { spans } = layOutWaterfall([span('root', null, 5, 5)])
  assert.equal(spans[0]?.width, 0)
})

test('spans that name each other as parents are not lost in a circle', () => {
  const { spans } = layOutWaterfall([span('root', null, 0, 9), span('self', 'self', 1, 2)])
  assert.deepEqual(
    spans.map((placed) => placed.span.name),
    ['root', 'self'],
  )
})

test('the axis has three to six round marks', () => {
  assert.deepEqual(axisMarks(2980), [0, 1000, 2000])
  assert.deepEqual(axisMarks(174), [0, 50, 100, 150])
  for (const duration of [0.3, 1, 7.7, 42, 199, 1001, 65_000]) {
    const { length } = axisMarks(duration)
    assert.ok(length >= 3 && length <= 6, `${duration}: ${length} marks`)
  }
})

test('time in a queue is a part of its span, and never more than the whole of it', () => {
  const queued = (queue_ms: unknown) =>
    layOutWaterfall([
      span('root', null, 0, 200),
      span('call', 'root', 100, 200, { attributes: { 'gateway.queue_ms': queue_ms } }),
    ]).spans.map((placed) => placed.queued)
  assert.deepEqual(queued(50), [0, 0.25])
  assert.deepEqual(queued(1000), [0, 0.5])
  assert.deepEqual(queued(-3), [0, 0])
  assert.deepEqual(queued('50'), [0, 0])
})
