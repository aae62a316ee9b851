import process from 'node:process'

/** Of the processor, that this thread has taken: what else the machine does is not in it. */
export function millisecondsOfThread(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
