import { type Behaviour, type LabUpstream, startLabUpstream } from './laboratory.ts'
import { answer } from './remote.ts'

/** What the process of the upstreams can be asked; an upstream is known by the number of its place in `start`. */
export type UpstreamQuestion =
  | { start: readonly { behaviour: Behaviour; seed: number }[] }
  | { restart: readonly number[] }
  | { counts: readonly number[] }

const upstreams: LabUpstream[] = []

/** All upstreams of the laboratory, in a process of their own. */
answer(async (question: UpstreamQuestion) => {
  if ('start' in question) {
    for (const { behaviour, seed } of question.start) upstreams.push(await startLabUpstream(behaviour, seed))
    return upstreams.map(({ url }) => url)
  }
  if ('restart' in question) return question.restart.forEach((index) => void upstreams[index]!.restart())
  return question.counts.map((index) => upstreams[index]!.counts())
})
