export { ProviderQueue } from './provider-queue.ts'
export { ProviderQueues } from './provider-queues.ts'
export type { QueueAsk, QueueStatus, Slot, SlotResult } from './slot.ts'
