import type { LoadOrder } from './load-messages.ts'
import { runLoad } from './load-run.ts'

/** The load generator, a process of its own: one order at a time, one result each. */
process.on('message', async (order: LoadOrder) => {
  process.send!(await runLoad(order))
})
process.on('disconnect', () => process.exit(0))
process.send!('ready')
