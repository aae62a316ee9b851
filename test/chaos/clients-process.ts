import { runLoad } from './load.ts'
import { answer } from './remote.ts'

/** Clients, in a process of their own. */
answer(runLoad)
