/**
 * Names of countries, from the Unicode Common Locale Data Repository as the runtime has it, and of the cities that the
 * time zone database is named for; and what people call some of them.
 */
const COMMON = [
  'usa u.s.a. u.s. u.k. uk england scotland wales america europe asia africa czechia turkey korea russia macedonia',
  'burma swaziland holland palestine bahamas gambia congo california texas florida washington nevada oregon ohio',
  'boston seattle houston dallas miami atlanta philadelphia munich hamburg cologne frankfurt stuttgart geneva basel',
  'barcelona milan naples florence venice lyon marseille bordeaux manchester liverpool birmingham glasgow edinburgh',
  'mumbai delhi bangalore chennai hyderabad beijing shenzhen guangzhou osaka kyoto lahore ankara gothenburg rotterdam',
]
const SEVERAL = [
  ...[
    'new york',
    'new york city',
    'los angeles',
    'san francisco',
    'san diego',
    'las vegas',
    'new jersey',
    'new mexico',
  ],
  ...['north carolina', 'south carolina', 'the hague', 'cape town', 'new delhi', 'rio de janeiro', 'hong kong'],
  ...['united states of america', 'great britain', 'czech republic', 'east timor', 'ivory coast', 'vatican city'],
  ...["people's republic of china", 'south korea', 'north korea', 'saudi arabia', 'united states virgin islands'],
  ...['saint vincent and the grenadines', 'antigua and barbuda', 'trinidad and tobago', 'sao tome and principe'],
  ...[
    'bosnia and herzegovina',
    'saint kitts and nevis',
    'heard island and mcdonald islands',
    'svalbard & jan mayen islands',
  ],
]

/** Longest name, in words. */
export const PLACE_WORDS = 5

/** `Republic of Ireland`: what states call themselves. */
const STATE =
  /^(?:(?:people's |islamic |democratic |federal )?republic|kingdom|state|commonwealth|principality) of (?:the )?/

let places: ReadonlySet<string> | undefined
let beginnings: ReadonlySet<string> | undefined

/** In small letters. The runtime takes some hundredths of a second to say them, once. */
export function isPlace(name: string): boolean {
  places ??= gather()
  return places.has(name) || (name.includes(' of ') && places.has(name.replace(STATE, '')))
}

/** Whether a place's name may begin with the word. */
export function beginsPlace(word: string): boolean {
  places ??= gather()
  beginnings ??= new Set([
    ...[...places].map((name) => name.split(' ')[0]!),
    ...["people's", 'islamic', 'democratic', 'federal', 'republic'],
    ...['kingdom', 'state', 'commonwealth', 'principality'],
  ])
  return beginnings.has(word)
}

const gather = () =>
  new Set([
    ...countries(),
    ...Intl.supportedValuesOf('timeZone')
      .filter((zone) => /^(?:Africa|America|Asia|Australia|Europe|Pacific|Atlantic)\//.test(zone))
      .map((zone) => zone.split('/').at(-1)!.replaceAll('_', ' ').toLowerCase())
      .filter(
        (name) => !/^(?:center|knox|easter|south|north|west|eucla|currie|nome|resolute|troll|thunder bay)$/.test(name),
      ),
    ...COMMON.flatMap((names) => names.split(' ')),
    ...SEVERAL,
  ])

function countries(): string[] {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  return codes
    .map((code) => names.of(code)?.toLowerCase())
    .filter((name) => name !== undefined && !/world|unknown|pseudo|union|zone/.test(name))
    .map((name) => name!.replace('türkiye', 'turkey').replace(/ \(.*/, ''))
}
