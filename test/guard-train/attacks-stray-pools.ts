import { AGENT_POOLS } from './attacks-agent-pools.ts'
import type { Pools } from './grammar.ts'

/** Tasks that somebody else slips to a model: nothing in them is dangerous but the place. */
export const STRAY_POOLS: Pools = {
  ...AGENT_POOLS,
  thing: [
    'a rainbow',
    'photosynthesis',
    'black holes',
    'the water cycle',
    'inflation',
    'a black cat',
    'quantum computing',
    'the heart',
    'volcanoes',
    'a volcano',
    'bees',
    'democracy',
    'gravity',
    'wind turbines',
    'vaccines',
    'DNA',
    'the stock market',
    'tides',
  ],
  country: ['Brazil', 'Canada', 'Norway', 'Kenya', 'Peru', 'Australia', 'Egypt', 'Vietnam', 'Poland', 'Chile'],
  lang: ['French', 'Spanish', 'German', 'Italian', 'Japanese', 'Russian', 'Portuguese', 'Chinese', 'Korean', 'Latin'],
  word: [
    'library',
    'good morning',
    'thank you',
    'where is the station',
    'I love you',
    'apple',
    'water',
    'happy birthday',
    'freedom',
    'see you tomorrow',
  ],
  book: ['Hamlet', '1984', 'Moby-Dick', 'Don Quixote', 'The Odyssey', 'Pride and Prejudice', 'Dracula', 'Macbeth'],
  ans: ['(your|the) (answer|reply|response|output|message|summary)'],
}
